"""Who was there before merchants were keeps everything: people, their roles, and what they may see."""

from __future__ import annotations

from typing import Any

import pytest

from amends.facts.people import Person


def seats(name: str) -> list[tuple[str, str]]:
    from django.contrib.auth.models import User

    from amends.store.members import seats_of

    return [(seat.merchant, seat.role) for seat in seats_of(User.objects.get(username=name))]


def test_people_and_shops_from_before_belong_to_the_main_merchant(database: Any) -> None:
    from importlib import import_module

    from django.apps import apps
    from django.contrib.auth.models import Group, User

    from amends.store.models import Membership, Shop

    for name, role in (("wu", "manager"), ("li", "lead"), ("new", "")):
        user = User.objects.create(username=name)
        if role:
            user.groups.add(Group.objects.get_or_create(name=role)[0])
    Shop.objects.create(name="old shop", merchant="", channel="direct")
    Membership.objects.all().delete()
    import_module("amends.store.migrations.0009_people").seat_everyone(apps, None)
    assert [seats(name) for name in ("wu", "li", "new")] == [
        [("main", "manager")],
        [("main", "lead")],
        [("main", "agent")],
    ]
    assert Shop.objects.get().merchant == "main"


def test_the_demo_people_work_for_both_demo_merchants(database: Any) -> None:
    from amends.store.people import ensure_demo_user, open_demo_merchants

    ensure_demo_user(database)
    open_demo_merchants()
    assert seats("demo-agency") == [("demo-client", "agency"), ("demo", "agency")]
    assert set(seats("demo")) == {("main", "manager"), ("demo", "manager"), ("demo-client", "manager")}
    assert {role for _, role in seats("demo-agent")} == {"agent"}


def test_a_role_is_given_in_place_of_the_one_before(database: Any) -> None:
    from django.contrib.auth.models import User

    from amends.store.members import give_role, standing

    User.objects.create(username="li")
    give_role("li", "agent")
    give_role("li", "lead")
    give_role("li", "finance", "other")
    assert set(seats("li")) == {("main", "lead"), ("other", "finance")}
    give_role("li", "admin")
    found = standing(User.objects.get(username="li"), "")
    assert found.person == Person("li", "admin", None)
    with pytest.raises(ValueError, match="no role 'boss'"):
        give_role("li", "boss")

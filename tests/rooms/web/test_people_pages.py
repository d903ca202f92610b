"""Inviting, roles, leaving, merchants and the audit: nobody gives more than they have, and everything is written down."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.django_house import NOW
from tests.rooms.web.test_walls import browser

PASSWORD = "a long enough password"


def text(client: Any, path: str) -> str:
    return str(client.get(path).content.decode())


def user(name: str) -> Any:
    from django.contrib.auth.models import User

    return User.objects.get(username=name)


def seats(name: str) -> dict[str, str]:
    from amends.store.members import seats_of

    return {seat.merchant: seat.role for seat in seats_of(user(name))}


def deeds() -> list[tuple[str, str, str]]:
    from amends.store.models import AuditRow

    return [(row.who, row.what, row.subject) for row in AuditRow.objects.order_by("pk")]


def invite(client: Any, role: str, merchant: str = "north") -> str:
    answer = client.post("/people/invite", {"merchant": merchant, "role": role, "note": "for Zoe"})
    link = re.search(r'value="http://localhost(/join/[\w-]+)"', answer.content.decode())
    assert link, answer.status_code
    return link.group(1)


def take_up(stranger: Any, link: str, name: str = "zoe") -> Any:
    return stranger.post(link, {"name": name, "password": PASSWORD, "again": PASSWORD})


def test_a_link_lets_one_person_in_once(stranger: Any) -> None:
    from amends.store.models import Invitation

    boss = browser("manager")
    link = invite(boss, "lead")
    assert "Zoe" in text(boss, "/people")
    assert not Invitation.objects.filter(digest__contains=link.rsplit("/", 1)[1]).exists()
    assert stranger.get(link).status_code == 200
    assert take_up(stranger, link).headers["Location"] == "/"
    assert stranger.get("/").status_code == 200
    assert seats("zoe") == {"north": "lead"}
    assert take_up(type(stranger)(SERVER_NAME="localhost"), link, "max").status_code == 404
    assert deeds() == [("manager-north", "invited", "for Zoe"), ("zoe", "joined", "zoe")]


def test_a_link_holds_for_seven_days_and_can_be_taken_back(stranger: Any) -> None:
    from amends.store.models import Invitation

    boss = browser("manager")
    old, withdrawn = invite(boss, "agent"), invite(boss, "agent")
    first, second = Invitation.objects.order_by("pk")
    assert first.ends_at == NOW + timedelta(days=7)
    Invitation.objects.filter(pk=first.pk).update(ends_at=NOW)
    boss.post(f"/people/invitations/{second.pk}/withdraw")
    assert [stranger.get(link).status_code for link in (old, withdrawn)] == [404, 404]


def test_one_who_is_here_already_takes_a_second_seat() -> None:
    link = invite(browser("manager"), "agent")
    other = browser("finance", "south")
    assert other.post(link).status_code == 302
    assert seats("finance-south") == {"north": "agent", "south": "finance"}


@pytest.mark.parametrize("form", [{"name": "manager-north"}, {"name": "a b"}, {"again": "another password"}])
def test_a_newcomer_is_told_what_is_wrong(stranger: Any, form: dict[str, str]) -> None:
    link = invite(browser("manager"), "agent")
    answer = stranger.post(link, {"name": "zoe", "password": PASSWORD, "again": PASSWORD} | form)
    assert answer.status_code == 409
    assert 'role="alert"' in answer.content.decode()
    assert stranger.get(link).status_code == 200


@pytest.mark.parametrize(
    ("own", "role", "given"),
    [
        ("manager", "manager", True),
        ("manager", "agency", False),
        ("manager", "admin", False),
        ("agency", "agency", True),
        ("admin", "agency", True),
        ("admin", "admin", False),
    ],
)
def test_nobody_gives_a_role_above_their_own(own: str, role: str, given: bool) -> None:
    browser("agent")
    client = browser(own)
    status = client.post("/people/invite", {"merchant": "north", "role": role}).status_code
    assert status == (200 if given else 409)
    client.post(f"/people/{user('agent-north').pk}/role", {"merchant": "north", "role": role})
    assert seats("agent-north") == {"north": role if given else "agent"}


def test_nobody_invites_to_a_merchant_of_others() -> None:
    browser("manager", "south")
    assert browser("manager").post("/people/invite", {"merchant": "south", "role": "agent"}).status_code == 409


def test_one_above_cannot_be_changed_from_below_nor_anyone_by_themselves() -> None:
    boss = browser("manager")
    browser("agency")
    for name in ("agency-north", "manager-north"):
        for verb, form in (
            ("role", {"merchant": "north", "role": "agent"}),
            ("remove", {"merchant": "north"}),
            ("switch", {"active": "no"}),
            ("reset", {"note": "asked by telephone"}),
        ):
            assert boss.post(f"/people/{user(name).pk}/{verb}", form).status_code == 409, (name, verb)
    assert seats("agency-north") == {"north": "agency"}
    assert deeds() == []


def test_one_who_is_switched_off_is_out_at_once() -> None:
    from django.test import Client

    boss = browser("manager")
    browser("agent")
    agent = user("agent-north")
    agent.set_password(PASSWORD)
    agent.save()
    desk = Client(SERVER_NAME="localhost")
    desk.post("/sign-in", {"name": "agent-north", "password": PASSWORD})
    assert desk.get("/").status_code == 200
    boss.post(f"/people/{agent.pk}/switch", {"active": "no"})
    assert desk.get("/").status_code == 302
    assert desk.post("/sign-in", {"name": "agent-north", "password": PASSWORD}).status_code == 403
    boss.post(f"/people/{agent.pk}/switch", {"active": "yes"})
    assert desk.post("/sign-in", {"name": "agent-north", "password": PASSWORD}).status_code == 302
    assert [what for _, what, _ in deeds()] == ["deactivated", "reactivated"]


def test_one_who_works_elsewhere_too_can_only_be_removed_from_here() -> None:
    from amends.store.members import give_role

    boss = browser("manager")
    browser("agent")
    give_role("agent-north", "agent", "south")
    number = user("agent-north").pk
    refused = boss.post(f"/people/{number}/switch", {"active": "no"})
    assert refused.status_code == 409
    assert "works for other merchants too" in refused.content.decode()
    assert "south" not in refused.content.decode()
    assert boss.post(f"/people/{number}/remove", {"merchant": "north"}).status_code == 302
    assert seats("agent-north") == {"south": "agent"}


def test_a_second_factor_is_reset_with_a_reason() -> None:
    from amends.store.factors import begin_app, factors_of, new_codes
    from amends.store.models import AuditRow, OneTimePassword

    boss = browser("manager")
    browser("agent")
    agent = user("agent-north")
    begin_app(agent, NOW)
    OneTimePassword.objects.update(confirmed_at=NOW)
    new_codes(agent)
    assert boss.post(f"/people/{agent.pk}/reset", {"note": " "}).status_code == 409
    assert factors_of(agent).second
    assert boss.post(f"/people/{agent.pk}/reset", {"note": "called back"}).status_code == 302
    assert (factors_of(agent).second, factors_of(agent).codes) == (False, 0)
    assert AuditRow.objects.get().note == "called back"


def test_an_agency_makes_a_merchant_and_works_there() -> None:
    client = browser("agency")
    assert client.post("/merchants/new", {"name": "West Ltd", "title": "West"}).status_code == 409
    assert client.post("/merchants/new", {"name": "west", "title": "West"}).status_code == 302
    assert client.post("/merchants/new", {"name": "west", "title": "Again"}).status_code == 409
    assert seats("agency-north") == {"north": "agency", "west": "agency"}
    client.post("/merchants/title", {"name": "west", "title": "The West"})
    assert "The West" in text(client, "/merchants")
    assert "The West" not in text(browser("manager"), "/merchants")


def test_an_administrator_gives_a_shop_to_another_merchant() -> None:
    root = browser("admin")
    root.post("/merchants/new", {"name": "west", "title": "West"})
    west = browser("manager", "west")
    assert west.get("/cases/1").status_code == 404
    assert root.post("/merchants/shop", {"shop": "暖屿服饰", "merchant": "west"}).status_code == 302
    assert west.get("/cases/1").status_code == 200
    assert browser("manager", "main").get("/cases/1").status_code == 404


def test_a_buyers_data_is_masked_until_someone_asks_and_that_is_written_down(database: Any) -> None:
    from amends.store.models import AuditRow, CaseFile, CaseRow, RawRow

    CaseRow.objects.filter(pk=3).update(buyer="Maria Weber")
    file = CaseFile.objects.get(pk=3)
    file.case_json["request"]["message"] = "Call me: 0151 99887766 or maria.weber@example.com"
    file.save()
    RawRow.objects.filter(case=3).update(cells={"收货人": "韦伯", "手机号": "13812345678", "商品名称": "水壶"})
    agent = browser("agent", "main")
    told = ("Maria Weber", "99887766", "maria.weber", "韦伯", "13812345678")
    for path in ("/", "/cases/3", "/cases/3/peek"):
        page = text(agent, path)
        assert not [word for word in told if word in page], path
    assert "水壶" in text(agent, "/cases/3")
    assert agent.post("/cases/3/show").headers["Location"] == "/cases/3"
    once, again = text(agent, "/cases/3"), text(agent, "/cases/3")
    assert [word for word in told if word in once] == list(told)
    assert not [word for word in told if word in again]
    row = AuditRow.objects.get()
    assert (row.who, row.what, row.case, row.place) == ("agent-main", "shown", 3, "127.0.0.1")
    assert set(row.fields) == {"buyer", "message", "raw_rows"}


def test_a_warehouse_never_sees_it(database: Any) -> None:
    warehouse = browser("warehouse", "main")
    assert "/cases/3/show" not in text(warehouse, "/cases/3")
    assert warehouse.post("/cases/3/show").status_code == 403


def test_the_audit_only_grows(database: Any) -> None:
    from django.db import DatabaseError, transaction

    from amends.store.models import AuditRow

    browser("agent", "main").post("/cases/3/show")
    for change in (lambda: AuditRow.objects.update(who="nobody"), lambda: AuditRow.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append only"), transaction.atomic():
            change()
    assert AuditRow.objects.get().who == "agent-main"


def test_the_audit_is_of_the_own_merchants_and_can_be_filtered(database: Any) -> None:
    browser("agent", "main").post("/cases/3/show")
    browser("lead", "main").post("/cases/1/show")
    boss = browser("manager", "main")
    assert "2 in all" in text(boss, "/audit")
    assert "1 in all" in text(boss, "/audit?who=lead-main")
    assert "0 in all" in text(boss, "/audit?what=reset")
    assert "2 in all" in text(boss, "/audit?since=2026-11-25&until=2026-11-25")
    assert "0 in all" in text(boss, "/audit?until=2026-11-24")
    assert "2 in all" in text(boss, "/audit?since=nonsense&page=x&what=none")
    assert "0 in all" in text(browser("manager", "south"), "/audit")

"""The box "on the platform": how a case stands there, what is to be done there, and buttons for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from amends.desk.cases.approve import approve
from amends.facts.deeds import PlatformReason
from tests.case_house import MANAGER
from tests.platform_house import House, connected, house

RETURN = {"request": {"kind": "return_refund", "reason": "quality"}}


@pytest.fixture
def there(database: Any) -> House:
    return house()


@pytest.fixture
def sign_in(there: House) -> Callable[..., Any]:
    """Signs a person of a role in, over the connected shop."""
    from django.contrib.auth.models import User
    from django.test import Client

    from amends.store.members import give_role
    from amends.web.front import install
    from tests.django_house import plain_front

    def reasons(connection: int, case: str) -> tuple[PlatformReason, ...]:
        return there.speaks(None, there.channel.refusal_reasons(_access(), case, None))  # type: ignore[arg-type]

    desk = replace(there.desk(), ask_reasons=reasons)
    install(replace(plain_front(), money=desk.money, desk=desk, now=there.now))

    def person(role: str, language: str = "en") -> Any:
        client = Client(SERVER_NAME="localhost", headers={"accept-language": language})
        user = User.objects.get_or_create(username=role)[0]
        give_role(role, role)
        client.force_login(user)
        return client

    return person


def _access() -> Any:
    from amends.facts.channels import Access

    return Access(None, "http://mall", {})  # type: ignore[arg-type]


def page(client: Any, number: int) -> str:
    return str(client.get(f"/cases/{number}").content.decode())


@pytest.mark.parametrize(
    ("language", "says"), [("en", "On the platform"), ("zh-hans", "在平台上"), ("zh-hant", "平台")]
)
def test_it_says_how_the_case_stands_there_and_where_its_console_is(
    there: House, sign_in: Callable[..., Any], language: str, says: str
) -> None:
    number = there.case("K1", **RETURN)
    assert "case_platform" not in page(sign_in("manager", language), number)
    connected(number)
    shown = page(sign_in("manager", language), number)
    assert 'id="platform"' in shown
    assert says in shown
    assert 'href="https://mall.example/cases/K1?order=O-K1"' in shown
    assert 'rel="noopener noreferrer"' in shown


def test_a_task_is_closed_by_a_press_and_only_by_those_who_work_on_cases(
    there: House, sign_in: Callable[..., Any]
) -> None:
    number = there.case(**RETURN)
    connected(number, may_act=False)
    approve(there.desk(), number, MANAGER)
    deed = there.desk().casework.deeds(number)[0].number
    shown = page(sign_in("manager"), number)
    assert "a person has to do it there" in shown
    assert "deed-again" not in shown, "the house may not act for this shop"
    assert "deed-done" not in page(sign_in("warehouse"), number)
    assert sign_in("warehouse").post(f"/cases/{number}/deed-done", {"deed": deed}).status_code == 403
    answer = sign_in("manager").post(f"/cases/{number}/deed-done", {"deed": deed})
    assert answer.status_code == 302
    assert there.desk().casework.deeds(number)[0].state == "done"
    again = sign_in("manager").post(f"/cases/{number}/deed-done", {"deed": deed})
    assert again.status_code == 409
    assert "there is no such task any more" in again.content.decode()


def test_what_went_wrong_can_be_tried_again_or_dropped(there: House, sign_in: Callable[..., Any]) -> None:
    number = there.case(**RETURN)
    connected(number)
    approve(there.desk(), number, MANAGER)
    there.mall.faults = ["refused"]
    there.later(minutes=1)
    there.deeds().run_due()
    there.rounds()
    client = sign_in("manager")
    assert "the mall says no" in page(client, number)
    first = there.desk().casework.deeds(number)[0].number
    client.post(f"/cases/{number}/deed-again", {"deed": first})
    states = [one.state for one in there.desk().casework.deeds(number)]
    assert states == ["cancelled", "wanted"]
    there.mall.faults = ["refused"]
    there.deeds().run_due()
    there.rounds()
    second = there.desk().casework.deeds(number)[1].number
    client.post(f"/cases/{number}/deed-drop", {"deed": second, "note": "the buyer keeps it"})
    assert there.desk().casework.deeds(number)[1].state == "cancelled"
    assert "the buyer keeps it" in page(client, number)


def test_a_case_of_another_merchant_stays_behind_its_wall(there: House, sign_in: Callable[..., Any]) -> None:
    from amends.store.models import Shop

    number = there.case(**RETURN)
    connected(number, may_act=False)
    approve(there.desk(), number, MANAGER)
    deed = there.desk().casework.deeds(number)[0].number
    client = sign_in("agent")
    Shop.objects.update(merchant="another")
    for address in ("deed-done", "deed-drop", "deed-again"):
        assert client.post(f"/cases/{number}/{address}", {"deed": deed}).status_code == 404
    assert client.get(f"/cases/{number}/refusal-reasons").status_code == 404


def test_a_deed_of_another_case_is_not_reached_from_this_one(there: House, sign_in: Callable[..., Any]) -> None:
    one, other = there.case("A1", **RETURN), there.case("A2", **RETURN)
    connected(one, may_act=False)
    connected(other, may_act=False)
    approve(there.desk(), one, MANAGER)
    deed = there.desk().casework.deeds(one)[0].number
    assert sign_in("manager").post(f"/cases/{other}/deed-done", {"deed": deed}).status_code == 409
    assert there.desk().casework.deeds(one)[0].state == "person"


def test_the_return_address_is_kept_by_whoever_keeps_the_settings(there: House, sign_in: Callable[..., Any]) -> None:
    from amends.store.models import ConnectionRow

    number = there.case(**RETURN)
    connected(number, plain={"key": "k"})
    assert "not set" in page(sign_in("manager"), number)
    assert sign_in("agent").post(f"/cases/{number}/return-address", {"address": "9001"}).status_code == 409
    assert sign_in("manager").post(f"/cases/{number}/return-address", {"address": "two words"}).status_code == 409
    sign_in("manager").post(f"/cases/{number}/return-address", {"address": "9001"})
    assert ConnectionRow.objects.get().plain == {"key": "k", "return_address": "9001"}
    approve(there.desk(), number, MANAGER)
    there.later(minutes=1)
    there.deeds().run_due()
    assert there.mall.cases[there.key(number)]["deeds"][0]["given"]["address"] == "9001"


def test_the_refuse_form_offers_the_platforms_own_reasons(there: House, sign_in: Callable[..., Any]) -> None:
    number = there.case(**RETURN)
    connected(number)
    client = sign_in("manager")
    assert f"/cases/{number}/refusal-reasons" in page(client, number)
    shown = client.get(f"/cases/{number}/refusal-reasons?given=78").content.decode()
    assert '<option value="77">超出期限</option>' in shown
    assert '<option value="78" selected>影响二次销售 *</option>' in shown
    given = {"reason": "agreed_otherwise", "text": "ok", "there": "78", "override": "agreed with the buyer by chat"}
    client.post(f"/cases/{number}/refuse", given)
    there.later(minutes=1)
    there.deeds().run_due()
    assert there.mall.cases[there.key(number)]["deeds"][0]["given"]["reason"] == "78"


def test_a_list_that_cannot_be_read_leaves_a_field_to_write_in(there: House, sign_in: Callable[..., Any]) -> None:
    number = there.case(**RETURN)
    connected(number)
    there.mall.away = True
    shown = sign_in("manager").get(f"/cases/{number}/refusal-reasons").content.decode()
    assert 'name="there"' in shown
    assert "cannot be read now" in shown

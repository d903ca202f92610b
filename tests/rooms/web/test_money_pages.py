"""Money on the pages: the panel's states and verbs, approvals by a second person, and what needs a person."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.money_house import Bank, case_of, desk_of, order_of, runner_of


@pytest.fixture
def house(database: Any) -> Any:
    """The pages over a shop whose cards go back by the bank."""
    from dataclasses import replace

    from amends.web.front import install
    from tests.case_house import case_desk
    from tests.django_house import plain_front

    install(replace(plain_front(), money=desk_of(), desk=case_desk()))
    return database


def person(name: str, role: str) -> Any:
    from django.contrib.auth.models import User
    from django.test import Client

    from amends.store.members import give_role

    client = Client(SERVER_NAME="localhost", headers={"accept-language": "en"})
    client.force_login(User.objects.create_user(name, password="a long enough password"))
    give_role(name, role)
    return client


def digest(page: str) -> str:
    found = re.search(r'name="digest" value="(\w+)"', page)
    assert found
    return found.group(1)


def text(client: Any, path: str) -> str:
    return str(client.get(path).content.decode())


def test_a_refund_shows_every_state_on_its_way(house: Any) -> None:
    boss, number = person("wu", "manager"), case_of(order_of())
    before = text(boss, f"/cases/{number}")
    assert "Goes with Approve or Settle" in before
    assert "Cannot be taken back once sent" in before
    boss.post(f"/cases/{number}/approve", {"digest": digest(before)})
    assert "Requested" in text(boss, f"/cases/{number}/money")
    bank = Bank()
    from amends.facts.wire import Receipt

    bank.answers["card"] = Receipt("unknown", code="no_answer", alarm="nobody answered")
    runner_of(bank, minutes=1).run_due()
    shown = text(boss, f"/cases/{number}/money")
    assert "Outcome unknown, asking" in shown
    assert "nobody answered" in shown
    assert "no_answer" in shown
    assert "nobody answered" in text(boss, "/money")
    bank.answers["asked"] = Receipt("succeeded", "BANK-9")
    runner_of(bank, minutes=60).run_due()
    shown = text(boss, f"/cases/{number}/money")
    assert "BANK-9" in shown
    assert "Pay out" not in shown.replace("Pay-out", "")
    assert "nobody answered" not in text(boss, "/money")


EXTRA = {"turn": "0", "kind": "goodwill", "amount": "80.00", "note": "sorry"}


def test_a_second_person_approves_money_on_top_in_the_panel(house: Any) -> None:
    agent, other, lead = person("an", "agent"), person("bo", "agent"), person("li", "lead")
    number = case_of(order_of())
    agent.post(f"/cases/{number}/extra", EXTRA)
    assert "a second person must approve" in text(agent, f"/cases/{number}")
    plan = re.search(r"/plans/(\d+)/approve", text(lead, f"/cases/{number}"))
    assert plan
    assert f"/plans/{plan.group(1)}/approve" in text(lead, "/approvals")
    assert "/approve" not in text(other, f"/cases/{number}/money")
    denied = other.post(f"/cases/{number}/plans/{plan.group(1)}/approve")
    assert denied.status_code == 409
    assert "Not done" in denied.content.decode()
    assert lead.post(f"/cases/{number}/plans/{plan.group(1)}/approve").status_code == 302
    shown = text(agent, f"/cases/{number}")
    assert "approved by li" in shown
    assert "said yes to the money" in shown


def test_a_refused_plan_says_who_and_why(house: Any) -> None:
    agent, lead, number = person("an", "agent"), person("li", "lead"), case_of(order_of())
    agent.post(f"/cases/{number}/extra", EXTRA)
    plan = re.search(r"/plans/(\d+)/refuse", text(lead, f"/cases/{number}"))
    assert plan
    lead.post(f"/cases/{number}/plans/{plan.group(1)}/refuse", {"note": "wrong parcel"})
    assert "refused by li: wrong parcel" in text(agent, f"/cases/{number}")


def test_the_first_pay_out_goes_with_the_answer_and_only_a_repeat_by_itself(house: Any) -> None:
    from amends.facts.wire import Receipt

    boss, number = person("wu", "manager"), case_of(order_of())
    answer = boss.post(f"/cases/{number}/pay-out", {"digest": "0" * 64})
    assert answer.status_code == 409
    assert "approve or settle the case" in answer.content.decode()
    boss.post(f"/cases/{number}/approve")
    runner_of(Bank(answers={"card": Receipt("failed", code="card_closed")}), minutes=1).run_due()
    stale = boss.post(f"/cases/{number}/pay-out", {"digest": "0" * 64})
    assert "changed since you looked" in stale.content.decode()
    again = text(boss, f"/cases/{number}/money")
    assert "Pay out €90.00" in again
    assert boss.post(f"/cases/{number}/pay-out", {"digest": digest(again)}).status_code == 302


def test_nothing_to_look_at_is_said(house: Any) -> None:
    boss = person("wu", "manager")
    assert text(boss, "/money").count("Nothing to look at.") == 3
    assert "No pay-out waits" in text(boss, "/approvals")


def test_a_notice_that_fits_nothing_waits_on_the_page(house: Any) -> None:
    from amends.facts.wire import Notice, Receipt
    from amends.store.inbox_book import DatabaseInbox
    from tests.django_house import NOW

    inbox, note = (
        DatabaseInbox(),
        Notice("e1", "refund", None, "re_9", "pi_none", Receipt("succeeded", "re_9", 5), None),
    )
    inbox.apply(inbox.put("stripe", "e1", "refund", {}, b"{}", NOW).number, note, NOW)
    boss = person("wu", "manager")
    assert "no step and no payment of ours fits" in text(boss, "/money")
    kept = re.search(r"/money/notices/(\d+)/replay", text(boss, "/money"))
    assert kept
    answer = boss.post(f"/money/notices/{kept.group(1)}/replay")
    assert answer.status_code == 409
    assert "no gateway" in answer.content.decode()
    chinese = boss.post(f"/money/notices/{kept.group(1)}/replay", headers={"accept-language": "zh-hans"})
    assert "已不在配置中" in chinese.content.decode()


@pytest.mark.parametrize(
    ("path", "form", "status"),
    [
        (f"/cases/{2**63}/pay-out", {"digest": "0"}, 404),
        (f"/money/notices/{2**63}/replay", {}, 404),
        (f"/money/differences/{2**63}/settle", {"note": "found"}, 404),
        ("/money/differences/7/settle", {"note": "found"}, 409),
    ],
)
def test_a_number_that_cannot_be_ours_is_answered(house: Any, path: str, form: dict[str, str], status: int) -> None:
    assert person("wu", "manager").post(path, form).status_code == status


@pytest.mark.parametrize("turn", ["9" * 400, "-1", "²"])
def test_an_extra_with_a_turn_no_page_sent_counts_as_the_first(house: Any, turn: str) -> None:
    boss, number = person("wu", "manager"), case_of(order_of())
    form = {"turn": turn, "kind": "goodwill", "amount": "5.00", "note": "sorry"}
    assert boss.post(f"/cases/{number}/extra", form).status_code in {302, 409}


@pytest.mark.parametrize("path", ["/money", "/approvals", "/cases/1/money"])
def test_strangers_see_no_money(stranger: Any, path: str) -> None:
    assert stranger.get(path).status_code == 302

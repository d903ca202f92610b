"""Paying out through the desk, on both databases: previews, limits, second persons, repeats of what went wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from amends.desk.money_desk import MoneyDesk
from amends.desk.pay_out import UnableToPayOut, UnableToPromise
from amends.facts.people import SYSTEM, Person
from amends.facts.wire import Receipt
from tests.databases import Database, database
from tests.money_house import NOW, Bank, case_of, desk_of, order_of, runner_of

__all__ = ["database"]

AGENT, LEAD, BOSS = Person("an", "agent"), Person("li", "lead"), Person("wu", "manager")


@pytest.fixture
def desk(database: Database) -> MoneyDesk:
    return desk_of()


def asked(desk: MoneyDesk, number: int, person: Person = BOSS, by: str | None = None) -> Any:
    plan = desk.look(number, SYSTEM, by).plan
    assert plan is not None
    return desk.pay_out(number, plan.digest, person, by)


def test_the_preview_is_what_happens(desk: MoneyDesk) -> None:
    number = case_of(order_of())
    seen = desk.look(number, SYSTEM)
    assert seen.plan is not None
    made = desk.pay_out(number, seen.plan.digest, BOSS)
    assert [step.step for step in made.steps] == list(seen.plan.steps)
    assert made.total == seen.plan.total == 9_000


def test_asking_twice_promises_once(desk: MoneyDesk) -> None:
    number = case_of(order_of())
    first, again = asked(desk, number), desk.pay_out(number, "whatever", AGENT)
    assert first.number == again.number
    bank = Bank()
    assert runner_of(bank).run_due() == 1
    assert runner_of(bank).run_due() == 0
    assert bank.paid == [9_000]


def test_a_preview_that_is_out_of_date_is_not_carried_out(desk: MoneyDesk) -> None:
    number = case_of(order_of())
    with pytest.raises(UnableToPayOut, match="changed since you looked"):
        desk.pay_out(number, "another", BOSS)
    assert desk.till.box(number) is None


def test_above_the_limit_a_second_person_says_yes(desk: MoneyDesk) -> None:
    number = case_of(order_of())
    plan = asked(desk, number, AGENT)
    assert (plan.state, plan.needs_role) == ("proposed", "lead")
    bank = Bank()
    assert runner_of(bank).run_due() == 0
    with pytest.raises(UnableToPayOut, match="a lead must approve"):
        desk.approve(number, plan.number, Person("bo", "agent"))
    with pytest.raises(UnableToPayOut, match="second person"):
        desk.approve(number, plan.number, Person("an", "manager"))
    assert [one.case for one in desk.proposed(SYSTEM)] == [number]
    desk.approve(number, plan.number, LEAD)
    assert desk.proposed(SYSTEM) == []
    assert runner_of(bank).run_due() == 1
    assert bank.paid == [9_000]


def test_a_refused_plan_pays_nothing_and_may_be_proposed_anew(desk: MoneyDesk) -> None:
    number = case_of(order_of())
    plan = asked(desk, number, AGENT)
    desk.refuse(number, plan.number, LEAD, "look at the parcel first")
    bank = Bank()
    assert runner_of(bank).run_due() == 0
    again = asked(desk, number, BOSS)
    assert again.turn == plan.turn + 1
    runner_of(bank).run_due()
    assert bank.paid == [9_000]


def test_a_cancelled_step_was_never_sent_and_can_be_asked_for_again(desk: MoneyDesk) -> None:
    number = case_of(order_of())
    plan = asked(desk, number)
    desk.cancel(number, plan.steps[0].number, BOSS)
    bank = Bank()
    assert runner_of(bank).run_due() == 0
    asked(desk, number)
    runner_of(bank).run_due()
    assert bank.paid == [9_000]
    with pytest.raises(UnableToPromise, match="succeeded"):
        desk.cancel(number, desk.look(number, SYSTEM).box.plans[-1].steps[0].number, BOSS)  # type: ignore[union-attr]


def test_only_what_failed_is_paid_again_and_by_hand_if_so_wished(desk: MoneyDesk) -> None:
    number = case_of(order_of(gift_card=2_000))
    asked(desk, number)
    bank = Bank({"card": Receipt("failed", code="card_dead")})
    runner_of(bank).run_due()
    assert bank.paid == [2_000]
    seen = desk.look(number, SYSTEM, "manual")
    assert seen.repeats
    assert seen.plan is not None
    assert [(step.amount, step.gateway) for step in seen.plan.steps] == [(7_000, "manual")]
    asked(desk, number, by="manual")
    box = desk.till.box(number)
    assert box is not None
    assert sum(one.given_back + one.promised for one in box.payments) == 9_000


def test_a_refund_turned_back_late_frees_its_amount_and_can_be_paid_again(desk: MoneyDesk) -> None:
    from amends.store.models import PayStep
    from amends.store.money_payouts import take_receipt

    number = case_of(order_of())
    step = asked(desk, number).steps[0]
    bank = Bank()
    runner_of(bank).run_due()
    row = PayStep.objects.select_related("order", "payment").get(pk=step.number)
    assert take_receipt(row, Receipt("failed", row.reference, code="bounced"), NOW, "notice") == "reversed"
    box = desk.till.box(number)
    assert box is not None
    assert (box.payments[0].given_back, box.payments[0].left) == (0, 9_000)
    asked(desk, number)
    runner_of(bank).run_due()
    assert bank.paid == [9_000, 9_000]
    assert bank.keys[0] != bank.keys[1]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"dispute": {"stage": "open"}}, "dispute"),
        ({"request": {"kind": "return_refund"}}, "not back yet"),
    ],
)
def test_what_stands_against_it_is_said_in_both_languages(
    desk: MoneyDesk, change: Mapping[str, Any], word: str
) -> None:
    number = case_of(order_of(**change))
    hindrance = desk.look(number, SYSTEM).hindrance
    assert hindrance is not None
    assert word in hindrance.en
    assert hindrance.zh
    with pytest.raises(UnableToPayOut):
        desk.pay_out(number, "x", BOSS)


def test_a_case_that_the_platform_closed_pays_nothing(desk: MoneyDesk) -> None:
    number = case_of(order_of(), state="closed")
    hindrance = desk.look(number, SYSTEM).hindrance
    assert hindrance is not None
    assert "closed" in hindrance.en


def test_two_cases_of_one_order_never_pay_more_than_was_paid(desk: MoneyDesk) -> None:
    first, second = case_of(order_of(), key="A"), case_of(order_of(), key="B")
    asked(desk, first)
    assert desk.look(second, SYSTEM).plan is None or desk.look(second, SYSTEM).plan.total == 0  # type: ignore[union-attr]
    with pytest.raises((UnableToPayOut, UnableToPromise)):
        asked_blindly(desk, second)
    bank = Bank()
    runner_of(bank).run_due()
    assert bank.paid == [9_000]


def asked_blindly(desk: MoneyDesk, number: int) -> None:
    plan = desk.look(number, SYSTEM).plan
    desk.pay_out(number, plan.digest if plan else "", BOSS)


def test_what_is_paid_by_hand_waits_for_its_proof(desk: MoneyDesk) -> None:
    number = case_of(order_of())
    by_hand = desk_of("manual")
    plan = by_hand.look(number, SYSTEM).plan
    assert plan is not None
    step = by_hand.pay_out(number, plan.digest, BOSS).steps[0].number
    runner_of(Bank()).run_due()
    with pytest.raises(UnableToPromise, match="empty"):
        by_hand.prove(number, step, " ", False, AGENT)
    settled = by_hand.prove(number, step, "BANK-77", True, AGENT).steps[0]
    assert (settled.state, settled.reference) == ("succeeded", "BANK-77")
    assert settled.attempts[-1].what == "proof"
    with pytest.raises(UnableToPromise, match="succeeded"):
        by_hand.prove(number, step, "BANK-78", True, AGENT)
    other = case_of(order_of(order="O2"))
    plan = by_hand.look(other, SYSTEM).plan
    assert plan is not None
    second = by_hand.pay_out(other, plan.digest, BOSS).steps[0].number
    with pytest.raises(UnableToPromise, match="another step"):
        by_hand.prove(other, second, "BANK-77", True, AGENT)


def test_goodwill_and_credit_on_top_count_against_what_was_paid(desk: MoneyDesk) -> None:
    number = case_of(order_of())
    for _ in range(2):
        given = desk.extra(number, 0, "store_credit", "15.00", "late parcel", BOSS)
    assert (given.purpose, given.total, given.note) == ("extra", 1_500, "late parcel")
    assert desk.look(number, SYSTEM).extra_turn == 1
    desk.extra(number, 1, "goodwill", "10", "sorry", BOSS)
    runner_of(Bank()).run_due()
    plan = desk.look(number, SYSTEM).plan
    assert plan is not None
    with pytest.raises(UnableToPromise):
        desk.pay_out(number, plan.digest, BOSS)  # 90 more would pass what was paid
    step = next(one for one in desk.look(number, SYSTEM).box.plans[0].steps)  # type: ignore[union-attr]
    assert desk.undo(number, step.number, BOSS).steps[0].state == "reversed"
    with pytest.raises(UnableToPromise, match="cannot be taken back"):
        desk.undo(number, step.number, BOSS)


def test_an_extra_above_the_limit_waits_for_a_second_person(desk: MoneyDesk) -> None:
    number = case_of(order_of())
    plan = desk.extra(number, 0, "goodwill", "60.00", "sorry", AGENT)
    assert (plan.state, plan.needs_role) == ("proposed", "lead")
    assert desk.look(number, SYSTEM).plan is not None


@pytest.mark.parametrize(
    ("kind", "amount", "word"), [("goodwill", "x", "amount"), ("goodwill", "0", "zero"), ("gold", "1", "kind")]
)
def test_an_extra_that_makes_no_sense_is_refused(desk: MoneyDesk, kind: str, amount: str, word: str) -> None:
    with pytest.raises(UnableToPayOut, match=word):
        desk.extra(case_of(order_of()), 0, kind, amount, "", BOSS)


def test_a_refund_made_elsewhere_counts(desk: MoneyDesk) -> None:
    number = case_of(order_of(refunded="40.00"))
    plan = desk.look(number, SYSTEM).plan
    assert plan is not None
    assert plan.total == 5_000


def test_what_a_worker_does_not_know_is_not_sent_again(desk: MoneyDesk) -> None:
    asked(desk, case_of(order_of()))
    bank = Bank({"card": Receipt("unknown", code="no_answer")})
    runner_of(bank).run_due()
    assert bank.orders == [9_000]
    assert runner_of(bank, minutes=30).run_due() == 1
    assert bank.orders == [9_000]
    assert bank.asked == 1

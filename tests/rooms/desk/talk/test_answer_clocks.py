"""What a buyer writes winds our promise to answer up; who threatens to complain is to be answered sooner, and it is said why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from amends.desk.cases.desk import CaseDesk
from amends.desk.cases.talk import THREATENED, buyer_says, tell_buyer
from amends.facts.work import DeadlineView
from tests.case_house import AGENT, BUYER, Clock, case_desk
from tests.databases import Database, database
from tests.money_house import case_of, order_of

__all__ = ["database"]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def cases(database: Database, clock: Clock) -> CaseDesk:
    return case_desk(clock)


def promised(minutes: int | None) -> int:
    from amends.store.models import Shop

    case = case_of(order_of())
    Shop.objects.filter(name="acme").update(answer_within_minutes=minutes)
    return case


def next_answer(cases: CaseDesk, case: int) -> DeadlineView | None:
    found = [one for one in cases.casework.history(case).deadlines if one.action == "next_answer"]
    return found[0] if found else None


def test_a_question_is_to_be_answered_in_time_and_the_oldest_counts(cases: CaseDesk, clock: Clock) -> None:
    case = promised(240)
    buyer_says(cases, case, BUYER, "Where is it?")
    asked = clock()
    clock.forward(minutes=30)
    buyer_says(cases, case, BUYER, "Hello?")
    found = next_answer(cases, case)
    assert found
    assert (found.state, found.due) == ("running", asked + timedelta(minutes=240))
    tell_buyer(cases, case, AGENT, "On its way.")
    met = next_answer(cases, case)
    assert met
    assert met.state == "met"
    buyer_says(cases, case, BUYER, "Thanks, and when?")
    again = next_answer(cases, case)
    assert again
    assert (again.state, again.due) == ("running", clock() + timedelta(minutes=240))


def test_no_promise_no_clock(cases: CaseDesk) -> None:
    case = promised(None)
    buyer_says(cases, case, BUYER, "Where is it?")
    assert next_answer(cases, case) is None


@pytest.mark.parametrize("minutes", [None, 240])
def test_a_threat_is_to_be_answered_within_the_hour_and_says_which_words(
    cases: CaseDesk, clock: Clock, minutes: int | None
) -> None:
    from amends.store.models import CaseRow

    case = promised(minutes)
    buyer_says(cases, case, BUYER, "Where is it?")
    buyer_says(cases, case, BUYER, "不退款我就申请介入")
    found = next_answer(cases, case)
    assert found
    assert (found.due, found.rule) == (clock() + timedelta(minutes=THREATENED), "own.threat")
    assert "申请介入" in found.if_missed.en
    entry = cases.casework.history(case).entries[-1].entry
    assert entry.data == {"threat": "platform", "phrase": "申请介入"}
    assert CaseRow.objects.get(pk=case).next_action == "next_answer"
    clock.forward(minutes=10)
    buyer_says(cases, case, BUYER, "I will call my bank")
    kept = next_answer(cases, case)
    assert kept
    assert kept.due == found.due

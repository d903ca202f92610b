"""What the house does by itself, on both databases, at times that a test moves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from amends.desk.cases.approve import approve
from amends.desk.cases.desk import CaseDesk
from amends.desk.cases.run import CaseRounds
from amends.desk.decide_waiting import decide_waiting
from amends.desk.house import House
from amends.facts.wire import Receipt
from tests.case_house import LEAD, Clock, case_desk
from tests.databases import Database, database
from tests.money_house import POLICY, Bank, case_of, order_of, runner_of

__all__ = ["database"]


def small(**change: Any) -> dict[str, Any]:
    """A case about 20 EUR, which an agent may approve alone."""
    case = order_of(**change)
    case["order"]["lines"] = [{"id": "l1", "title": "Bulb", "quantity": 1, "paid": "20.00", "category": "home_textile"}]
    case["order"]["payments"] = [{"id": "p1", "method": "card", "captured": "20.00", "reference": "pi_s"}]
    return case


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(database: Database, clock: Clock) -> CaseDesk:
    return case_desk(clock)


def what(desk: CaseDesk, number: int) -> list[str]:
    history = desk.casework.history(number)
    assert history.whole
    return [one.entry.what for one in history.entries]


def let_the_house_act() -> None:
    from amends.store.models import Shop

    Shop.objects.update(automatic=True)


def decide_again_by(house: House) -> None:
    from amends.store.models import CaseRow

    CaseRow.objects.update(decided_at=None)
    decide_waiting(house)


def test_the_house_answers_alone_only_in_shops_that_let_it(desk: CaseDesk) -> None:
    number = case_of(small())
    rounds = CaseRounds(desk)
    assert rounds.look() == 0
    let_the_house_act()
    assert rounds.look() == 1
    assert desk.casework.history(number).entries[-1].entry.by.kind == "system"
    assert rounds.look() == 0
    bank = Bank()
    runner_of(bank, minutes=1).run_due()
    assert bank.paid == [2_000]


def test_a_clock_of_the_merchant_that_runs_out_is_told_once_and_marked(desk: CaseDesk, clock: Clock) -> None:
    number = case_of(order_of())
    due = [one for one in desk.casework.history(number).deadlines if one.who == "merchant"]
    assert due
    clock.at = max(one.due for one in due)
    clock.forward(minutes=1)
    rounds = CaseRounds(desk)
    rounds.look()
    assert what(desk, number).count("deadline_missed") == len(due)
    state = desk.casework.look(number)
    assert state is not None
    assert state.exception == "deadline_missed"
    rounds.look()
    assert what(desk, number).count("deadline_missed") == len(due)


def test_money_that_failed_is_an_exception_for_a_person(desk: CaseDesk) -> None:
    number = case_of(order_of())
    approve(desk, number, LEAD)
    runner_of(Bank({"card": Receipt("failed", code="closed_card")}), minutes=1).run_due()
    CaseRounds(desk).look()
    state = desk.casework.look(number)
    assert state is not None
    assert (state.exception, state.tracks.desk) == ("money_trouble", "open")
    assert what(desk, number)[-1] == "refund_failed"


def test_a_dispute_that_was_won_while_a_clock_runs_calls_someone(desk: CaseDesk) -> None:
    number = case_of(order_of(dispute={"stage": "won"}))
    CaseRounds(desk).look()
    state = desk.casework.look(number)
    assert state is not None
    assert state.exception == "clock_after_win"


def test_a_policy_may_name_an_answer_before_the_time_is_over(desk: CaseDesk, clock: Clock) -> None:
    from amends.decide.policy.compiled import compile_policy
    from amends.decide.policy.read_policy import read_policy

    text = POLICY.replace("handling: auto", "handling: review") + "answer_before_hours: 2\n"
    policy = compile_policy(read_policy(text))
    house = replace(desk.house, policy_for=lambda shop, market, channel: policy)
    careful = replace(desk, house=house, money=replace(desk.money, house=house))
    number = case_of(small(shop={"channel": "douyin"}, platform={"deadline": "2026-11-26T12:00:00+08:00"}))
    let_the_house_act()
    decide_again_by(house)
    rounds = CaseRounds(careful)
    rounds.look()
    assert "approved" not in what(desk, number)
    clock.at = clock.at.replace(day=26, hour=2, minute=30)
    rounds.look()
    assert "approved" in what(desk, number)


def test_our_own_clock_stands_still_while_the_buyer_has_to_act(desk: CaseDesk, clock: Clock) -> None:
    from amends.desk.cases.ask import ask, give_evidence
    from amends.desk.cases.close import close
    from amends.desk.cases.open_case import open_case
    from amends.store.models import Shop
    from tests.case_house import AGENT, BUYER

    case_of(order_of())  # the shop is there
    Shop.objects.update(settle_within_hours=10)
    file = {**order_of(order="O2"), "case": "R-O2-1"}
    number = open_case(desk, "acme", file, "R-O2-1", "buyer", BUYER).state.number
    rounds = CaseRounds(desk)

    def promise() -> tuple[str, int | None]:
        [one] = [one for one in desk.casework.history(number).deadlines if one.action == "settle"]
        return one.state, one.left_minutes

    assert promise() == ("running", None)
    clock.forward(hours=4)
    ask(desk, number, AGENT, [], "A picture please")
    rounds.look()
    assert promise() == ("paused", 360)
    clock.forward(hours=30)
    rounds.look()
    assert promise() == ("paused", 360)
    give_evidence(desk, number, BUYER, None, [{"kind": "photo", "by": "buyer"}])
    rounds.look()
    assert promise() == ("running", None)
    [one] = [one for one in desk.casework.history(number).deadlines if one.action == "settle"]
    assert (one.due - clock.at).total_seconds() == 6 * 3600
    close(desk, number, AGENT, "no_answer")
    assert promise() == ("met", None)

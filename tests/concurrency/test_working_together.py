"""Many people at one case at once, on both databases: one of them is first, the others are told so, and the log stays whole."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable

import pytest

from amends.desk.cases.approve import approve
from amends.desk.cases.close import close, withdraw
from amends.desk.cases.desk import CaseDesk
from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.offer import answer_offer, offer
from amends.desk.cases.run import CaseRounds
from amends.desk.cases.take import take
from amends.desk.cases.undo import undo
from amends.facts.people import Person
from tests.case_house import AGENT, BUYER, LEAD, case_desk
from tests.databases import Database, database
from tests.money_house import Bank, case_of, order_of, runner_of

__all__ = ["database"]
THREADS = 6


def together(deeds: list[Callable[[], object]]) -> Counter[str]:
    """What became of deeds that all begin at the same moment: done, or the code of the fault."""
    from django.db import connection

    told: Counter[str] = Counter()
    barrier, lock = threading.Barrier(len(deeds)), threading.Lock()

    def run(deed: Callable[[], object]) -> None:
        barrier.wait()
        try:
            deed()
            word = "done"
        except UnableToWork as fault:
            word = fault.code
        finally:
            connection.close()
        with lock:
            told[word] += 1

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert sum(told.values()) == len(deeds)
    return told


def is_whole(desk: CaseDesk, number: int) -> list[str]:
    history = desk.casework.history(number)
    assert history.whole
    return [one.entry.what for one in history.entries]


def test_one_yes_of_many_counts(database: Database) -> None:
    desk = case_desk()
    number = case_of(order_of())
    people = [Person(f"lead{index}", "lead") for index in range(THREADS)]
    told = together([lambda person=person: approve(desk, number, person) for person in people])  # type: ignore[misc]
    assert told == {"done": 1, "not_possible": THREADS - 1}
    assert is_whole(desk, number).count("approved") == 1
    bank = Bank()
    runner_of(bank, minutes=1).run_due()
    assert bank.paid == [9_000]


def test_one_of_many_takes_a_case(database: Database) -> None:
    desk = case_desk()
    number = case_of(order_of())
    people = [Person(f"agent{index}", "agent") for index in range(THREADS)]
    assert together([lambda person=person: take(desk, number, person) for person in people]) == {  # type: ignore[misc]
        "done": 1,
        "not_possible": THREADS - 1,
    }


def test_cases_of_one_order_approved_at_once_pay_no_more_than_was_paid(database: Database) -> None:
    desk = case_desk()
    numbers = [case_of(order_of()) for _ in range(THREADS)]
    told = together([lambda number=number: approve(desk, number, LEAD) for number in numbers])  # type: ignore[misc]
    assert told["done"] >= 1
    bank = Bank()
    runner_of(bank, minutes=1).run_due()
    assert sum(bank.paid) <= 9_000
    for number in numbers:
        is_whole(desk, number)


@pytest.mark.parametrize("order", range(4))
def test_a_yes_its_undoing_a_withdrawal_and_a_payment_at_once_leave_one_truth(database: Database, order: int) -> None:
    desk = case_desk()
    number = case_of(order_of())
    approve(desk, number, LEAD)
    bank = Bank()
    deeds: list[Callable[[], object]] = [
        lambda: undo(desk, number, LEAD),
        lambda: withdraw(desk, number, BUYER, AGENT),
        lambda: close(desk, number, LEAD, "settled"),
        lambda: runner_of(bank, minutes=1).run_due(),
        lambda: CaseRounds(desk).look(),
    ]
    random.Random(order).shuffle(deeds)
    together(deeds)
    runner_of(bank, minutes=10).run_due()
    what = is_whole(desk, number)
    assert bank.paid in ([], [9_000])
    if "withdrawn" in what or "undone" in what:
        assert bank.paid == []


def test_an_offer_is_answered_once(database: Database) -> None:
    desk = case_desk()
    number = case_of(order_of(request={"kind": "return_refund"}))
    offer(desk, number, AGENT, "partial_refund", "20.00")
    told = together([lambda: answer_offer(desk, number, BUYER, 1, accepts=True) for _ in range(THREADS)])
    assert told == {"done": 1, "not_possible": THREADS - 1}
    bank = Bank()
    runner_of(bank, minutes=1).run_due()
    assert bank.paid == [2_000]
    is_whole(desk, number)

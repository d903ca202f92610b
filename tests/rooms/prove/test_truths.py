"""Each truth is broken by what it is about, and by nothing in a house that works."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from amends.facts.people import SYSTEM, Person
from amends.facts.truths import CapFacts, StepFacts
from amends.facts.wire import Receipt
from amends.prove.truths import TRUTHS, check_truths
from amends.prove.watch import TruthWatch
from tests.databases import Database, database
from tests.money_house import NOW, Bank, case_of, desk_of, order_of, runner_of

__all__ = ["database"]

STEP = StepFacts("k1", "succeeded", "refund", "bank", 500, 500, "R1", "", 500, 1, False, 1, False, NOW)
CAP = CapFacts("payment 1", 500, 500)

CAP = CapFacts("payment 1", 500, 500)


@dataclass
class Shown:
    """A ledger as a test states it."""

    one: StepFacts = STEP
    sums: list[tuple[str, int]] = field(default_factory=list)
    cap: CapFacts = CAP
    orphans: list[str] = field(default_factory=list)
    notices: dict[str, int] = field(default_factory=dict)
    logs: list[tuple[str, str]] = field(default_factory=list)

    def unbalanced(self) -> Iterable[tuple[str, int]]:
        return self.sums

    def steps(self) -> Iterable[StepFacts]:
        return [self.one]

    def caps(self) -> Iterable[CapFacts]:
        return [self.cap]

    def orphan_entries(self) -> Iterable[str]:
        return self.orphans

    def waiting_notices(self) -> Mapping[str, int]:
        return self.notices

    def broken_logs(self, now: datetime) -> Iterable[tuple[str, str]]:
        return self.logs


def broken(ledger: Shown) -> set[str]:
    return {truth.name for truth in check_truths(ledger, NOW) if not truth.holds}


OPEN = replace(STEP, state="sent", booked=0, entries=0, is_due=True, reference="")
BREAKS = {
    "entries_balance": Shown(sums=[("e1", 3)]),
    "never_above_paid": Shown(cap=CapFacts("line 1", 500, 501)),
    "intents_have_runs": Shown(one=replace(OPEN, is_due=False)),
    "successes_are_proven": Shown(one=replace(STEP, reference="")),
    "book_agrees_with_steps": Shown(one=replace(STEP, state="reversed")),
    "parts_make_the_whole": Shown(one=replace(STEP, parts=499)),
    "no_refund_in_dispute": Shown(one=replace(OPEN, state="requested", disputed=True)),
    "no_silence": Shown(one=replace(OPEN, called_at=NOW - timedelta(days=2))),
    "logs_are_whole": Shown(logs=[("C1", "its log does not hold at entry 2")]),
    "notices_are_worked_on": Shown(notices={"received": 500}),
}


def test_every_truth_is_tested_here() -> None:
    assert set(BREAKS) == {name for name, _, _ in TRUTHS}


def test_all_hold_where_nothing_is_wrong() -> None:
    assert broken(Shown()) == broken(Shown(one=OPEN)) == set()


@pytest.mark.parametrize("name", BREAKS)
def test_a_truth_is_broken_by_what_it_is_about(name: str) -> None:
    [told] = [truth for truth in check_truths(BREAKS[name], NOW) if truth.name == name]
    assert not told.holds
    assert told.offenders
    assert told.says.en
    assert told.says.zh
    assert broken(BREAKS[name]) == {name}


def test_ten_offenders_are_told_and_all_are_counted() -> None:
    [told] = [truth for truth in check_truths(Shown(sums=[(f"e{n}", 1) for n in range(25)]), NOW) if not truth.holds]
    assert (told.broken, len(told.offenders)) == (25, 10)


def test_a_working_house_keeps_every_truth(database: Database) -> None:
    from amends.store.truth_reader import DatabaseLedger

    desk = desk_of()
    for place in range(4):
        number = case_of(order_of(gift_card=2_000 if place % 2 else 0, order=f"T{place}"), key=f"T{place}")
        plan = desk.look(number, SYSTEM).plan
        assert plan is not None
        desk.pay_out(number, plan.digest, Person("wu", "manager"))
    assert broken_in(DatabaseLedger()) == set()
    runner_of(Bank({"card": Receipt("unknown")})).run_due()
    assert broken_in(DatabaseLedger()) == set()


def broken_in(ledger: Any) -> set[str]:
    return {truth.name for truth in check_truths(ledger, NOW) if not truth.holds}


def test_rows_that_were_tampered_with_are_found(database: Database) -> None:
    from django.db import connection

    from amends.store.truth_reader import DatabaseLedger

    desk = desk_of()
    number = case_of(order_of())
    plan = desk.look(number, SYSTEM).plan
    assert plan is not None
    desk.pay_out(number, plan.digest, Person("wu", "manager"))
    runner_of(Bank()).run_due()
    with connection.cursor() as cursor:
        if database.kind == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        else:
            for table in ("store_booklinerow", "store_orderpayment", "store_paystep"):
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("UPDATE store_booklinerow SET amount_minor = amount_minor + 1 WHERE account = 'refunded'")
        cursor.execute("UPDATE store_orderpayment SET captured_minor = 10")
        cursor.execute("UPDATE store_paystep SET reference = ''")
    assert broken_in(DatabaseLedger()) >= {"entries_balance", "never_above_paid", "successes_are_proven"}


def test_the_watch_looks_when_it_is_time(caplog: pytest.LogCaptureFixture) -> None:
    clock = [NOW]
    watch = TruthWatch(BREAKS["entries_balance"], lambda: clock[0])
    assert [watch.look(), watch.look()] == [1, 0]
    clock[0] += timedelta(minutes=11)
    assert watch.look() == 1
    assert "entry e1" in caplog.text


class Torn(Shown):
    """A ledger that is written to while it is read: questions about sums find an entry half read, so many times."""

    half_read = 1

    def unbalanced(self) -> Iterable[tuple[str, int]]:
        self.half_read -= 1
        return [("e1", 3)] if self.half_read >= 0 else []


def test_what_settles_between_two_questions_is_not_told_as_broken() -> None:
    assert broken(Torn()) == set()


def test_what_stays_broken_is_told() -> None:
    ledger = Torn()
    ledger.half_read = 2
    assert broken(ledger) == {"entries_balance"}

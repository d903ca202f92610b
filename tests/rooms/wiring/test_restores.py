"""A database that comes back from a backup is held, and asks before it sends: what was paid in the hours that it lost is not paid again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from amends.facts.people import Person
from amends.facts.wire import Receipt, RefundOrder, WireAnswer
from amends.wiring.backups import wait_while_held
from tests.databases import Database, cluster, database, empty, programs
from tests.django_house import fresh_database
from tests.money_house import NOW, Bank, case_of, desk_of, order_of, runner_of

__all__ = ["database"]
BOSS = Person("wu", "finance")


@dataclass
class Remembering(Bank):
    """A bank that knows by its key what it paid, and pays whatever it is sent."""

    def read_asked(self, order: RefundOrder, answer: WireAnswer) -> Receipt:
        if order.key in self.keys:
            return Receipt("succeeded", f"R{order.key}", order.amount, order.currency)
        return Receipt("absent", code="not_there")


def _lost_hours(data: Path, bank: Bank) -> None:
    """A case is taken in; a backup is made; the case is paid; the machine burns down; the backup is put back."""
    from django.db import connection

    from amends.store.database import FILE
    from amends.store.database_copy import copy_database, prove_copy, put_back
    from amends.store.restores import note_return

    number, copy = case_of(order_of(), key="C-lost"), data / "copy"
    desk_of().promise(number, BOSS, NOW)
    copy_database(data, None, copy)
    runner_of(bank).run_due()
    assert bank.paid == [9_000]
    prove_copy("sqlite", copy)
    connection.close()
    for file in data.glob(f"{FILE}*"):
        file.unlink()
    put_back(data, None, copy)
    note_return(NOW, NOW + timedelta(minutes=5))


def _run(bank: Bank, minutes: range) -> None:
    for minute in minutes:
        runner_of(bank, minutes=minute).run_due()


def test_what_was_paid_after_the_backup_is_not_paid_again(tmp_path: Path) -> None:
    fresh_database(tmp_path)
    from amends.store.models import PayStep

    bank = Remembering()
    _lost_hours(tmp_path, bank)
    assert PayStep.objects.get().state == "requested"
    _run(bank, range(10, 60))
    assert bank.paid == [9_000]
    assert bank.asked == 1
    assert PayStep.objects.get().state == "succeeded"


def test_what_was_decided_after_the_backup_and_is_decided_again_is_not_paid_again(database: Database) -> None:
    from amends.store.models import PayStep
    from amends.store.restores import note_return

    note_return(NOW - timedelta(hours=2), NOW - timedelta(hours=1))
    desk_of().promise(case_of(order_of()), BOSS, NOW)
    bank = Remembering(keys=[PayStep.objects.get().key])
    _run(bank, range(1, 60))
    assert (bank.paid, bank.asked) == ([], 1)
    assert PayStep.objects.get().state == "succeeded"


def test_what_was_never_paid_is_paid_once_it_was_asked_about(database: Database) -> None:
    from amends.store.models import PayStep
    from amends.store.restores import note_return

    note_return(NOW - timedelta(hours=2), NOW - timedelta(hours=1))
    desk_of().promise(case_of(order_of(gift_card=2_000)), BOSS, NOW)
    bank = Remembering()
    _run(bank, range(1, 120, 2))
    assert sorted(bank.paid) == [2_000, 7_000]
    assert bank.asked == 1
    assert set(PayStep.objects.values_list("state", flat=True)) == {"succeeded"}


def test_thirty_days_later_nothing_is_asked_first(database: Database) -> None:
    from amends.store.restores import note_return

    note_return(NOW - timedelta(days=32), NOW - timedelta(days=31))
    desk_of().promise(case_of(order_of()), BOSS, NOW)
    bank = Remembering()
    _run(bank, range(1, 3))
    assert (bank.paid, bank.asked) == ([9_000], 0)


def test_who_works_waits_until_somebody_lets_the_house_go(database: Database) -> None:
    from amends.store.restores import held_since, note_return, release

    assert wait_while_held(lambda seconds: pytest.fail("nothing is held"))
    note_return(NOW, NOW)
    assert held_since() == NOW
    assert not wait_while_held(lambda seconds: True)
    assert wait_while_held(lambda seconds: not release(NOW))
    assert (held_since(), release(NOW)) == (None, False)


def test_a_copy_of_postgresql_goes_into_an_empty_database_and_nowhere_else(tmp_path: Path) -> None:
    from amends.store.database_copy import UnableToCopyDatabase, copy_database, prove_copy, put_back

    if programs() is None or cluster() is None:
        pytest.skip("needs PostgreSQL (Debian: apt-get install postgresql)")
    there, here, copy = empty(), empty(), tmp_path / "copy"
    with psycopg.connect(there) as base:
        base.execute("CREATE TABLE lamps (name text)")
        base.execute("INSERT INTO lamps VALUES ('reading lamp')")
    copy_database(tmp_path, there, copy)
    prove_copy("postgresql", copy)
    put_back(tmp_path, here, copy)
    with psycopg.connect(here) as base:
        assert base.execute("SELECT name FROM lamps").fetchall() == [("reading lamp",)]
    with pytest.raises(UnableToCopyDatabase, match="already exists"):
        put_back(tmp_path, here, copy)
    copy.write_bytes(copy.read_bytes()[:100])
    with pytest.raises(UnableToCopyDatabase):
        prove_copy("postgresql", copy)

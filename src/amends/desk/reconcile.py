"""Reconciling: a gateway's statement is taken in, compared with the book, and what differs becomes a work list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from amends.desk.ports import StatementBook
from amends.facts.people import Person
from amends.facts.rulebook import Says
from amends.facts.statements import OpenDifference, Statement, Taken
from amends.prove.reconcile import compare

EVERY: Final = timedelta(days=1)


class UnableToSettle(ValueError):
    """A difference cannot be settled; `says` tells why, in both languages."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.says = Says(en, zh)


@dataclass(frozen=True, slots=True)
class ReconcileDesk:
    """The verbs of reconciling."""

    book: StatementBook
    now: Callable[[], datetime]

    def take(self, source: str, form: str, file: str, sha256: str, statement: Statement, person: Person) -> Taken:
        """Take a statement in and compare. The same file again, or one that overlaps, brings every line once."""
        taken = self.book.take(source, form, file, sha256, statement, person.name, self.now())
        self.compare(source)
        return taken

    def compare(self, source: str) -> int:
        """Compare everything of a gateway with the book; how many new differences there are."""
        now = self.now()
        return self.book.write(source, compare(self.book.comparison(source), now), now)

    def run(self) -> int:
        """Compare every gateway of which there are statements: the daily run."""
        return sum([self.compare(source) for source in self.book.sources()])

    def open(self, person: Person) -> Sequence[OpenDifference]:
        """The work list of a person's merchants, oldest first."""
        return self.book.open(person.merchants)

    def settle(self, number: int, person: Person, note: str) -> None:
        """Settle a difference by hand, with a note on what was found. Raises `UnableToSettle`."""
        if not note.strip():
            raise UnableToSettle("the note is empty; write what was found", "备注为空；请写明查到了什么")
        if not self.book.settle(number, person, note.strip(), self.now()):
            raise UnableToSettle(f"there is no open difference {number}", f"没有待处理的差异 {number}")


class DailyRun:
    """Runs once a day while the house runs; at its start as well."""

    def __init__(self, desk: ReconcileDesk, every: timedelta = EVERY) -> None:
        self._desk = desk
        self._every = every
        self._next = desk.now()

    def look(self) -> int:
        """The number of new differences; 0 as well where it is not time yet."""
        now = self._desk.now()
        if now < self._next:
            return 0
        self._next = now + self._every
        return self._desk.run()

"""The verbs of the station are handed this; and what each of them begins with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from amends.desk.cases.desk import CaseDesk
from amends.desk.cases.faults import UnableToWork, not_allowed, not_found
from amends.desk.evidence import EvidenceDesk
from amends.desk.station.ports import StationBook
from amends.desk.vault.ports import GoodsProofs
from amends.facts.listed import ListLine
from amends.facts.people import Person
from amends.facts.rubrics import Rubrics
from amends.facts.station import Hit, Pace, Stray, Visit
from amends.facts.work import CaseState

LONGEST: Final = timedelta(hours=4)
"""A visit that seems to have lasted longer was left and taken up again; it counts as this much."""
HEAVIEST: Final = 1_000_000
MOST_QUEUED: Final = 60
_PACE: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Board:
    """What the station's first page shows. `pace`: for those who lead; None for others."""

    queue: Sequence[ListLine]
    again: Sequence[ListLine]
    strays: Sequence[Stray]
    pace: Pace | None


@dataclass(frozen=True, slots=True)
class StationDesk:
    """What the verbs of the station are handed."""

    cases: CaseDesk
    evidence: EvidenceDesk
    goods: GoodsProofs
    book: StationBook
    rubrics: Rubrics
    now: Callable[[], datetime]

    def board(self, person: Person) -> Board:
        """What waits at the station, within the person's wall."""
        lead = person.may("assign")
        return Board(
            self.book.queue(person.merchants, MOST_QUEUED),
            self.book.to_look_again(person.merchants, MOST_QUEUED),
            self.book.strays(person.merchants, MOST_QUEUED),
            self.book.pace(person.merchants, self.now() - _PACE) if lead else None,
        )

    def scan(self, person: Person, text: str) -> Sequence[Hit]:
        """What goes by a number that was scanned or typed."""
        told = text.strip()[:120]
        return self.book.find(told, person.merchants) if told else ()

    def case(self, number: int, person: Person, version: int | None = None) -> CaseState:
        """A case that the person may receive for. Raises `UnableToWork`: not found, not allowed, or changed since it was looked at."""
        state = self.cases.casework.look(number)
        if state is None or not person.may_see(state.merchant):
            raise not_found(number)
        if not person.may("receive"):
            raise not_allowed(person.role, "receive")
        if version is not None and version != state.version:
            raise UnableToWork(
                "stale",
                "the case has changed since you looked at it; look again",
                "售后单在你查看之后已有变化，请刷新后再操作",
            )
        return state

    def stray(self, number: int, person: Person) -> Stray:
        """A kept parcel within the person's wall. Raises `UnableToWork`."""
        found = self.book.stray(number, person.merchants)
        if found is None:
            raise UnableToWork("not_found", f"there is no parcel {number} here", f"没有编号为 {number} 的包裹")
        if not person.may("receive"):
            raise not_allowed(person.role, "receive")
        return found

    def visited(self, what: str, person: Person, shop: str, began: datetime | None, **about: int) -> None:
        """Write down how long a piece of work took, where it is known when it began."""
        now = self.now()
        if began is not None and began <= now:
            start = max(began, now - LONGEST)
            self.book.visited(Visit(what, shop, person.name, start, now, about.get("case"), about.get("stray")))

"""Flags as they are drawn from a merchant's cases, and as pages show them. No decision reads them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from amends.desk.cases.desk import CaseDesk
from amends.desk.flags.ports import FlagBook
from amends.facts.audit import Deed
from amends.facts.flags import Flag, FlagTerms, Judged, Threshold, read_terms
from amends.facts.people import Person
from amends.learn.flags.reasons import scored
from amends.learn.flags.threshold import threshold
from amends.learn.flags.weights import LEAST_POINTS

MOST_READ: Final = 2_000
MOST_SHOWN: Final = 100


class UnableToFlag(PermissionError):
    """There is no such merchant for this person, or their role may not set how it flags."""


@dataclass(frozen=True, slots=True)
class Flagged:
    """One merchant's flags. `threshold`: None before the first look. `cases`: flagged ones, or (below) those with the most reasons."""

    merchant: str
    terms: FlagTerms
    threshold: Threshold | None
    cases: Sequence[Flag]


@dataclass(frozen=True, slots=True)
class FlagDesk:
    """The ports of flags."""

    cases: CaseDesk
    book: FlagBook
    now: Callable[[], datetime]

    def on(self, cases: CaseDesk) -> FlagDesk:
        """The same desk for a person who looked at a case in some version."""
        return replace(self, cases=cases)

    def run(self) -> int:
        """Will read what changed at every merchant and score it; how many cases were read."""
        return sum([self._run(merchant) for merchant in self.book.merchants(None)])

    def _run(self, merchant: str) -> int:
        now, terms = self.now(), self.book.terms(merchant)
        since = now - timedelta(days=terms.days)
        read = 0
        while many := self.book.read_changed(merchant, since, MOST_READ):
            read += many
        if read or self.book.threshold(merchant) is None:
            self.score(merchant)
        return read

    def score(self, merchant: str) -> Threshold:
        """Will score all cases of a merchant that are not forgotten, and choose the threshold anew."""
        now, terms = self.now(), self.book.terms(merchant)
        since = now - timedelta(days=terms.days)
        every = self.book.signs(merchant, since)
        orders = self.book.ordered(merchant, since)
        known = len([one for one in every if one.orders is not None])
        then, shown = scored(every, known / orders if orders else 0.0)
        past = [
            Judged(shown[one.case].points, then[one.case].points, one.ended, one.confirmed, one.at)
            for one in every
            if not one.lifted
        ]
        had = self.book.lifted(merchant, since)
        past += [Judged(0, had.get(one.case, 0), True, one.confirmed, one.at) for one in every if one.lifted]
        found = threshold(past, terms.cap)
        self.book.keep_scores(merchant, then, shown, found, now)
        return found

    def flagged(self, person: Person) -> Sequence[Flagged]:
        """The flags of every merchant of a person; where there is no threshold, the cases with the most reasons within the cap."""
        return [self._flagged(merchant) for merchant in self.book.merchants(person.merchants)]

    def _flagged(self, merchant: str) -> Flagged:
        terms, found = self.book.terms(merchant), self.book.threshold(merchant)
        if found is None:
            return Flagged(merchant, terms, None, ())
        room = max(1, found.cases * terms.cap // 1000)
        least = found.points or LEAST_POINTS
        return Flagged(merchant, terms, found, self.book.most(merchant, least, min(room, MOST_SHOWN)))

    def of_case(self, person: Person, number: int) -> tuple[Flag, Threshold | None] | None:
        """A case's reasons, with its merchant's threshold; None where there is nothing to show to this person."""
        found = self.book.flag(number)
        if found is None or not person.may_see(found.merchant) or not person.may("work"):
            return None
        return (found, self.book.threshold(found.merchant)) if found.reasons or found.friction or found.appeal else None

    def waiting(self, person: Person) -> Sequence[Flag]:
        """The cases whose buyers asked that a person look again."""
        return self.book.asked_again(person.merchants)

    def tell_terms(self, person: Person, merchant: str, cap: str, days: str) -> FlagTerms:
        """Will keep how a merchant flags, and score anew. Raises `UnableToFlag`, `UnableToReadFlagTerms`."""
        if merchant not in self.book.merchants(person.merchants) or not person.may("settings"):
            raise UnableToFlag(merchant)
        terms = read_terms(cap, days)
        deed = Deed(person.name, "flag_terms", merchant, f"{terms.cap}/1000, {terms.days} d")
        self.book.keep_terms(merchant, terms, deed, self.now())
        self.book.forget(self.now())
        self.score(merchant)
        return terms

"""The words that a merchant's own corrections taught the reading of reasons: proposed with their counts, accepted by a lead or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from amends.facts.own_words import Correction, KeptWord, OwnReading, OwnWord, Proposal
from amends.facts.people import Person
from amends.learn.reading.own import FEWEST_TOLD, Reader, hold_out, proposals, reader_of


class OwnWordBook(Protocol):
    """Corrections of readings, and what was said to proposals."""

    def corrections(self, merchant: str) -> Sequence[Correction]:
        """Give the last word of people on each case's reading, oldest first."""
        ...

    def kept(self, merchant: str) -> Sequence[KeptWord]:
        """Give what was said to proposals, the newest first."""
        ...

    def get(self, number: int) -> KeptWord | None:
        """Give one."""
        ...

    def accepted(self, merchant: str) -> Sequence[OwnWord]:
        """Give the words that are used."""
        ...

    def keep(self, merchant: str, one: Proposal, by: str, at: datetime, *, accepted: bool) -> None:
        """Keep what a person said to a proposal."""
        ...

    def drop(self, number: int, by: str, at: datetime) -> None:
        """Forget what was said to one."""
        ...


class UnableToTeach(LookupError):
    """There is no such merchant, proposal or word for this person, or it was answered meanwhile."""


@dataclass(frozen=True, slots=True)
class ReadingDesk:
    """The verbs. `merchants`: the names of all."""

    book: OwnWordBook
    merchants: Callable[[], Sequence[str]]
    now: Callable[[], datetime]

    def reader(self, merchant: str) -> Reader:
        """How a merchant's texts are read: by the house's lists and its accepted words."""
        return reader_of(self.book.accepted(merchant))

    def seen_by(self, person: Person) -> Sequence[str]:
        """The merchants whose words a person may look at."""
        return [one for one in self.merchants() if person.may("work") and person.may_see(one)]

    def look(self, merchant: str, person: Person) -> OwnReading:
        """What a merchant's corrections suggest, and how that does on those that it was not made from. Raises `UnableToTeach`."""
        self._may(merchant, person)
        told, kept = self.book.corrections(merchant), self.book.kept(merchant)
        own = [one.word for one in kept if one.accepted]
        agreed = sum(one.suggested == one.chosen for one in told)
        found = proposals(told, [one.word for one in kept], own)
        return OwnReading(merchant, len(told), agreed, found, tuple(kept), hold_out(told, own), FEWEST_TOLD)

    def answer(self, merchant: str, written: str, reason: str, person: Person, *, accept: bool) -> None:
        """Accept a proposal, or decline it for good. Raises `UnableToTeach`."""
        self._may(merchant, person, "assign")
        found = next(
            (
                one
                for one in self.look(merchant, person).proposals
                if (one.word.written, one.word.reason) == (written, reason)
            ),
            None,
        )
        if found is None:
            raise UnableToTeach(written)
        self.book.keep(merchant, found, person.name, self.now(), accepted=accept)

    def drop(self, number: int, person: Person) -> str:
        """Take an answer back, and give its merchant; the word may be proposed again. Raises `UnableToTeach`."""
        kept = self.book.get(number) if number < 2**63 else None
        if kept is None:
            raise UnableToTeach(str(number))
        self._may(kept.merchant, person, "assign")
        self.book.drop(number, person.name, self.now())
        return kept.merchant

    def _may(self, merchant: str, person: Person, duty: str = "work") -> None:
        if merchant not in self.merchants() or not person.may_see(merchant) or not person.may(duty):
            raise UnableToTeach(merchant)

"""Practice: rounds of past cases that somebody decides to learn, and how well that went by topic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from amends.basics.money import Minor
from amends.facts.case import Case

TOPICS: Final = ("law", "platform", "policy", "deadline", "money")
"""By what a question is scored: whose rule gave the answer, or whether it was about a time or an amount."""
ROUND: Final = 10
"""So many cases make a round, where there are so many."""
Asked = Literal["answer", "money", "deadline"]
Source = Literal["case", "sample"]


@dataclass(frozen=True, slots=True)
class Pick:
    """A case of a round. `key`: the number of a case of the shop, or the name of a sample."""

    source: Source
    key: str


@dataclass(frozen=True, slots=True)
class PastCase:
    """A past case of a shop as it is kept; what is to be shown of it is made from the file."""

    number: int
    shop: str
    case: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Option:
    """One choice. `code` names it; the rest is what it means: an outcome with its remedy, an amount, or a time."""

    code: str
    outcome: str = ""
    remedy: str = ""
    amount: Minor | None = None
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about a case. `right`: the code of the right choice. `action`: what is to be done by a deadline."""

    asked: Asked
    topics: tuple[str, ...]
    options: tuple[Option, ...]
    right: str
    action: str = ""


@dataclass(frozen=True, slots=True)
class Exercise:
    """A case without anything about a person, the moment at which it is to be decided, and what is asked about it."""

    case: Case
    at: datetime
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """How one question was answered, once for each of its topics. `place`: the case's turn in the round, from 1."""

    place: int
    asked: str
    topic: str
    given: str
    wanted: str

    @property
    def right(self) -> bool:
        """Whether the answer was right."""
        return self.given == self.wanted


@dataclass(frozen=True, slots=True)
class Round:
    """Cases that one person decides in turn. `seed`: what the order of choices hangs on. `over`: when the last was answered."""

    number: int
    person: str
    seed: str
    picks: tuple[Pick, ...]
    begun: datetime
    over: datetime | None = None
    marks: tuple[Mark, ...] = ()

    @property
    def done(self) -> frozenset[int]:
        """Will give the places that were answered."""
        return frozenset([mark.place for mark in self.marks])


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round in a list: how many answers were right, of how many."""

    number: int
    begun: datetime
    over: datetime | None
    right: int
    asked: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How many answers to a topic were right, of how many."""

    topic: str
    right: int
    asked: int

    @property
    def share(self) -> float | None:
        """Will give the share that was right; None where nothing was asked."""
        return self.right / self.asked if self.asked else None


@dataclass(frozen=True, slots=True)
class Progress:
    """How a person does: by topic in all rounds, the latest answers alone, and how many rounds are over."""

    person: str
    rounds: int
    all: tuple[Tally, ...]
    lately: tuple[Tally, ...]


LATELY: Final = 20
"""So many of the latest answers to a topic say how well it is known now."""


def tallies(marks: Sequence[Mark], latest: int | None = None) -> tuple[Tally, ...]:
    """Will count marks by topic, in the order of `TOPICS`; only the `latest` of each topic (marks are oldest first)."""
    found = []
    for topic in TOPICS:
        ours = [mark for mark in marks if mark.topic == topic]
        counted = ours[-latest:] if latest else ours
        found.append(Tally(topic, sum(mark.right for mark in counted), len(counted)))
    return tuple(found)

"""What must be true of the money at any moment, and what is looked at to tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from amends.facts.rulebook import Says

MOST_TOLD = 10


@dataclass(frozen=True, slots=True)
class Offender:
    """One thing that breaks a truth: what it is, and what is wrong with it."""

    what: str
    wrong: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A truth after a look: `broken` counts all offenders, `offenders` holds at most ten of them."""

    name: str
    says: Says
    broken: int
    offenders: tuple[Offender, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing breaks it."""
        return self.broken == 0


@dataclass(frozen=True, slots=True)
class StepFacts:
    """A step as the truths see it. `booked`: what the book holds for it in minor units; `is_due`: the agenda still holds it."""

    key: str
    state: str
    kind: str
    gateway: str
    amount: int
    parts: int
    reference: str
    alarm: str
    booked: int
    entries: int
    is_due: bool
    payment: int | None
    disputed: bool
    called_at: datetime | None


@dataclass(frozen=True, slots=True)
class CapFacts:
    """What may go back of one thing (a payment, a line, an order's shipping, an order) and what is reserved or gone back of it."""

    what: str
    most: int
    reserved: int


class Ledger(Protocol):
    """The database as the truths read it. Everything is added up by the database itself."""

    def unbalanced(self) -> Iterable[tuple[str, int]]:
        """Entries whose lines do not sum to zero, with the sum."""
        ...

    def steps(self) -> Iterable[StepFacts]:
        """Every step."""
        ...

    def caps(self) -> Iterable[CapFacts]:
        """Everything that has a cap."""
        ...

    def orphan_entries(self) -> Iterable[str]:
        """Entries of steps that are not there."""
        ...

    def broken_logs(self, now: datetime) -> Iterable[tuple[str, str]]:
        """Cases whose log is not right, and what is wrong with it."""
        ...

    def waiting_notices(self) -> Mapping[str, int]:
        """How many notices wait, by state."""
        ...


class Truth(Protocol):
    """One truth."""

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def says(self) -> Says:
        """What it states, in both languages."""
        ...

    def offenders(self, ledger: Ledger, now: datetime) -> Iterable[Offender]:
        """Everything that breaks it."""
        ...

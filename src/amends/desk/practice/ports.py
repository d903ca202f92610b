"""What practice needs from the rooms below."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from amends.facts.audit import Deed
from amends.facts.people import Merchants
from amends.facts.practice import Mark, PastCase, Pick, Round, RoundLine


class PracticeBook(Protocol):
    """Where rounds and marks are kept; cases are only read. Every method that writes is one transaction."""

    def past(self, merchants: Merchants, most: int) -> Sequence[PastCase]:
        """Give the cases within a wall that were closed last."""
        ...

    def sells(self, merchants: Merchants) -> Sequence[tuple[str, str]]:
        """Give channel and market of every shop within a wall."""
        ...

    def past_case(self, number: int, merchants: Merchants) -> PastCase | None:
        """Give one case within a wall; None where it is not there any more."""
        ...

    def begin(self, person: str, merchant: str, seed: str, picks: Sequence[Pick], at: datetime) -> int:
        """Begin a round, or give the one of this person that is not over yet."""
        ...

    def round(self, number: int, person: str) -> Round | None:
        """Give a round of this person."""
        ...

    def rounds(self, person: str, most: int) -> Sequence[RoundLine]:
        """Give the newest rounds of a person."""
        ...

    def keep(self, number: int, marks: Sequence[Mark], at: datetime) -> None:
        """Keep the marks of one place. The first answer counts: a place that has marks keeps them."""
        ...

    def finish(self, number: int, deed: Deed, at: datetime) -> None:
        """Write down that a round is over, once, and tell the audit."""
        ...

    def marks(self, people: Sequence[str], merchants: Merchants) -> Sequence[tuple[str, Mark]]:
        """Give every mark of these people within a wall with whose it is, the oldest first."""
        ...

    def finished(self, people: Sequence[str], merchants: Merchants) -> Sequence[str]:
        """Give the person of each round that is over."""
        ...

    def people(self, merchants: Merchants) -> Sequence[str]:
        """Give everyone with a seat within a wall, by name."""
        ...

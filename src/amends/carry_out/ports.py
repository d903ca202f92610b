"""What the runner needs of the store: due steps under a lease, and a place for what the world answers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from amends.facts.claims import Claim, Pace
from amends.facts.plan import StepState
from amends.facts.wire import Receipt, WireAnswer, WireRequest


class Caller(Protocol):
    """The wire as those see it who call."""

    def call(self, request: WireRequest) -> WireAnswer:
        """The answer to a request; `UnableToReach` where none came."""
        ...


class Outside(Protocol):
    """A wire that can be turned to other hosts."""

    def toward(self, hosts: Collection[str]) -> Caller:
        """The same wire, calling these hosts and no others."""
        ...


class Payouts(Protocol):
    """Steps as rows. Every method is one transaction."""

    def claim(
        self, owner: str, now: datetime, lease_seconds: int, most: int, paces: dict[str, Pace]
    ) -> Sequence[Claim]:
        """Lease at most `most` due steps that nobody holds, keeping each gateway's pace and each payment's spacing."""
        ...

    def sending(self, claim: Claim, now: datetime) -> bool:
        """Write down, before the call, that it is made. False where the lease was lost or the step moved on: then do not call."""
        ...

    def asking(self, claim: Claim, now: datetime) -> bool:
        """Count a question. False where the lease was lost."""
        ...

    def receive(self, claim: Claim, receipt: Receipt, now: datetime, again_at: datetime | None) -> StepState:
        """Write down what came back: the attempt, the move, the entry in the book, and when to look again. Frees the lease."""
        ...


__all__ = ["Caller", "Claim", "Outside", "Pace", "Payouts"]

"""What the runner needs of the store: due steps under a lease, and a place for what the world answers."""

from __future__ import annotations

from collections.abc import Collection, Generator, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from amends.facts.claims import Claim, Pace
from amends.facts.collect import Collected
from amends.facts.collect_work import CollectClaim
from amends.facts.connections import Reached
from amends.facts.deed_work import DeedClaim, DeedState
from amends.facts.deeds import DeedReceipt
from amends.facts.plan import StepState
from amends.facts.wire import Receipt, WireAnswer, WireRequest

T = TypeVar("T")


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


class Speaks(Protocol):
    """Drives a talk over the wire to the platform of one connection."""

    def __call__(self, reached: Reached, told: Generator[WireRequest, WireAnswer, T]) -> T:
        """The talk's result. Raises `UnableToReach` where a call got no answer, and what the talk raises."""
        ...


class Deeds(Protocol):
    """Deeds as rows. Every method is one transaction."""

    def claim(self, owner: str, now: datetime, lease_seconds: int, most: int) -> Sequence[DeedClaim]:
        """Lease at most `most` due deeds that nobody holds: of one case the oldest only, of one connection a few."""
        ...

    def sending(self, claim: DeedClaim, now: datetime) -> bool:
        """Write down, before the call, that it is made. False where the lease was lost or the deed was taken back: then do not call."""
        ...

    def asking(self, claim: DeedClaim, now: datetime) -> bool:
        """Count a question. False where the lease was lost."""
        ...

    def receive(self, claim: DeedClaim, receipt: DeedReceipt, now: datetime, again_at: datetime | None) -> DeedState:
        """Write down what came back, have the case read again, and when to look at the deed again. Frees the lease."""
        ...


class Collections(Protocol):
    """Steps that take money in, as rows. Every method is one transaction."""

    def claim(self, owner: str, now: datetime, lease_seconds: int, most: int) -> Sequence[CollectClaim]:
        """Lease at most `most` due steps that nobody holds: of one charge the oldest only."""
        ...

    def sending(self, claim: CollectClaim, now: datetime) -> bool:
        """Write down, before the call, that it is made. False where the lease was lost or the step was called off: then do not call."""
        ...

    def asking(self, claim: CollectClaim, now: datetime) -> bool:
        """Count a question. False where the lease was lost."""
        ...

    def receive(self, claim: CollectClaim, found: Collected, now: datetime, again_at: datetime | None) -> str:
        """Write down what came back, and when to look at it again. Frees the lease."""
        ...


__all__ = [
    "Caller",
    "Claim",
    "CollectClaim",
    "Collections",
    "DeedClaim",
    "Deeds",
    "Outside",
    "Pace",
    "Payouts",
    "Speaks",
]

"""What the desk of disputes needs from the rooms below, as protocols; `wiring` hands in what implements them."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol, TypeVar

from amends.facts.compelling import Signs
from amends.facts.dispute_list import DisputePage, DisputeQuery
from amends.facts.dispute_wire import FightReceipt
from amends.facts.disputes import DisputeTold, Fight, KeptDispute
from amends.facts.people import Merchants
from amends.facts.ruling_money import RulingMoney, RulingState
from amends.facts.wire import WireAnswer, WireRequest

T = TypeVar("T")


class Talks(Protocol):
    """The wire, as those see it who talk."""

    def __call__(self, told: Generator[WireRequest, WireAnswer, T]) -> T:
        """Give the result of a talk. Raises `UnableToReach`, and whatever the talk raises."""
        ...


class HeldDispute(Protocol):
    """A dispute under its lock. What happens to it goes into its story."""

    @property
    def state(self) -> KeptDispute:
        """Give it as it stands."""
        ...

    def move(self, move: str, by: str, at: datetime, data: Mapping[str, Any] | None = None) -> None:
        """Make a published move. Raises `UnableToMove`."""
        ...

    def tell(self, what: str, by: str, at: datetime, data: Mapping[str, Any] | None = None) -> None:
        """Write into its story."""
        ...

    def put(self, **values: Any) -> None:
        """Put exhibits, texts, ruling, liability, result, due, plan, fee, more."""
        ...

    def join(self, case: int) -> None:
        """Make it a case's."""
        ...

    def want(self, kind: str, key: str, content: Mapping[str, Any], by: str, at: datetime, after: datetime) -> Fight:
        """Write down what is to be done at the gateway; one a round."""
        ...

    def fights(self) -> Sequence[Fight]:
        """Give everything that was decided to be done."""
        ...

    def drop(self, at: datetime) -> bool:
        """Drop what waits and was surely never sent."""
        ...

    def unlogged(self) -> list[Mapping[str, Any]]:
        """Give what the case's log does not tell of yet, and count it as told."""
        ...

    def next_round(self) -> None:
        """Begin another round."""
        ...


class DisputeBook(Protocol):
    """Disputes as rows. Every method is one transaction, or part of the caller's."""

    def take(self, told: DisputeTold, at: datetime, shop: str = "") -> tuple[int, bool]:
        """Keep what was told; the number, and whether anything of it is new."""
        ...

    def holding(self, number: int) -> AbstractContextManager[HeldDispute | None]:
        """Hold a dispute under its lock."""
        ...

    def get(self, number: int, merchants: Merchants) -> KeptDispute | None:
        """Give one within the wall."""
        ...

    def of_case(self, case: int) -> Sequence[KeptDispute]:
        """Give a case's disputes, the newest first."""
        ...

    def fights(self, number: int) -> Sequence[Fight]:
        """Give what was done about one, oldest first."""
        ...

    def page(self, query: DisputeQuery, merchants: Merchants) -> DisputePage:
        """Give a page of the list."""
        ...

    def waiting(self, merchants: Merchants) -> int:
        """Count those that wait for us."""
        ...

    def outcomes(self, merchant: str, forums: Sequence[str], reasons: Sequence[str], channel: str) -> Sequence[str]:
        """Give how disputes of these reasons ended."""
        ...

    def fresh(self, most: int) -> Sequence[int]:
        """Give disputes of which a case's log does not tell everything yet."""
        ...

    def unmatched(self, now: datetime, most: int) -> Sequence[KeptDispute]:
        """Give disputes without a case that are to be looked for."""
        ...

    def case_for(self, one: KeptDispute) -> int | None:
        """Give the case that a dispute is about."""
        ...

    def case_named(self, key: str, merchants: Merchants) -> int | None:
        """Give a case by its own or its order's number."""
        ...

    def answered(self, merchants: Merchants, payment: str) -> Sequence[KeptDispute]:
        """Give every dispute about a payment."""
        ...

    def alerts_under_way(self, most: int) -> Sequence[KeptDispute]:
        """Give alerts whose refund is under way."""
        ...

    def overtaken(self, most: int) -> Sequence[int]:
        """Give alerts about payments that were disputed after them."""
        ...

    def running_out(self, until: datetime, most: int) -> Sequence[KeptDispute]:
        """Give disputes whose deadline is near and for which nothing was decided on."""
        ...


class Fights(Protocol):
    """What is done at gateways, under a lease."""

    def claim(self, owner: str, now: datetime, seconds: int, most: int) -> Sequence[Fight]:
        """Lease what is due."""
        ...

    def sending(self, fight: Fight, now: datetime) -> bool:
        """Write down that it is sent now; False where it may not be."""
        ...

    def received(
        self,
        fight: Fight,
        receipt: FightReceipt,
        state: str,
        now: datetime,
        again_at: datetime | None,
        *,
        may_send: bool,
    ) -> bool:
        """Write down what came of it; False where the lease was lost."""
        ...

    def settle(self, number: int, state: str, message: str, now: datetime) -> bool:
        """End one by what was told elsewhere."""
        ...

    def hurry(self, dispute: int, now: datetime) -> None:
        """Have what waits be looked at now."""
        ...


class SignShelf(Protocol):
    """Signs of who made payments."""

    def put(self, shop: str, told: Signs, amount: int, currency: str, last4: str) -> bool:
        """Keep them. Raises `KeyError`: no such shop."""
        ...

    def of_payment(self, shop: str, payment: str) -> Signs | None:
        """Give those of one payment."""
        ...

    def earlier(self, shop: str, one: Signs, opened: datetime, most: int = 100) -> Sequence[Signs]:
        """Give earlier payments by the same card."""
        ...

    def fitting(self, amount: int, currency: str, last4: str, day: datetime) -> Sequence[tuple[str, str, str]]:
        """Give payments (shop, order, reference) that an alert may be about."""
        ...


class RulingMoneyBook(Protocol):
    """Movements as rows. Every method is one transaction, or part of the caller's."""

    def of_dispute(self, dispute: int) -> Sequence[RulingMoney]:
        """Give those of a dispute, oldest first."""
        ...

    def against(self, one: RulingMoney) -> str:
        """Say what stands against booking it, under the order's lock: told, used, more, back, payment; "" where nothing does."""
        ...

    def put(self, one: RulingMoney) -> RulingMoney:
        """Keep it, with its number."""
        ...

    def book(self, one: RulingMoney, key: str) -> None:
        """Post its entry, once for its key."""
        ...

    def settle(self, number: int, state: RulingState, by: str, at: datetime) -> None:
        """Keep what became of one that waited."""
        ...

    def waiting(self, merchants: Merchants) -> Sequence[tuple[RulingMoney, str]]:
        """Give those within the wall that wait for a second person, with the number of the case there."""
        ...

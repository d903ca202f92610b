"""What the verbs of freight need from the rooms below, as protocols; `wiring` hands in what implements them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from amends.basics.money import Minor
from amends.facts.freight import CarrierClaim, FreightNote, Interception, WaybillUse
from amends.facts.people import Merchants
from amends.facts.waybill_signals import WithdrawnSignal


class FreightBook(Protocol):
    """Freight as rows. Every method is one transaction, or part of the caller's."""

    def index(self, case: int, merchant: str, uses: Iterable[WaybillUse]) -> None:
        """Keep which waybills a case uses, and no others."""
        ...

    def elsewhere(self, case: int, merchant: str, waybills: Iterable[str]) -> Sequence[WaybillUse]:
        """Give the merchant's other cases' uses of these waybills."""
        ...

    def put_interception(self, one: Interception) -> Interception:
        """Write an interception, new (number 0) or as it stands now."""
        ...

    def interceptions(self, case: int) -> Sequence[Interception]:
        """Give those of a case, the newest first."""
        ...

    def interception(self, number: int) -> Interception | None:
        """Give one as it stands."""
        ...

    def to_hear(self, since: datetime, most: int) -> Sequence[Interception]:
        """Give those that a trace may still move, or whose refund is due, and that are younger than `since`."""
        ...

    def stopped_since(self, since: datetime, most: int) -> Sequence[int]:
        """Give the cases of parcels that were stopped."""
        ...

    def note(self, case: int) -> FreightNote:
        """Give what is kept of a case's way back; an empty note where nothing is."""
        ...

    def put_note(self, note: FreightNote) -> None:
        """Keep a note."""
        ...

    def withdraw_signal(self, case: int, withdrawn: WithdrawnSignal) -> None:
        """Keep that a signal of a case does not count any more."""
        ...

    def withdrawn_signals(self, case: int) -> Sequence[WithdrawnSignal]:
        """Give those of a case, the newest first."""
        ...

    def put_claim(self, claim: CarrierClaim) -> CarrierClaim | None:
        """Write a claim, new (number 0) or as it stands now; None where one of its kind is alive for the parcel."""
        ...

    def claim(self, number: int) -> CarrierClaim | None:
        """Give one."""
        ...

    def claims_of(self, case: int) -> Sequence[CarrierClaim]:
        """Give those of a case, the newest first."""
        ...

    def claims(self, merchants: Merchants, *, settled: bool, most: int) -> Sequence[CarrierClaim]:
        """Give those within the wall: open ones, what runs out first; or the settled ones."""
        ...

    def claims_due(self, until: datetime, now: datetime, most: int) -> Sequence[int]:
        """Give claims that run out before `until` and nobody was warned of, and those that ran out."""
        ...


class FreightMoney(Protocol):
    """Money beside the buyer's: what a carrier or an insurer paid."""

    def received(self, case: int, key: str, amount: Minor, at: datetime, note: str) -> None:
        """Book money on a case's result, once for one key. Inside the caller's transaction."""
        ...

    def carried(self, case: int, key: str, amount: Minor, currency: str, at: datetime, note: str) -> bool:
        """Book what a carriage cost (negative: what came back) on a case's result, once for one key; False where the order's money is
        another currency, and nothing is booked. Inside the caller's transaction."""
        ...


class FreightShelf(Protocol):
    """The evidence of a case."""

    def __call__(self, case: int) -> Sequence[str]:
        """Give the SHA-256 of every file on a case's shelf."""
        ...

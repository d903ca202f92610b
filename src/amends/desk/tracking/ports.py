"""What following parcels needs from the rooms below, as protocols; `wiring` hands in what implements them."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

from amends.facts.api import LoggedEvent
from amends.facts.parcels import CaseParcel, KeptParcel, Stop, Wish
from amends.facts.people import Merchants
from amends.facts.traces import Scan
from amends.facts.tracking import Network, NetworkAccess, ParcelTold, StopReceipt
from amends.facts.wire import WireAnswer, WireRequest

T = TypeVar("T")


class NoAnswer(Exception):
    """No answer came. `sent`: whether the request may have got there."""

    def __init__(self, message: str, *, sent: bool) -> None:
        super().__init__(message)
        self.sent = sent


class Talk(Protocol):
    """The wire, as those see it who talk."""

    def __call__(self, told: Generator[WireRequest, WireAnswer, T]) -> T:
        """Give the result of a talk. Raises `NoAnswer`, and whatever the talk raises."""
        ...


class JoinedNetwork(Protocol):
    """A network that a merchant uses, with how it is reached."""

    @property
    def network(self) -> Network:
        """Give its translator."""
        ...

    @property
    def access(self) -> NetworkAccess:
        """Give its keys and addresses."""
        ...

    @property
    def push_secret(self) -> str:
        """Give the part of our address that it pushes to; "" where it does not push."""
        ...


class NetworksInUse(Protocol):
    """The networks that are used."""

    @property
    def joined(self) -> Mapping[str, JoinedNetwork]:
        """Give them by name."""
        ...

    def name_for(self, carrier: str) -> str:
        """Give the one that follows a carrier's parcels; "" for none."""
        ...


class LogFeed(Protocol):
    """All cases' logs, read with a cursor."""

    def events(self, after: int, most: int, merchants: Merchants) -> Sequence[LoggedEvent]:
        """Give entries that nothing can come before any more."""
        ...


class ParcelBook(Protocol):
    """Parcels as rows. Every method is one transaction, or part of the caller's."""

    def follow(self, case: int, wish: Wish, network: str, at: datetime) -> CaseParcel:
        """Keep a parcel of a case; one that is followed already is only joined to it. Of a return the last waybill counts."""
        ...

    def of_case(self, case: int) -> Sequence[CaseParcel]:
        """Give a case's parcels."""
        ...

    def cases_of(self, parcel: int) -> Sequence[int]:
        """Give the cases in which a parcel counts."""
        ...

    def link(self, number: int) -> CaseParcel | None:
        """Give one by its number."""
        ...

    def scans(self, parcel: int) -> Sequence[Scan]:
        """Give every scan of a parcel, the oldest first."""
        ...

    def take(
        self, network: str, told: ParcelTold, at: datetime, look_after: timedelta, again_after: timedelta
    ) -> int | None:
        """Keep what was told of a parcel; how many scans were new or richer, None where nobody follows it.

        `look_after`: when its silence is looked at; `again_after`: when it is subscribed to again, where the network gave up.
        """
        ...

    def hint(self, network: str, waybill: str, at: datetime) -> bool:
        """Have a parcel asked about soon; False where nobody follows it."""
        ...

    def claim(self, owner: str, now: datetime, seconds: int, most: int) -> Sequence[KeptParcel]:
        """Lease parcels about which something is to be done."""
        ...

    def free(self, owner: str, parcel: int, was: str, state: str, due: datetime | None, **values: Any) -> None:
        """Keep what became of a claimed parcel and end the lease; what was written by others meanwhile stays."""
        ...

    def may_ask(self, network: str, waybill: str, now: datetime, most: int, every: timedelta) -> bool:
        """Count a question before it is put; False where the day is used up or the last one is too fresh."""
        ...

    def look_again(self, now: datetime, after: timedelta, most: int) -> int:
        """Have the silence of parcels looked at that have been quiet for long; how many there are."""
        ...

    def untold(self, most: int) -> Sequence[int]:
        """Give the numbers of case parcels whose word is to be carried into their case."""
        ...

    def tell(self, number: int, heard: int, alarms: Sequence[str], moved: bool) -> None:
        """Note that the case knows what was heard up to then."""
        ...

    def ask_stop(self, link: CaseParcel, key: str, why: str, by: str, at: datetime) -> Stop | None:
        """Write down a wish to stop a parcel; None where one is open already."""
        ...

    def stop_of(self, parcel: int) -> Stop | None:
        """Give the last wish to stop a parcel."""
        ...

    def stops_due(self, now: datetime, most: int) -> Sequence[tuple[Stop, KeptParcel]]:
        """Give wishes that are to be passed on, each tried once more from now on."""
        ...

    def stopped(self, stop: int, receipt: StopReceipt, state: str, due: datetime | None) -> None:
        """Keep what came of a wish."""
        ...

    def mark(self, name: str) -> int:
        """Give up to where a reader has read."""
        ...

    def set_mark(self, name: str, read_to: int) -> None:
        """Note up to where a reader has read."""
        ...

"""What the verbs on labels and collections are handed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from amends.desk.cases.desk import CaseDesk
from amends.desk.cases.faults import UnableToWork
from amends.desk.evidence import EvidenceShelf
from amends.desk.freight.desk import FreightDesk
from amends.desk.tracking.ports import JoinedNetwork
from amends.facts.bookings import Booking
from amends.facts.label_terms import LabelTerms
from amends.facts.orders import Contact


class BookingBook(Protocol):
    """Labels and collections as rows. Every method is one transaction, or part of the caller's."""

    def put_quote(self, booking: Booking) -> Booking:
        """Keep offers in place of those that the case had before."""
        ...

    def choose(self, booking: Booking, at: datetime) -> bool:
        """Make quoted offers a wish for one of them; False where the case has a live one, or this is quoted no more."""
        ...

    def move(self, number: int, was: str, state: str, at: datetime, **values: Any) -> bool:
        """Have one that nobody holds stand otherwise; False where it stands otherwise already, or somebody holds it."""
        ...

    def get(self, number: int) -> Booking | None:
        """Give one."""
        ...

    def of_case(self, case: int) -> Sequence[Booking]:
        """Give those of a case, the newest first."""
        ...

    def count(self, case: int) -> int:
        """Give how many of a case left the house before."""
        ...

    def by_reference(self, network: str, references: Sequence[str]) -> Booking | None:
        """Give the one that a network knows by one of these."""
        ...

    def by_key(self, network: str, key: str) -> Booking | None:
        """Give the one of a key of ours that left the house."""
        ...

    def to_watch(self, now: datetime, most: int) -> Sequence[int]:
        """Give collections that were booked, and about which it is time to ask."""
        ...

    def watch_again(self, number: int, at: datetime) -> None:
        """Note when a collection is asked about next."""
        ...

    def untold(self, most: int) -> Sequence[int]:
        """Give those whose case's log does not tell how they stand."""
        ...

    def mark_told(self, number: int, state: str) -> None:
        """Note what the log tells of."""
        ...

    def without_file(self, now: datetime, most_tries: int, most: int) -> Sequence[int]:
        """Give labels that were bought, whose file is not on the shelf and may be tried for now."""
        ...

    def put_file(self, number: int, sha256: str, now: datetime) -> int:
        """Keep where a label's file lies, or ("") that it could not be had and is tried for later; how often it was tried."""
        ...

    def forget_quotes(self, before: datetime) -> int:
        """Drop offers that are older, with the addresses in them; how many there were."""
        ...

    def tell_more(self, number: int, more: Mapping[str, Any], **values: Any) -> None:
        """Keep what else was told of a booking."""
        ...


class ContactOf(Protocol):
    """The buyers of orders."""

    def __call__(self, shop: str, order: str) -> Contact | None:
        """Give how the buyer of a shop's order is reached, where that is known."""
        ...


@dataclass(frozen=True, slots=True)
class BookingDesk:
    """The verbs' ports. `shelf`: where the files of labels are kept."""

    freight: FreightDesk
    book: BookingBook
    shelf: EvidenceShelf
    contact: ContactOf

    def now(self) -> datetime:
        """The present instant."""
        return self.freight.now()

    def on(self, cases: CaseDesk) -> BookingDesk:
        """The same desk for a person who looked at a case in some version."""
        return replace(self, freight=self.freight.on(cases))

    def terms(self, shop: str) -> LabelTerms:
        """By what terms a shop buys."""
        return self.freight.terms.returns.of(shop)

    def joined(self, network: str) -> JoinedNetwork | None:
        """A network that is in use."""
        return self.freight.tracking.joined(network)

    def label_network(self, shop: str) -> str:
        """Who sells a shop its labels: the one that its terms name, else the first that sells any; "" for nobody."""
        named = self.terms(shop).network
        found = [name for name, one in self.freight.tracking.networks.joined.items() if one.network.can.labels]
        return next(iter([name for name in found if name == named or not named]), "")

    def pickup_network(self, shop: str) -> str:
        """Who sends a shop its couriers: the one that its terms name, else the first that sends any; "" for nobody."""
        named = self.terms(shop).pickup_network
        found = [name for name, one in self.freight.tracking.networks.joined.items() if one.network.collector]
        return next(iter([name for name in found if name == named or not named]), "")


def nobody_sells() -> UnableToWork:
    """No seller is set up."""
    return UnableToWork(
        "not_possible",
        "nobody sells labels here yet: name EasyPost or Shippo in carriers.yaml",
        "尚未配置面单服务；请在 carriers.yaml 中配置 EasyPost 或 Shippo",
    )

"""The desk of labels and collections over a test's database, its seller a fake over real HTTP, and the runner that buys."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from amends.carry_out.booking_runner import BookingRunner
from amends.carry_out.talk import talk
from amends.carry_out.wire import Wire
from amends.desk.cases.approve import approve
from amends.desk.freight.booked import BookingRounds
from amends.desk.freight.booking_desk import BookingDesk
from amends.desk.freight.labels import ask_rates, buy_label
from amends.facts.bookings import Booking
from amends.facts.freight_terms import read_freight
from amends.facts.orders import Contact
from amends.wiring.freight import terms_of
from tests.case_house import AGENT, LEAD
from tests.freight_house import freight_desk
from tests.money_house import case_of, order_of
from tests.tracking_house import Tracking, tracking

BUYER: Mapping[str, str] = {
    "name": "Anna Beyer", "street": "Hill St 2", "city": "Salem", "zip": "97301", "state": "OR", "country": "us",
    "phone": "5035550101", "grams": "900",
}  # fmt: skip
RETURNS = """
returns:
  services: [ups, "usps:Priority", "usps:usps_priority"]
  most: {EUR: "9.00"}
  warehouse: {name: Acme Returns, street: Pier Rd 1, city: Portland, state: OR, zip: "97201", country: US, phone: "5035550100"}
"""


@dataclass
class Booked:
    """A seller, the desk over it, and what the runner does."""

    there: Tracking
    desk: BookingDesk
    runner: BookingRunner
    rounds: BookingRounds

    @property
    def fake(self) -> Any:
        """The seller's stand-in."""
        return next(iter(self.there.fakes.values()))

    @property
    def sold(self) -> int:
        """How many labels were paid for over there."""
        return len([one for one in self.fake.sold.values() if one.label])

    def run(self, many: int = 1, **much: float) -> None:
        """What the runner does by itself, so many times, a while apart."""
        for _ in range(many):
            self.runner.run_due()
            self.rounds.look()
            self.rounds.talk()
            self.there.clock.forward(**(much or {"minutes": 10}))

    def choose(self, number: int) -> Booking:
        """Ask for rates, and want the cheapest."""
        quote = ask_rates(self.desk, number, AGENT, BUYER)
        return buy_label(self.desk, number, AGENT, quote.number, quote.offers[0].id)

    def now(self, number: int) -> Booking:
        """The case's last one as it stands."""
        return self.desk.book.of_case(number)[0]


def back_case(booked: Booked, order: str = "O1") -> int:
    """A return for a defect that was agreed to: the merchant pays the way back."""
    case = order_of(order=order, request={"kind": "return_refund", "reason": "quality"})
    case["defect"] = {"confirmed": True}
    number = case_of(case)
    approve(booked.desk.freight.cases, number, LEAD)
    return number


@contextmanager
def booking(name: str, folder: Path, returns: str = RETURNS) -> Iterator[Booked]:
    """A seller with its fake for as long as the block lasts; the files of labels lie below `folder`."""
    from amends.store.booking_book import DatabaseBookings
    from amends.wiring.portal import evidence_shelf

    with tracking(name) as there:
        next(iter(there.fakes.values())).currency = "EUR"
        terms = terms_of(Path("nowhere"))
        own = read_freight({}, yaml.safe_load(returns))
        freight = freight_desk(there, terms=replace(terms, returns=own.returns))
        book = DatabaseBookings()
        desk = BookingDesk(freight, book, evidence_shelf(folder), lambda shop, order: Contact(name="Anna"))
        wire = Wire(there.desk.networks.hosts, seconds=5)  # type: ignore[attr-defined]
        try:
            runner = BookingRunner(
                "test:1", book, there.desk.networks.joined,
                lambda told: talk(wire, told), there.clock, lambda: secrets.token_hex(8),
            )  # fmt: skip
            yield Booked(there, desk, runner, BookingRounds(desk))
        finally:
            wire.close()


def entries(booked: Booked, number: int) -> Sequence[str]:
    """What a case's log tells of labels and collections."""
    told = [one.entry.what for one in booked.desk.freight.cases.casework.history(number).entries]
    return [one for one in told if one.startswith(("label_", "pickup_"))]

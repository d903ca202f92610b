"""Freight over the database that Django was made ready for: its desk, and what carriers' terms it goes by."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Generator, Sequence
from importlib import resources
from pathlib import Path
from typing import TypeVar

import yaml

from amends.carry_out.booking_runner import BookingRunner
from amends.carry_out.talk import talk
from amends.carry_out.wire import Wire
from amends.desk.cases.desk import CaseDesk
from amends.desk.evidence import EvidenceDesk
from amends.desk.freight.booked import BookingRounds
from amends.desk.freight.booking_desk import BookingDesk
from amends.desk.freight.desk import FreightDesk
from amends.desk.freight.pickup_told import PickupRounds
from amends.desk.freight.rounds import FreightRounds
from amends.desk.tracking.desk import TrackingDesk
from amends.facts.freight_terms import FreightTerms, UnableToReadFreight, read_freight
from amends.facts.orders import Contact
from amends.facts.wire import WireAnswer, WireRequest
from amends.wiring.beside import Beside
from amends.wiring.clock import now
from amends.wiring.networks import Networks

T = TypeVar("T")


def terms_of(data: Path) -> FreightTerms:
    """The house's terms, with those of `freight.yaml` in the data folder over them. Raises `UnableToReadFreight`, naming the file."""
    own = data / "freight.yaml"
    built_in = resources.files("amends.wiring").joinpath("freight.yaml").read_text(encoding="utf-8")
    try:
        over = yaml.load(own.read_text(encoding="utf-8"), yaml.CSafeLoader) if own.is_file() else None
        return read_freight(yaml.load(built_in, yaml.CSafeLoader), over)
    except (UnableToReadFreight, yaml.YAMLError) as fault:
        raise UnableToReadFreight(f"{own}: {fault}") from fault


def freight_desk(cases: CaseDesk, tracking: TrackingDesk, evidence: EvidenceDesk, terms: FreightTerms) -> FreightDesk:
    """The verbs of freight."""
    from amends.store.freight_book import DatabaseFreight
    from amends.store.freight_money import DatabaseFreightMoney

    def shelf(case: int) -> Sequence[str]:
        return [one.sha256 for one in evidence.shelf.of_case(case)]

    return FreightDesk(DatabaseFreight(), cases, tracking, DatabaseFreightMoney(), shelf, terms)


def booking_desk(freight: FreightDesk, evidence: EvidenceDesk) -> BookingDesk:
    """The verbs on labels and collections."""
    from amends.store.booking_book import DatabaseBookings
    from amends.store.shop_orders import DatabaseOrders

    def contact(shop: str, order: str) -> Contact | None:
        found = DatabaseOrders().get(shop, order)
        return found.contact if found else None

    return BookingDesk(freight, DatabaseBookings(), evidence.shelf, contact)


def booking_runner(networks: Networks) -> BookingRunner:
    """Buys labels and books collections, over the database that Django was made ready for."""
    from amends.store.booking_book import DatabaseBookings

    wire = Wire(networks.hosts)

    def speak(told: Generator[WireRequest, WireAnswer, T]) -> T:
        return talk(wire, told)

    return BookingRunner(
        f"{os.uname().nodename}:{os.getpid()}",
        DatabaseBookings(),
        networks.joined,
        speak,
        now,
        lambda: secrets.token_hex(16),
    )


def freight_looks(freight: FreightDesk, evidence: EvidenceDesk, networks: Networks) -> dict[str, Callable[[], object]]:
    """What the runner looks at of freight; sellers of labels are spoken to beside."""
    bookings = booking_desk(freight, evidence)
    booked = BookingRounds(bookings)
    return {
        "the freight": FreightRounds(freight).look,
        "the labels": Beside(booking_runner(networks).run_due, "the labels").look,
        "what came of labels": booked.look,
        "the couriers": Beside(PickupRounds(bookings).talk, "the couriers").look,
        "the files of labels": Beside(booked.talk, "the files of labels").look,
    }

"""Following parcels over the database that Django was made ready for."""

from __future__ import annotations

import os
import secrets
from collections.abc import Generator
from pathlib import Path
from typing import TypeVar

from amends.carriers.naming import carrier_code
from amends.carry_out.talk import talk
from amends.carry_out.wire import UnableToReach, Wire
from amends.desk.cases.desk import CaseDesk
from amends.desk.tracking.desk import TrackingDesk
from amends.desk.tracking.ports import NoAnswer
from amends.facts.wire import WireAnswer, WireRequest
from amends.wiring.networks import Networks, UnableToReadNetworks, kept_networks, read_networks

T = TypeVar("T")


class TalkingWire:
    """The wire as the desk of parcels sees it."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def __call__(self, told: Generator[WireRequest, WireAnswer, T]) -> T:
        """The result of a talk. Raises `NoAnswer`."""
        try:
            return talk(self._wire, told)
        except UnableToReach as fault:
            raise NoAnswer(str(fault), sent=fault.sent) from fault


def tracking_desk(cases: CaseDesk, networks: Networks) -> TrackingDesk:
    """The verbs on parcels."""
    from amends.store.api_feed import DatabaseFeed
    from amends.store.tracking_book import DatabaseParcels

    return TrackingDesk(
        DatabaseParcels(),
        DatabaseFeed(),
        cases,
        networks,
        TalkingWire(Wire(networks.hosts)),
        carrier_code,
        _phone_end,
        lambda: secrets.token_hex(16),
        f"{os.uname().nodename}:{os.getpid()}",
    )


def networks_of(data: Path) -> Networks:
    """The networks that the data folder's `carriers.yaml` states. Raises `UnableToReadNetworks`, naming the file."""
    try:
        return read_networks(kept_networks(data))
    except UnableToReadNetworks as fault:
        raise UnableToReadNetworks(f"{data / 'carriers.yaml'}: {fault}") from fault


def _phone_end(shop: str, order: str) -> str:
    """The last four digits of the telephone of an order's buyer: some carriers tell nothing without them."""
    from amends.store.shop_orders import DatabaseOrders

    found = DatabaseOrders().get(shop, order)
    digits = [sign for sign in (found.contact.phone if found else "") if sign.isdecimal()]
    return "".join(digits)[-4:] if len(digits) >= 7 else ""

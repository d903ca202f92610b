"""What is said to those who sell labels and those who send couriers: the same steps, each in its own words."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime
from typing import Protocol

from amends.facts.bookings import Booking, pickup_of, wanted_of
from amends.facts.labels import LabelReceipt
from amends.facts.tracking import Network, NetworkAccess
from amends.facts.wire import Seal, WireAnswer, WireRequest

Told = Generator[WireRequest, WireAnswer, LabelReceipt]


class Seller(Protocol):
    """A network with how it is reached."""

    @property
    def network(self) -> Network:
        """Give its translator."""
        ...

    @property
    def access(self) -> NetworkAccess:
        """Give its keys and addresses."""
        ...


def buying(seller: Seller, one: Booking, seal: Seal) -> Told:
    """Buy the label, or book the courier."""
    collector = seller.network.collector
    if one.kind == "label":
        return seller.network.label(seller.access, wanted_of(one.key, one.wanted, one.offer), seal)
    return collector.book(seller.access, pickup_of(one), seal) if collector else _nobody()


def asking(seller: Seller, one: Booking, seal: Seal) -> Told:
    """Whether it was bought or booked."""
    collector = seller.network.collector
    if one.kind == "label":
        return seller.network.label_of(seller.access, wanted_of(one.key, one.wanted, one.offer), seal)
    return collector.look(seller.access, pickup_of(one), seal) if collector else _nobody()


def giving_back(seller: Seller, one: Booking, seal: Seal) -> Told:
    """Give the label back, or call the courier off."""
    collector = seller.network.collector
    if one.kind == "label":
        return seller.network.void_label(seller.access, one.reference, seal)
    return collector.call_off(seller.access, one.reference, seal) if collector else _nobody()


def repeats(seller: Seller, one: Booking, now: datetime) -> bool:
    """Whether the seller itself surely answers a repeat with the first purchase. A wish is older than its first call, so its age is told
    too high rather than too low."""
    collector = seller.network.collector
    if one.kind == "label":
        return seller.network.can.label_once
    return collector is not None and now - one.at < collector.same_within


def _nobody() -> Told:
    yield from ()
    return LabelReceipt("failed", code="not_offered", message="this network sends no couriers")

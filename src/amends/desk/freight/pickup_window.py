"""When a courier comes: the windows that may be chosen for an offer, and how a buyer is told of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from amends.desk.cases.faults import bad_value
from amends.desk.freight.booking_desk import BookingDesk
from amends.facts.bookings import Booking
from amends.facts.labels import Rate
from amends.facts.letters import tongue_of
from amends.facts.pickups import PickupWindow

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def windows_of(desk: BookingDesk, network: str, offer: Rate) -> Sequence[PickupWindow]:
    """The windows in which the carrier of an offer can be asked to come, seen from now."""
    joined = desk.joined(network)
    collector = joined.network.collector if joined else None
    return collector.windows(offer.carrier, desk.now()) if collector else ()


def window_for(desk: BookingDesk, quote: Booking, offer: Rate, told: str) -> dict[str, Any]:
    """What is kept of the window that was chosen; nothing of a label. Raises `UnableToWork` for one that cannot be had."""
    if quote.kind != "pickup":
        return {}
    found = [one.text for one in windows_of(desk, quote.network, offer)]
    if told not in found:
        near = "; ".join(found[:4])
        raise bad_value(
            "window", f"one of the times of this carrier, such as {near}", f"请选择该快递的取件时间，例如 {near}"
        )
    return {"window": told}


def window_text(window: PickupWindow, market: str) -> str:
    """A window as buyers of a market read it."""
    if tongue_of(market) == "en":
        return f"{window.day.day} {_MONTHS[window.day.month - 1]}, {window.start} to {window.end}"
    return f"{window.day.month}月{window.day.day}日 {window.start}–{window.end}"

"""快递100's words for how a collection stands, and its numbers."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any, Final

from amends.basics.money import Minor
from amends.facts.pickups import PickupWord

WORDS: Final[dict[str, PickupWord]] = {
    "0": "booked",
    "1": "accepted",
    "2": "accepted",
    "9": "cancelled",
    "10": "picked_up",
    "11": "failed",
    "13": "picked_up",
    "15": "settled",
    "99": "cancelled",
    "155": "settled",
    "610": "failed",
}
"""0, 1, 9, 10, 15, 99, 155 and 610 as the network's page lists them; 2, 11 and 13 as one public client reads them. Others are notes."""


def amount_of(told: Any) -> Minor | None:
    """Yuan, as a number or a text, in fen; None for nothing, and for what is no amount above zero."""
    if isinstance(told, bool) or told in ("", None):
        return None
    try:
        fen = Decimal(str(told)) * 100
    except InvalidOperation:
        return None
    return int(fen) if fen.is_finite() and fen > 0 and fen == fen.to_integral_value() else None


def number_of(key: str, longest: int) -> str:
    """Our key as an order number there: letters and figures only, cut to what it takes."""
    return "".join([one for one in key if one.isalnum()])[:longest]

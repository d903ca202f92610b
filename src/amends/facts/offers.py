"""Another answer than the one asked for, put to the buyer (协商): what it gives, until when, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from amends.basics.money import Minor

OFFER_KINDS: Final = (
    "partial_refund",
    "full_refund",
    "return_refund",
    "exchange",
    "resend",
    "repair",
    "store_credit",
    "coupon",
)
"""`partial_refund`, `full_refund`: money back, the goods stay. `store_credit`: credit in place of money. `coupon`: a code, goods stay."""
MONEY_OFFERS: Final = frozenset({"partial_refund", "full_refund", "return_refund", "store_credit"})
OFFER_STATES: Final = ("open", "accepted", "declined", "expired", "taken_back")
REMEDY_OF: Final = {
    "partial_refund": "refund_only",
    "full_refund": "refund_only",
    "return_refund": "return_refund",
    "exchange": "exchange",
    "resend": "resend",
    "repair": "repair",
}
"""The remedy that an accepted offer is carried out as; credit and coupons are none."""


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer to a buyer. `amount`: minor units of the order's currency, None where it gives no money. `coupon`: its code."""

    number: int
    kind: str
    amount: Minor | None
    coupon: str
    note: str
    by: str
    made_at: datetime
    expires_at: datetime
    state: str = "open"

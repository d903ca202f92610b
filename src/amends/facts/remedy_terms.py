"""What a merchant promises and allows about remedies, beside who gets which."""

from __future__ import annotations

from dataclasses import dataclass

from amends.facts.going_out import HOLD_DAYS
from amends.facts.trust import ORDERS


@dataclass(frozen=True, slots=True)
class RemedyTerms:
    """`price_protection_days`: how long after payment a lower price is given back, None for never. `stock_hold_days`: how long stock is
    held while goods travel. `advance_after_orders`: from how many orders a year a replacement may go out before the goods are back."""

    price_protection_days: int | None = None
    stock_hold_days: int = HOLD_DAYS
    advance_after_orders: int = ORDERS

"""Whether a replacement may go out before the goods are back: what is known of the buyer, each point with its reason. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from amends.facts.case import Buyer
from amends.facts.rulebook import Says

ORDERS: Final = 3
"""So many orders in twelve months make a buyer known, where the policy names no other number."""
MOST_CASES: Final = 50
"""In percent: a buyer with more cases to a hundred orders is not trusted without a deposit."""


@dataclass(frozen=True, slots=True)
class TrustPoint:
    """One thing that was looked at, and whether it speaks for the buyer; None where nothing is known of it."""

    holds: bool | None
    says: Says


@dataclass(frozen=True, slots=True)
class Trust:
    """`trusted`: every point holds; what is not known speaks for nobody."""

    trusted: bool
    points: tuple[TrustPoint, ...]


def trust(buyer: Buyer, orders: int = ORDERS) -> Trust:
    """What a buyer's orders, cases, refusals and disputes of the last twelve months say."""
    bought, cases = buyer.orders_12m, buyer.cases_12m
    few = None if bought is None or cases is None else cases * 100 <= MOST_CASES * bought
    points = (
        TrustPoint(
            None if bought is None else bought >= orders,
            Says(
                f"orders in 12 months: {_told(bought)}, at least {orders}",
                f"近 12 个月订单 {_told(bought)}，需不少于 {orders}",
            ),
        ),
        TrustPoint(
            few,
            Says(
                f"cases in 12 months: {_told(cases)}, at most {MOST_CASES}% of the orders",
                f"近 12 个月售后 {_told(cases)} 次，不超过订单数的 {MOST_CASES}%",
            ),
        ),
        _none(buyer.refused_12m, "refused cases", "被拒售后"),
        _none(buyer.disputes_12m, "card disputes", "拒付争议"),
    )
    return Trust(all(point.holds for point in points), points)


def _none(count: int | None, en: str, zh: str) -> TrustPoint:
    """A count that must be zero; one that nobody told is not held against the buyer's other numbers, and not for them."""
    return TrustPoint(
        None if count is None else count == 0,
        Says(f"{en} in 12 months: {_told(count)}, none wanted", f"近 12 个月{zh} {_told(count)} 次，需为 0"),
    )


def _told(count: int | None) -> str:
    return "?" if count is None else str(count)

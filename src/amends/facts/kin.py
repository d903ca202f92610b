"""Cases that have to do with each other: of the same order, or of the same buyer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from amends.basics.money import Minor


@dataclass(frozen=True, slots=True)
class KinCase:
    """Another case, as far as it says something about this one. `amount`: minor units of `currency`."""

    number: int
    key: str
    shop: str
    kind: str
    reason: str
    status: str
    amount: Minor
    currency: str
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Kin:
    """`of_order`: the other cases of the same order, oldest first. `of_buyer`: the buyer's others at the same merchant, newest first.

    `buyer_total`: how many the buyer has there in all, this one left out.
    """

    of_order: tuple[KinCase, ...] = ()
    of_buyer: tuple[KinCase, ...] = ()
    buyer_total: int = 0


@dataclass(frozen=True, slots=True)
class ShopDeadline:
    """A deadline of the merchant in an open case, with the shop whose calendar it falls into."""

    number: int
    key: str
    shop: str
    market: str
    action: str
    due: datetime
    if_missed_en: str
    if_missed_zh: str
    kind: str
    amount: Minor
    currency: str

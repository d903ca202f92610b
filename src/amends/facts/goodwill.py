"""What a shop may give out of goodwill in a month, what of it is used, and gifts that are no money: coupons, points, goods, membership."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from amends.basics.money import Minor

Over = Literal["refuse", "second"]
OVERS: Final[tuple[Over, ...]] = ("second", "refuse")
"""What happens above the budget: a second person has to say yes, or it is refused."""


@dataclass(frozen=True, slots=True)
class Budget:
    """A shop's goodwill of a month, in minor units of `currency`. `used`: given or promised, and what waits for a second person."""

    total: Minor
    used: Minor
    currency: str
    over: Over = "second"

    @property
    def left(self) -> Minor:
        """Will give what may still be given; never below nothing."""
        return max(0, self.total - self.used)

    def fits(self, amount: Minor, currency: str) -> bool:
        """Whether an amount may be given without anybody else; one in other money cannot be weighed, and so does not fit."""
        return currency == self.currency and self.used + amount <= self.total


GiftKind = Literal["coupon", "points", "gift", "membership"]
GIFTS: Final[tuple[GiftKind, ...]] = ("coupon", "points", "gift", "membership")
GiftState = Literal["proposed", "given", "refused", "taken_back"]
"""`proposed`: waits for a second person. Only `proposed` and `given` count against the budget."""
GiftPurpose = Literal["case", "win_back"]
LONGEST_GIFT: Final = 120


@dataclass(frozen=True, slots=True)
class Gift:
    """Something that was given on a case and is no money. `what`: as the buyer reads it; `cost`: what it costs the shop, minor units of
    `currency`. `turn`: which of its case and purpose it is, from 0. `needs_role`: who may say yes to it, "" where nobody has to.
    """

    number: int
    case: int
    turn: int
    kind: GiftKind
    what: str
    cost: Minor
    currency: str
    state: GiftState
    note: str
    by: str
    at: datetime
    needs_role: str = ""
    settled_by: str = ""
    settled_at: datetime | None = None
    purpose: GiftPurpose = "case"

    @property
    def counts(self) -> bool:
        """Whether its cost counts."""
        return self.state in ("proposed", "given")

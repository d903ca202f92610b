"""Win-back: one message with a coupon to a buyer who left unhappy or did not come back, and whether it brought them back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from amends.basics.money import Minor

WinRule = Literal["off", "unhappy", "lost"]
WIN_RULES: Final[tuple[WinRule, ...]] = ("off", "unhappy", "lost")
"""`unhappy`: whoever answered 1 or 2 and has not ordered since; `lost`: whoever has not ordered since their case was closed, as well."""
WinGroup = Literal["offered", "control"]
WinState = Literal["waiting", "sent", "dropped"]
ConsentState = Literal["yes", "no", "stopped"]
"""What a buyer said to advertising by mail: as their shop's system tells it, or `stopped` by themselves here, which stands whatever is told
later."""
LOOK_BACK_DAYS: Final = 60
"""Cases closed longer ago than the rule's days and this are past it."""
CAME_BACK_DAYS: Final = 90
ENOUGH: Final = 30
"""Below so many buyers in either group nothing is said of a difference."""
LONGEST_COUPON: Final = 120


@dataclass(frozen=True, slots=True)
class WinTerms:
    """How a shop wins back. `days`: from the close; `coupon`: as the buyer reads it; `cost`: what it costs, minor units; `span`: days in
    which a buyer is written to at most once; `control`: percent of buyers who are left alone, to compare with.
    """

    rule: WinRule = "off"
    days: int = 14
    coupon: str = ""
    cost: Minor = 0
    span: int = 180
    control: int = 20

    @property
    def on(self) -> bool:
        """Whether anything is offered."""
        return self.rule != "off"


@dataclass(frozen=True, slots=True)
class WinCandidate:
    """A closed case whose buyer may be won back. `key`: the digest that the buyer is known by."""

    case: int
    shop: str
    key: str
    why: Literal["unhappy", "lost"]


@dataclass(frozen=True, slots=True)
class WinBack:
    """A buyer to be won back, with their case. `control`s are never written to."""

    case: int
    case_key: str
    shop: str
    merchant: str
    market: str
    key: str
    why: str
    group: WinGroup
    state: WinState
    at: datetime
    settled_by: str = ""
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class WinFigures:
    """How many of each group came back: an order within `CAME_BACK_DAYS` of the day on which their group was drawn."""

    shop: str
    offered: int
    offered_back: int
    sent: int
    control: int
    control_back: int

    @property
    def offered_share(self) -> float | None:
        """Of all that were drawn to be offered it, whether or not it was sent."""
        return self.offered_back / self.offered if self.offered else None

    @property
    def control_share(self) -> float | None:
        """Of those who were left alone."""
        return self.control_back / self.control if self.control else None

    @property
    def enough(self) -> bool:
        """Whether the difference can say anything."""
        return min(self.offered, self.control) >= ENOUGH

    @property
    def gain(self) -> tuple[float, float, float] | None:
        """The difference of the shares, and where it lies in 95 of 100 (Newcombe's interval from Wilson's); None for too few."""
        if not self.enough:
            return None
        one, low, high = _wilson(self.offered_back, self.offered)
        two, least, most = _wilson(self.control_back, self.control)
        gain = one - two
        below = ((one - low) ** 2 + (most - two) ** 2) ** (1 / 2)
        above = ((high - one) ** 2 + (two - least) ** 2) ** (1 / 2)
        return gain, gain - below, gain + above


@dataclass(frozen=True, slots=True)
class WinLook:
    """What a person sees: who waits, each with subject and text as they would leave, and the figures of each shop."""

    waiting: Sequence[tuple[WinBack, str, str]]
    figures: Sequence[WinFigures]


def group_of(key: str, shop: str, at: datetime, control: int) -> WinGroup:
    """Will draw a buyer's group by a digest of the buyer, the shop and the year: by chance, and the same however often it is drawn."""
    digest = hashlib.sha256(f"win-back {shop} {key} {at.year}".encode()).digest()
    return "control" if int.from_bytes(digest[:4], "big") % 100 < control else "offered"


def win_terms(told: Mapping[str, Any]) -> WinTerms:
    """Will give the terms as they are kept; the plain ones where there are none."""
    return WinTerms(**told)


def _wilson(hits: int, many: int) -> tuple[float, float, float]:
    square = 384 / 100
    share = hits / many
    middle = (share + square / (2 * many)) / (1 + square / many)
    half = (square * (share * (1 - share) / many + square / (4 * many * many))) ** (1 / 2) / (1 + square / many)
    return share, middle - half, middle + half

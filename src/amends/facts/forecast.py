"""Returns that are expected: what a shop's past tells of them, the numbers with their bands, and how past forecasts held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

RETURN_KINDS: Final = ("return_refund", "exchange", "repair")
"""What is asked for where goods are to come back; of other requests those count whose goods did come back."""
LEAST_DAYS: Final = 21
"""Days of sales without which nothing is foreseen."""
LEAST_RETURNS: Final = 30
"""Returns without which nothing is foreseen."""
ENOUGH: Final = 28
"""Counts that past forecasts must have met before their bands are called too narrow."""
LONGEST: Final = 60
"""Days after dispatch (after payment where no dispatch is told) in which a return is foreseen."""
Lack = Literal["orders", "days", "returns"]


@dataclass(frozen=True, slots=True)
class Sold:
    """Orders of a SKU that left on one day. `day`: since 1970."""

    sku: str
    category: str
    day: int
    orders: int


@dataclass(frozen=True, slots=True)
class Returned:
    """Returns of a SKU that are alike. `sold`: the day its order left, `asked`: of the request, `back`: when the goods came, None: not yet.

    `plain`: known as a return from the request on, else only once its goods were there. `untold`: the goods are there, nobody told since
    when. `pieces`: of all `many` together.
    """

    sku: str
    sold: int
    asked: int
    back: int | None
    many: int
    pieces: int
    plain: bool = True
    untold: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """What a shop's past tells, up to the day before `today`. `clock`: what orders are counted from, "shipped" or "paid".

    `graded`: SKU → how many inspected returns, how many of them fit to be sold again.
    """

    today: int
    sold: Sequence[Sold]
    returned: Sequence[Returned]
    graded: Sequence[tuple[str, int, int]] = ()
    clock: str = "shipped"

    def until(self, day: int) -> History:
        """Will give what was known at the beginning of an earlier day."""
        returned = [
            one if one.back is None or one.back < day else replace(one, back=None)
            for one in self.returned
            if one.asked < day and (one.plain or one.untold or (one.back is not None and one.back < day))
        ]
        return History(day, [one for one in self.sold if one.day < day], returned, self.graded, self.clock)


@dataclass(frozen=True, slots=True)
class Band:
    """A count to come: its mean, and whole numbers between which it lies in 80 and in 95 of 100."""

    mean: float
    low80: int
    high80: int
    low95: int
    high95: int


@dataclass(frozen=True, slots=True)
class DayAhead:
    """A day to come: returns asked for, and parcels that arrive (None where arrivals are not told)."""

    day: int
    asked: Band
    parcels: Band | None


@dataclass(frozen=True, slots=True)
class SkuAhead:
    """A SKU over all days to come. `orders`, `returns`: what its rate rests on; `rate`: the share of its orders that comes back in the end.

    `units`: pieces that arrive, `fit`: those of them that can be sold again (None: unknown); `graded`: inspections behind that.
    """

    sku: str
    category: str
    asked: Band
    rate: float
    orders: int
    returns: int
    units: float | None
    fit: float | None
    graded: int


@dataclass(frozen=True, slots=True)
class Held:
    """How past forecasts of one sort held. `of`: counts that were foreseen and are known since; `in80`, `in95`: those within.

    `missed`: mean absolute error; `flat`, `week`: the same of the plain rules (mean of four weeks; same weekday of the last week).
    """

    of: int
    in80: int
    in95: int
    missed: float
    flat: float
    week: float | None = None

    @property
    def best(self) -> bool:
        """Whether no plain rule was nearer."""
        return self.missed <= min(self.flat, self.flat if self.week is None else self.week)

    @property
    def narrow(self) -> bool:
        """Whether the bands held clearly too seldom: more than a tenth below their promise, of enough counts to say so."""
        return self.of >= ENOUGH and (self.in80 * 100 < 70 * self.of or self.in95 * 100 < 85 * self.of)


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is expected in one shop. `first`: the first day. `runs`: past forecasts that were made again to see how they hold.

    `before`: day, returns asked for and parcels that came, of the last weeks.
    """

    first: int
    days: Sequence[DayAhead]
    skus: Sequence[SkuAhead]
    asked: Band
    parcels: Band | None
    orders: int
    returns: int
    known_days: int
    clock: str
    runs: int
    held_asked: Held | None
    held_parcels: Held | None
    held_skus: Held | None
    before: Sequence[tuple[int, int, int]] = ()


@dataclass(frozen=True, slots=True)
class TooLittle:
    """Nothing can be said: what there is too little of, how much there is, and how much there must be."""

    lack: Lack
    have: int
    need: int

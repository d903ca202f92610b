"""How a metric moves: limits within which it moves by chance alone, and what in its course is more than that.

Shares of things counted one by one: a p-chart. The middle is p = Σ numerators ÷ Σ bases of the points the limits are reckoned from; the
limits of a point with base n are p ± 3·√(p·(1 − p) ÷ n), cut off at 0 and 1. Everything else: an XmR chart. The middle is the mean of the
values x, the moving range of two points in a row is |x − x before|, and the limits are mean ± 2.66 × mean moving range, those of what
cannot be negative cut off at 0. Points that are not ripe (something that they count may still turn out otherwise) neither set limits nor
are they judged.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from amends.facts.rulebook import Says

FEWEST: Final = 8
"""Points with a base that limits need."""
RUN: Final = 8
"""So many points in a row on one side of the middle are more than chance."""
_XMR: Final = 2.66


@dataclass(frozen=True, slots=True)
class Value:
    """A numerator and its base."""

    top: int = 0
    bottom: int = 0

    @property
    def ratio(self) -> float | None:
        """Will give the value; None where there is no base."""
        return self.top / self.bottom if self.bottom else None

    def plus(self, other: Value) -> Value:
        """Will add another's numerator and base."""
        return Value(self.top + other.top, self.bottom + other.bottom)


@dataclass(frozen=True, slots=True)
class Point:
    """A stretch of days and its value; `low` and `high`: its limits, None where there are none. `signal`: what is odd about it.

    `ripe`: what happened in it is over, so that it can be judged.
    """

    first: int
    last: int
    value: Value
    low: float | None = None
    high: float | None = None
    signal: Literal["", "above", "below", "run_above", "run_below"] = ""
    ripe: bool = True


@dataclass(frozen=True, slots=True)
class Trend:
    """The course of a metric. `chart`: p, xmr, or "" where there are too few points for limits."""

    points: tuple[Point, ...]
    middle: float | None = None
    chart: Literal["p", "xmr", ""] = ""

    @property
    def signal(self) -> str:
        """Will give what is odd about the last point that can be judged; "" where it moves by chance alone."""
        known = [one for one in self.points if one.value.bottom and one.ripe]
        return known[-1].signal if known else ""


SIGNALS: Final[dict[str, Says]] = {
    "above": Says(en="Above its upper limit: more than chance.", zh="高于控制上限：不是偶然波动。"),
    "below": Says(en="Below its lower limit: more than chance.", zh="低于控制下限：不是偶然波动。"),
    "run_above": Says(en="Eight in a row above its middle: a lasting shift.", zh="连续八期高于均值：持续偏移。"),
    "run_below": Says(en="Eight in a row below its middle: a lasting shift.", zh="连续八期低于均值：持续偏移。"),
    "": Says(en="Within its limits: no more than chance.", zh="在控制限内：属正常波动。"),
    "few": Says(en="Too few points for limits.", zh="数据点太少，暂无控制限。"),
}


def trend_of(points: Sequence[Point], *, counts: bool, signed: bool = False) -> Trend:
    """Will reckon middle, limits and signals. `counts`: a share of things counted one by one. `signed`: may be negative."""
    known = [one for one in points if one.value.bottom > 0 and one.ripe]
    if len(known) < FEWEST:
        return Trend(tuple(points))
    if counts and all(0 <= one.value.top <= one.value.bottom for one in known):
        whole = Value(sum([one.value.top for one in known]), sum([one.value.bottom for one in known]))
        middle = whole.ratio or 0
        spread = {id(one): 3 * math.sqrt(middle * (1 - middle) / one.value.bottom) for one in known}
        return Trend(_marked(points, middle, spread, 0, 1), middle, "p")
    values = [one.value.top / one.value.bottom for one in known]
    middle = math.fsum(values) / len(values)
    ranges = [abs(one - before) for before, one in itertools.pairwise(values)]
    width = _XMR * math.fsum(ranges) / len(ranges)
    return Trend(_marked(points, middle, {id(one): width for one in known}, None if signed else 0, None), middle, "xmr")


def _marked(
    points: Sequence[Point], middle: float, spread: dict[int, float], floor: float | None, ceiling: float | None
) -> tuple[Point, ...]:
    found, side, run = [], 0, 0
    for one in points:
        ratio, width = one.value.ratio, spread.get(id(one))
        if ratio is None or width is None:
            found.append(one)
            continue
        low, high = middle - width, middle + width
        low = low if floor is None else max(floor, low)
        high = high if ceiling is None else min(ceiling, high)
        now = (ratio > middle) - (ratio < middle)
        run = run + 1 if now and now == side else abs(now)
        side = now
        found.append(Point(one.first, one.last, one.value, low, high, _signal(ratio, low, high, side, run)))
    return tuple(found)


def _signal(
    ratio: float, low: float, high: float, side: int, run: int
) -> Literal["", "above", "below", "run_above", "run_below"]:
    if ratio > high:
        return "above"
    if ratio < low:
        return "below"
    if run >= RUN:
        return "run_above" if side > 0 else "run_below"
    return ""

"""Where a score stands and where it may end: a band around the last reading, as wide as the shop's own past says.

The middle is the last reading: over a month a trend of a score is mostly noise. The change over h days is held to be normal around 0 with
the larger of two spreads: what h days in a row of daily changes would give, √(h · mean of squared daily changes), and what changes over h
days were in the past, where there are at least ten. The band holds eight in ten (Student's t for few changes). It is then tried on the
past, day by day, from what was known then: where it held less often than eight in ten, it is widened until it would have.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

FEWEST: Final = 8
"""Daily changes that a band needs."""
_GAP: Final = 3
"""Days without a reading over which the last one is carried on."""
_EIGHT_IN_TEN: Final = 1.2816
_TRIED: Final = 10
"""Past forecasts from which on the band is widened by what they missed."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """A score on a day to come: eight times in ten between `low` and `high`. `held` of `tried` past bands of that many days held, before
    the band was `widened` (1: not at all).
    """

    day: date
    days: int
    low: float
    middle: float
    high: float
    changes: int
    held: int
    tried: int
    widened: float


def month_end(day: date) -> date:
    """Will give the last day of a month."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def ahead(readings: Sequence[tuple[date, float]], end: date, scale: tuple[float, float]) -> Ahead | None:
    """Will say where a score ends on a day, of readings in the order of their days; None where too little is known."""
    if not readings or end <= readings[-1][0]:
        return None
    values, days = _daily(readings), (end - readings[-1][0]).days
    changes = len(_steps(values, 1))
    half = _half(values, days)
    if half is None:
        return None
    held, missed = _tried(values, days)
    widened = max(1.0, _eighth(missed)) if len(missed) >= _TRIED else 1.0
    last = values[-1]
    assert last is not None
    low, high = max(scale[0], last - half * widened), min(scale[1], last + half * widened)
    return Ahead(end, days, low, last, high, changes, held, len(missed), widened)


def _daily(readings: Sequence[tuple[date, float]]) -> list[float | None]:
    """A value a day from the first reading to the last; a longer gap stays one."""
    first, told = readings[0][0], dict(readings)
    found: list[float | None] = []
    last, age = 0.0, 0
    for number in range((readings[-1][0] - first).days + 1):
        value = told.get(first + timedelta(days=number))
        last, age = (last, age + 1) if value is None else (value, 0)
        found.append(last if age <= _GAP else None)
    return found


def _steps(values: Sequence[float | None], days: int) -> list[float]:
    pairs = zip(values, values[days:], strict=False)
    return [after - before for before, after in pairs if before is not None and after is not None]


def _half(values: Sequence[float | None], days: int) -> float | None:
    """Half the width of the band so many days ahead; None where there are too few changes."""
    steps = _steps(values, 1)
    if len(steps) < FEWEST:
        return None
    walk = math.sqrt(days * _square(steps))
    long = _steps(values, days)
    spread = max(walk, math.sqrt(_square(long))) if len(long) >= _TRIED else walk
    return spread * _EIGHT_IN_TEN * (1 + (_EIGHT_IN_TEN**2 + 1) / (4 * len(steps)))


def _square(steps: Sequence[float]) -> float:
    return math.fsum([one * one for one in steps]) / len(steps)


def _tried(values: Sequence[float | None], days: int) -> tuple[int, list[float]]:
    """How many past bands held, and how far each value lay from its middle, in halves of its band."""
    held, missed = 0, []
    for now in range(FEWEST, len(values) - days):
        middle, came = values[now], values[now + days]
        half = _half(values[: now + 1], days) if middle is not None and came is not None else None
        if half is None or middle is None or came is None:
            continue
        off = abs(came - middle) / half if half else float(came != middle) * 2
        held += off <= 1
        missed.append(off)
    return held, missed


def _eighth(missed: Sequence[float]) -> float:
    """The smallest width, in halves of the band, by which eight in ten would have held."""
    return sorted(missed)[math.ceil(0.8 * len(missed)) - 1]

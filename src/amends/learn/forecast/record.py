"""How past forecasts held: made again from what was known on past days, their bands from still older forecasts alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from amends.facts.forecast import LEAST_DAYS, LEAST_RETURNS, Held, History, TooLittle
from amends.learn.forecast.bands import band, spread_of
from amends.learn.forecast.course import RECENT
from amends.learn.forecast.model import OTHERS, Means, means

MOST_RUNS: Final = 12
"""Past forecasts that are made again, one a week."""
_WEEK: Final = 7
_COUNTED: Final = 1.0
"""Returns that must have been foreseen of a SKU for it to count: a band around nothing always holds."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What one past forecast foresaw and what came. `run`: when it was made, `last`: the last day that it is about, `week`: how far
    ahead in weeks. `flat`, `same`: what the plain rules would have said; `same` is None where it says nothing."""

    run: int
    last: int
    week: int
    mean: float
    many: int
    flat: float
    same: float | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """Pairs of every past forecast: returns by day, parcels by day, returns of SKUs over the whole time."""

    runs: int
    asked: Sequence[Pair]
    parcels: Sequence[Pair]
    skus: Sequence[Pair]


def lack(past: History) -> TooLittle | None:
    """Will say what there is too little of to foresee anything; None where there is enough."""
    if not past.sold:
        return TooLittle("orders", 0, 1)
    known = past.today - min([one.day for one in past.sold])
    if known < LEAST_DAYS:
        return TooLittle("days", known, LEAST_DAYS)
    many = sum([one.many for one in past.returned])
    return TooLittle("returns", many, LEAST_RETURNS) if many < LEAST_RETURNS else None


def look_back(past: History, days: int) -> Past:
    """Will make the forecasts of past weeks again, each from what was known then."""
    asked = _by_day([(one.asked, one.many) for one in past.returned])
    parcels = _by_day([(one.back, one.many) for one in past.returned if one.back is not None])
    found = Past(0, [], [], [])
    for back in range(MOST_RUNS, 0, -1):
        then = past.until(past.today - _WEEK * back)
        if lack(then) is not None:
            continue
        foreseen = means(then, days)
        arrived = _daily(foreseen, foreseen.parcels(), parcels, past.today, then) if foreseen.arrivals else []
        found = Past(
            found.runs + 1,
            [*found.asked, *_daily(foreseen, foreseen.asked(), asked, past.today, then)],
            [*found.parcels, *arrived],
            [*found.skus, *(_of_skus(foreseen, past, then, days) if _WEEK * back >= days else [])],
        )
    return found


def _by_day(told: Iterable[tuple[int, int]]) -> Counter[int]:
    found: Counter[int] = Counter()
    for day, many in told:
        found[day] += many
    return found


def _daily(foreseen: Means, by_day: Sequence[float], came: Counter[int], today: int, then: History) -> list[Pair]:
    run = foreseen.today
    reach = min(RECENT, run - min([one.day for one in then.sold]))
    flat = sum([came[day] for day in range(run - reach, run)]) / reach
    return [
        Pair(run, run + ahead, ahead // _WEEK, mean, came[run + ahead], flat, came[run - _WEEK + ahead % _WEEK])
        for ahead, mean in enumerate(by_day)
        if run + ahead < today
    ]


def _of_skus(foreseen: Means, past: History, then: History, days: int) -> list[Pair]:
    run, kept = foreseen.today, {one.sku for one in foreseen.skus}
    reach = min(RECENT, run - min([one.day for one in then.sold]))
    came: Counter[str] = Counter()
    before: Counter[str] = Counter()
    for one in past.returned:
        name = one.sku if one.sku in kept else OTHERS
        if run <= one.asked < run + days:
            came[name] += one.many
        elif run - reach <= one.asked < run:
            before[name] += one.many
    return [
        Pair(run, run + days - 1, 0, sum(one.asked), came[one.sku], before[one.sku] * days / reach)
        for one in foreseen.skus
        if sum(one.asked) >= _COUNTED
    ]


def spreads(pairs: Sequence[Pair], today: int, weeks: int) -> list[float]:
    """Will give the spread for each week ahead, from what was known on a day; what lies farther ahead is never surer."""
    known = [one for one in pairs if one.last < today]
    found: list[float] = []
    for week in range(weeks):
        own = spread_of([(one.mean, one.many) for one in known if one.week == week])
        found.append(max([own, *found[-1:]]))
    return found


def held(pairs: Sequence[Pair]) -> Held | None:
    """Will say how past forecasts held, each judged by the band that it would have shown then. None: there are none."""
    if not pairs:
        return None
    weeks = max([one.week for one in pairs]) + 1
    by_run = {run: spreads(pairs, run, weeks) for run in {one.run for one in pairs}}
    in80 = in95 = 0
    for one in pairs:
        shown = band(one.mean, by_run[one.run][one.week])
        in80 += shown.low80 <= one.many <= shown.high80
        in95 += shown.low95 <= one.many <= shown.high95
    same = [abs(one.same - one.many) for one in pairs if one.same is not None]
    return Held(
        len(pairs),
        in80,
        in95,
        sum([abs(one.mean - one.many) for one in pairs]) / len(pairs),
        sum([abs(one.flat - one.many) for one in pairs]) / len(pairs),
        sum(same) / len(same) if same else None,
    )

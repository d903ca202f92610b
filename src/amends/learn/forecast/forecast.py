"""The forecast of a shop: means, bands that past forecasts measured, what of the goods can be sold again, and how the past held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from amends.facts.forecast import DayAhead, Forecast, History, SkuAhead, TooLittle
from amends.learn.forecast.bands import band
from amends.learn.forecast.course import RECENT
from amends.learn.forecast.model import OTHERS, Means, SkuMeans, means
from amends.learn.forecast.record import Past, held, lack, look_back, spreads

LEAST_GRADED: Final = 10
"""Inspections of a shop below which nothing is said of what can be sold again."""
_OF_SHOP: Final = 10.0
"""Inspections that the shop's share weighs against a SKU's own."""
_PIECES: Final = 2.0
"""Returns that the shop's pieces a return weigh against a SKU's own."""


def forecast(past: History, days: int) -> Forecast | TooLittle:
    """Will foresee so many days from `past.today` on; says what is lacking where there is too little to go by."""
    missing = lack(past)
    if missing is not None:
        return missing
    found, before = means(past, days), look_back(past, days)
    ahead = _days(found, before, past.today, days)
    asked, parcels = found.asked(), found.parcels()
    weeks = -(-days // 7)
    whole = band(sum(asked), spreads(before.asked, past.today, weeks)[-1])
    arriving = band(sum(parcels), spreads(before.parcels, past.today, weeks)[-1]) if found.arrivals else None
    return Forecast(
        past.today,
        ahead,
        _skus(found, past, before),
        whole,
        arriving,
        sum([one.orders for one in past.sold]),
        sum([one.many for one in past.returned]),
        past.today - min([one.day for one in past.sold]),
        past.clock,
        before.runs,
        held(before.asked),
        held(before.parcels),
        held(before.skus),
        _before(past),
    )


def _before(past: History) -> list[tuple[int, int, int]]:
    asked: Counter[int] = Counter()
    came: Counter[int] = Counter()
    for one in past.returned:
        asked[one.asked] += one.many
        if one.back is not None:
            came[one.back] += one.many
    return [(day, asked[day], came[day]) for day in range(past.today - RECENT, past.today)]


def _days(found: Means, before: Past, today: int, days: int) -> list[DayAhead]:
    weeks = -(-days // 7)
    of_asked, of_parcels = spreads(before.asked, today, weeks), spreads(before.parcels, today, weeks)
    return [
        DayAhead(
            today + ahead,
            band(asked, of_asked[ahead // 7]),
            band(parcels, of_parcels[ahead // 7]) if found.arrivals else None,
        )
        for ahead, (asked, parcels) in enumerate(zip(found.asked(), found.parcels(), strict=True))
    ]


def _skus(found: Means, past: History, before: Past) -> list[SkuAhead]:
    """The SKUs, those with most returns to come first."""
    spread = spreads(before.skus, past.today, 1)[0]
    kept = {one.sku for one in found.skus}
    pieces, graded = _pieces(past, kept), _graded(past.graded, kept)
    made = [_sku(one, spread, pieces, graded, arrivals=found.arrivals) for one in found.skus]
    return sorted(made, key=lambda one: (-one.asked.mean, one.sku))


def _sku(
    one: SkuMeans,
    spread: float,
    pieces: Mapping[str, float],
    graded: tuple[Mapping[str, tuple[int, int]], float | None],
    *,
    arrivals: bool,
) -> SkuAhead:
    by_sku, share = graded
    many, good = by_sku.get(one.sku, (0, 0))
    units = sum(one.parcels) * pieces.get(one.sku, pieces[""]) if arrivals else None
    fit = None if share is None or units is None else units * (good + _OF_SHOP * share) / (many + _OF_SHOP)
    return SkuAhead(
        one.sku, one.category, band(sum(one.asked), spread), one.rate, one.orders, one.returns, units, fit, many
    )


def _pieces(past: History, kept: set[str]) -> dict[str, float]:
    """Pieces a return by SKU; under "" those of the shop."""
    sums: dict[str, list[int]] = {"": [0, 0]}
    for one in past.returned:
        name = one.sku if one.sku in kept else OTHERS
        for each in {name, ""}:
            own = sums.setdefault(each, [0, 0])
            own[0] += one.many
            own[1] += one.pieces
    mean = sums[""][1] / sums[""][0]
    return {name: (told + _PIECES * mean) / (many + _PIECES) for name, (many, told) in sums.items()}


def _graded(told: Sequence[tuple[str, int, int]], kept: set[str]) -> tuple[dict[str, tuple[int, int]], float | None]:
    found: dict[str, tuple[int, int]] = {}
    for sku, many, good in told:
        name = sku if sku in kept else OTHERS
        before = found.get(name, (0, 0))
        found[name] = before[0] + many, before[1] + good
    inspected = sum([many for many, _ in found.values()])
    if inspected < LEAST_GRADED:
        return found, None
    return found, sum([good for _, good in found.values()]) / inspected

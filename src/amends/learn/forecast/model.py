"""The means of what is to come, by SKU and day: from orders that left, from orders that will, and from returns on their way.

An order left; the share of the shop's orders not yet asked back falls with age (`delays.survival`). A SKU's own share falls as the
shop's to the power of its ratio. Weekdays pull the counts of a day up or down. A return that was asked for arrives after its own delay.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Final

from amends.facts.forecast import LONGEST, History
from amends.learn.forecast import course, rates
from amends.learn.forecast.delays import ends, follow, still_to_come, survival

WAY: Final = 45
"""Days after the request in which goods are expected."""
WINDOW: Final = 120
"""Days of dispatch that delays and rates are learnt from."""
MOST_SKUS: Final = 500
"""SKUs with most orders that are reckoned each by itself; what is left is one of its own."""
OTHERS: Final = "…"
ByDay = dict[int, int]


@dataclass(frozen=True, slots=True)
class SkuMeans:
    """Means of a SKU by day to come. `rate`: the share of its orders that is asked back in the end."""

    sku: str
    category: str
    asked: Sequence[float]
    parcels: Sequence[float]
    rate: float
    orders: int
    returns: int


@dataclass(frozen=True, slots=True)
class Means:
    """What is expected from `today` on. `arrivals`: whether any goods were ever told to be there."""

    today: int
    skus: Sequence[SkuMeans]
    arrivals: bool

    def asked(self) -> list[float]:
        """Will give the returns of all SKUs by day."""
        return [sum(of_day) for of_day in zip(*[one.asked for one in self.skus], strict=True)]

    def parcels(self) -> list[float]:
        """Will give the parcels of all SKUs by day."""
        return [sum(of_day) for of_day in zip(*[one.parcels for one in self.skus], strict=True)]


@dataclass(slots=True)
class _Sku:
    category: str
    sold: ByDay
    asked: Counter[tuple[int, int]]
    waits: Counter[int]


def means(past: History, days: int) -> Means:
    """Will reckon the means of so many days to come. `past` holds at least one order."""
    skus = _by_sku(past)
    sold, asked = _together(skus)
    since = max(min(sold), past.today - WINDOW)
    left = survival(
        {day: many for day, many in sold.items() if day >= since},
        [(day, at, many) for (day, at), many in asked.items() if day >= since],
        past.today,
        LONGEST,
    )
    arrived = [(one.asked, one.back, one.many) for one in past.returned if one.back is not None]
    requests: ByDay = Counter()
    for one in past.returned:
        requests[one.asked] += 0 if one.untold else one.many
    recent = past.today - WINDOW
    way = survival(
        {day: many for day, many in requests.items() if day >= recent},
        [one for one in arrived if one[0] >= recent],
        past.today,
        WAY,
    )
    ratio = _ratios(skus, left, past.today, since)
    selling = course.weekdays(sold, _flat(sold, past.today, since))
    asking = course.weekdays(_count([(at, many) for (_, at), many in asked.items()]), _fitted(sold, left, past.today))
    coming = course.weekdays(_count([(back, many) for _, back, many in arrived]), _fitted(requests, way, past.today))
    found = []
    for name, sku in skus.items():
        own = [share ** ratio[name] for share in left]
        orders = course.ahead(course.pace(sku.sold, past.today, min(sold)), selling, past.today, days)
        plain = _sum(still_to_come(_open(sku, past.today), own, days), follow(orders, own))
        returns = [many * asking[(past.today + day) % 7] for day, many in enumerate(plain)]
        parcels = _sum(still_to_come(_ages(sku.waits, past.today, WAY), way, days), follow(returns, way))
        parcels = [many * coming[(past.today + day) % 7] for day, many in enumerate(parcels)]
        seen = sum([many for (day, _), many in sku.asked.items() if day >= since])
        base = sum([many for day, many in sku.sold.items() if day >= since])
        found.append(SkuMeans(name, sku.category, returns, parcels, 1 - own[-1], base, seen))
    return Means(past.today, found, bool(arrived))


def _by_sku(past: History) -> dict[str, _Sku]:
    orders: Counter[str] = Counter()
    for one in past.sold:
        orders[one.sku] += one.orders
    kept = {sku for sku, _ in orders.most_common(MOST_SKUS)}
    found: dict[str, _Sku] = {}
    for one in past.sold:
        name = one.sku if one.sku in kept else OTHERS
        sku = found.get(name) or found.setdefault(name, _fresh("" if name == OTHERS else one.category))
        sku.sold[one.day] += one.orders
    for told in past.returned:
        name = told.sku if told.sku in kept else OTHERS
        sku = found.get(name) or found.setdefault(name, _fresh(""))
        sku.asked[told.sold, told.asked] += told.many
        if told.back is None and not told.untold:
            sku.waits[told.asked] += told.many
    return found


def _fresh(category: str) -> _Sku:
    return _Sku(category, defaultdict(int), Counter(), Counter())


def _together(skus: Mapping[str, _Sku]) -> tuple[ByDay, Counter[tuple[int, int]]]:
    sold: ByDay = Counter()
    asked: Counter[tuple[int, int]] = Counter()
    for sku in skus.values():
        for day, many in sku.sold.items():
            sold[day] += many
        asked.update(sku.asked)
    return sold, asked


def _ratios(skus: Mapping[str, _Sku], left: Sequence[float], today: int, since: int) -> dict[str, float]:
    """Each SKU's ratio to the shop, its returns held against the hazard that its orders went through."""
    gone = [-log(share) for share in left]
    expected: dict[str, float] = {}
    for name, sku in skus.items():
        whole = sum([many * gone[min(LONGEST, today - day)] for day, many in sku.sold.items() if day >= since])
        early = [
            many * (gone[min(LONGEST, today - day)] - gone[min(LONGEST, at - day + 1)])
            for (day, at), many in sku.asked.items()
            if day >= since
        ]
        expected[name] = max(0.0, whole - sum(early))
    seen = {
        name: sum([many for (day, at), many in sku.asked.items() if day >= since and at - day < LONGEST])
        for name, sku in skus.items()
    }
    return rates.ratios(expected, seen, {name: sku.category for name, sku in skus.items()})


def _open(sku: _Sku, today: int) -> list[float]:
    """Orders not asked back yet, by their age at the beginning of today."""
    found = _ages(sku.sold, today, LONGEST)
    for (day, _), many in sku.asked.items():
        age = today - day
        if age <= LONGEST:
            found[age] = max(0.0, found[age] - many)
    return found


def _ages(began: Mapping[int, int], today: int, longest: int) -> list[float]:
    found = [0.0] * (longest + 1)
    for day, many in began.items():
        if today - day <= longest:
            found[today - day] += many
    return found


def _count(told: Sequence[tuple[int, int]]) -> dict[int, float]:
    found: dict[int, float] = defaultdict(float)
    for day, many in told:
        found[day] += many
    return found


def _flat(sold: Mapping[int, int], today: int, since: int) -> dict[int, float]:
    days = range(max(since, today - 7 * course.WEEKS), today)
    mean = sum([sold.get(day, 0) for day in days]) / max(1, len(days))
    return dict.fromkeys(days, mean)


def _fitted(began: Mapping[int, int], left: Sequence[float], today: int) -> dict[int, float]:
    """What the delays alone would have led one to expect on each day of the recent weeks."""
    shares = ends(left)
    return {
        day: sum([began.get(day - age, 0) * share for age, share in enumerate(shares)])
        for day in range(today - 7 * course.WEEKS, today)
    }


def _sum(one: Sequence[float], other: Sequence[float]) -> list[float]:
    return [left + right for left, right in zip(one, other, strict=True)]

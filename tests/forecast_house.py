"""Shops made by chance, with what will come of them, to hold forecasts against."""

from __future__ import annotations

import math
import random
from collections import Counter

from amends.facts.forecast import History, Returned, Sold

TODAY = 1000
AFTER = 28
_WEEK = (1.0, 1.0, 1.0, 1.0, 1.3, 1.5, 0.5)


def made_shop(
    seed: int, days: int = 120, skus: int = 12, orders: int = 40, rate: float = 0.25, sway: float = 0.05
) -> History:
    """Days of orders up to four weeks after `TODAY`. A SKU's rate is spread around `rate`; sales drift by `sway` a day."""
    dice = random.Random(f"forecast/{seed}")
    weights = [1 / (rank + 4) for rank in range(skus)]
    rates = [min(0.9, rate * dice.gammavariate(8, 1 / 8)) for _ in range(skus)]
    sold, returned, level = [], Counter[tuple[int, int, int, int]](), 0.0
    for day in range(TODAY - days, TODAY + AFTER):
        level = 0.9 * level + dice.gauss(0, sway)
        many = max(0, round(dice.gauss(orders * _WEEK[day % 7] * math.exp(level), math.sqrt(orders))))
        for sku, each in Counter(dice.choices(range(skus), weights, k=many)).items():
            sold.append(Sold(f"S{sku}", "shoes" if sku % 2 else "bags", day, each))
            for _ in range(sum([dice.random() < rates[sku] for _ in range(each)])):
                asked = day + 3 + int(dice.expovariate(1 / 5))
                returned[sku, day, asked, asked + 2 + int(dice.expovariate(1 / 3))] += 1
    end = TODAY + AFTER
    told = [
        Returned(f"S{sku}", day, asked, back if back < end else None, many, many)
        for (sku, day, asked, back), many in returned.items()
        if asked < end
    ]
    return History(end, sold, told, [(f"S{sku}", 20, 16) for sku in range(skus)])

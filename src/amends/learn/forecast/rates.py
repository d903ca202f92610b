"""How much oftener than the shop's mean a SKU comes back, drawn towards its category where its own orders are few (gamma, Poisson)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

_SHAPES: Final = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0)
"""How alike SKUs of one category may be: the higher, the more alike."""
_OF_CATEGORY: Final = 20.0
"""Returns that the shop's mean weighs against a category's own."""


def ratios(expected: Mapping[str, float], seen: Mapping[str, int], category: Mapping[str, str]) -> dict[str, float]:
    """Will give each SKU's ratio. `expected`: returns by now at the shop's mean; `seen`: returns that came."""
    by_category: dict[str, list[float]] = {}
    for sku, mean in expected.items():
        sums = by_category.setdefault(category.get(sku, ""), [0.0, 0.0])
        sums[0] += mean
        sums[1] += seen.get(sku, 0)
    group = {name: (many + _OF_CATEGORY) / (mean + _OF_CATEGORY) for name, (mean, many) in by_category.items()}
    means = {sku: mean * group[category.get(sku, "")] for sku, mean in expected.items()}
    shape = max(_SHAPES, key=lambda one: sum([_likely(seen.get(sku, 0), mean, one) for sku, mean in means.items()]))
    return {
        sku: group[category.get(sku, "")] * (seen.get(sku, 0) + shape) / (mean + shape) for sku, mean in means.items()
    }


def _likely(many: int, mean: float, shape: float) -> float:
    """The log of the chance of so many, where the mean itself is spread (negative binomial)."""
    ways = math.lgamma(many + shape) - math.lgamma(shape) - math.lgamma(many + 1)
    if mean <= 0:
        return 0.0
    return ways + shape * math.log(shape / (shape + mean)) + many * math.log(mean / (shape + mean))

"""Bands around a mean: a negative binomial whose spread is that of the shop's own past forecasts."""

from __future__ import annotations

import math
from collections.abc import Iterable
from statistics import NormalDist
from typing import Final

from amends.facts.forecast import Band

UNMEASURED: Final = 0.1
"""The spread while no past forecast is known: a mean may be wrong by a third either way."""
FEWEST: Final = 7
"""Known counts below which the spread is not read from them alone."""
_FLOOR: Final = 0.0025
_LARGE: Final = 500.0
_TAILS: Final = (0.1, 0.9, 0.025, 0.975)


def spread_of(pairs: Iterable[tuple[float, int]]) -> float:
    """Will give the spread a of the variance m + a·m² from pairs of a mean m that was foreseen and the count that came."""
    told = list(pairs)
    squares = sum([mean * mean for mean, _ in told])
    if squares <= 0:
        return UNMEASURED
    found = max(_FLOOR, sum([(many - mean) ** 2 - mean for mean, many in told]) / squares)
    trust = min(1.0, len(told) / (2 * FEWEST))
    return trust * found + (1 - trust) * max(found, UNMEASURED)


def band(mean: float, spread: float) -> Band:
    """Will give the band of a mean of at least 0."""
    low80, high80, low95, high95 = [_quantile(mean, spread, tail) for tail in _TAILS]
    return Band(mean, low80, high80, low95, high95)


def _quantile(mean: float, spread: float, share: float) -> int:
    """The least count that at least this share lies at or below."""
    if mean <= 1e-9:
        return 0
    shape = 1 / max(spread, _FLOOR)
    if mean > _LARGE:
        return _of_large(mean, mean + mean * mean / shape, share)
    odds = mean / (mean + shape)
    term = math.exp(shape * math.log1p(-odds))
    reached, many = term, 0
    while reached < share and many < 100 * _LARGE:
        term *= odds * (many + shape) / (many + 1)
        many += 1
        reached += term
    return many


def _of_large(mean: float, variance: float, share: float) -> int:
    """The same by a gamma of that mean and variance (Wilson and Hilferty), which a large count can no longer be told from."""
    shape = mean * mean / variance
    root = 1 - 1 / (9 * shape) + NormalDist().inv_cdf(share) / (3 * math.sqrt(shape))
    return round(mean * max(0.0, root) ** 3)

"""Clusters that chance does not make: every place and reason of a shop against the rest of it, over several windows at once.

Given how many cases of a reason a shop has, a place without a cause of its own has its share of them by its share of the exposure: an
exact binomial tail (the conditional test of two Poisson rates). Each window has its part of the error (`WINDOWS`); of what was looked at,
Benjamini and Hochberg's procedure keeps what stands out. What could not stand out whatever had happened (Tarone) does not count.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from amends.facts.prevention import Cause, Cluster

WINDOWS: Final = ((7, 0.2), (28, 0.5), (90, 0.3))
"""Days that are looked at, and the part of the error that each may spend."""
FALSE: Final = 0.01
"""The share of false clusters among those that one run names; in a shop without a cause, how often a run names any."""
FEWEST: Final = 4
LEAST_RATIO: Final = 1.5
LEAST_EXCESS: Final = 3.0
"""Cases, ratio to the rest, and cases above what is usual, below which a cluster is no task however sure it is."""
OF_SOME: Final = frozenset({"wrong_size", "expired", "allergy"})
"""Reasons that only some goods can give: a lamp has no size. Goods that gave none in the window are not what others are held against."""
_GOODS: Final = frozenset({"sku", "batch", "supplier"})
SAME: Final = 0.5
"""The share of its cases that a cluster must have in common with another to be the same cause."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one window tells: cases by place, value and reason, and exposure by place and value. `share`: of the error."""

    first: int
    last: int
    share: float
    cases: Mapping[tuple[str, str, str], int]
    exposure: Mapping[tuple[str, str], int]


def clusters(windows: Iterable[Seen], rate: float = FALSE) -> tuple[Cluster, ...]:
    """Will give what stands out, the least likely by chance first."""
    best: dict[tuple[str, str, str], tuple[float, Cluster | None]] = {}
    for window in windows:
        for cluster, least in _compared(window):
            if least > rate * window.share:
                continue
            chance = min(1.0, cluster.chance / window.share)
            if cluster.key not in best or chance < best[cluster.key][0]:
                best[cluster.key] = chance, cluster if _matters(cluster) else None
    ranked = sorted(best.values(), key=lambda one: one[0])
    kept = max((n for n, (chance, _) in enumerate(ranked, 1) if chance <= n * rate / len(ranked)), default=0)
    return tuple([one for _, one in ranked[:kept] if one is not None])


def _compared(window: Seen) -> Iterable[tuple[Cluster, float]]:
    """Every place and reason with the least chance that it could have had."""
    whole: dict[str, int] = {}
    for (place, _), many in window.exposure.items():
        whole[place] = whole.get(place, 0) + many
    all_cases: dict[tuple[str, str], int] = {}
    by_value: dict[tuple[str, str], set[str]] = {}
    for (place, value, reason), many in window.cases.items():
        if window.exposure.get((place, value)):
            all_cases[place, reason] = all_cases.get((place, reason), 0) + many
            by_value.setdefault((place, reason), set()).add(value)
    for (place, value), exposure in window.exposure.items():
        if not exposure:
            continue
        for (at, reason), total in all_cases.items():
            if at != place or total < FEWEST:
                continue
            like = by_value[place, reason] if reason in OF_SOME and place in _GOODS else None
            every = whole[place] if like is None else sum(window.exposure[place, one] for one in like | {value})
            if every <= exposure:
                continue
            many = window.cases.get((place, value, reason), 0)
            found = Cluster(
                place,
                value,
                reason,
                many,
                exposure,
                total - many,
                every - exposure,
                window.first,
                window.last,
                chance=1.0,
            )
            share = exposure / every
            yield replace(found, chance=_chance(many, total, share)), share**total


def _chance(many: int, total: int, share: float) -> float:
    """Exactly where it can matter; 1 where no more than the share are there."""
    return tail(many, total, share) if many > total * share else 1.0


def _matters(cluster: Cluster) -> bool:
    usual = cluster.expected
    return cluster.cases >= FEWEST and cluster.cases >= LEAST_RATIO * usual and cluster.cases - usual >= LEAST_EXCESS


def tail(least: int, tries: int, chance: float) -> float:
    """Will give how likely at least so many of so many tries are; `least` lies above the mean, so that terms only fall."""
    ways = math.lgamma(tries + 1) - math.lgamma(least + 1) - math.lgamma(tries - least + 1)
    term = math.exp(ways + least * math.log(chance) + (tries - least) * math.log1p(-chance))
    found, odds = term, chance / (1 - chance)
    for many in range(least, tries):
        term *= (tries - many) / (many + 1) * odds
        found += term
        if term < found * 1e-12:
            break
    return min(1.0, found)


def causes(found: Sequence[Cluster], behind: Callable[[Cluster], frozenset[int]]) -> tuple[Cause, ...]:
    """Will put clusters together that are one cause: the same place, or mostly the same cases. The surest speaks for the others."""
    made: list[tuple[Cluster, frozenset[int], list[Cluster]]] = []
    for one in found:
        cases = behind(one)
        for main, known, also in made:
            if (main.place, main.value) == (one.place, one.value) or len(cases & known) >= SAME * len(cases):
                also.append(one)
                break
        else:
            made.append((one, cases, []))
    return tuple([Cause(main, tuple(sorted(known)), tuple(also)) for main, known, also in made])

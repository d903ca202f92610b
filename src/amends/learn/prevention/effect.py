"""What a change did, against the rest of the shop over the same days: a difference in differences of log rates."""

from __future__ import annotations

import math
from typing import Final

from amends.facts.prevention import Cluster, Effect

BEFORE: Final = 28
"""Days before a change that are compared with."""
LONGEST: Final = 90
"""Days after a change that are counted at most."""
LEAST: Final = 5.0
"""Cases that must be expected without the change before anything is said."""
SHORTEST: Final = 7
_Z: Final = 1.959964
_HALF: Final = 0.5
"""Added to every count, so that none is no fault."""


def effect(before: Cluster, after: Cluster) -> Effect:
    """Will compare. Nothing is said while too little could have come in."""
    course = _rate(after.rest_cases, after.rest_exposure) / _rate(before.rest_cases, before.rest_exposure)
    expected = _rate(before.cases, before.exposure) * after.exposure * course
    if after.days < SHORTEST or expected < LEAST or not before.cases:
        return Effect("unknown", before, after, expected)
    own = _rate(after.cases, after.exposure) / _rate(before.cases, before.exposure)
    spread = _Z * math.sqrt(
        sum(1 / (many + _HALF) for many in (before.cases, after.cases, before.rest_cases, after.rest_cases))
    )
    ratio = own / course
    low, high = ratio * math.exp(-spread), ratio * math.exp(spread)
    finding = "better" if high < 1 else "worse" if low > 1 else "same"
    return Effect(finding, before, after, expected, ratio, low, high)  # type: ignore[arg-type]


def _rate(many: int, exposure: int) -> float:
    return (many + _HALF) / max(exposure, 1)

"""How long until it happens: what is left by age in days, where most of what began has not ended yet (Kaplan and Meier)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise
from operator import mul
from typing import Final

_MOST: Final = 0.99
"""The most of a hazard: some always stay, so that what is foreseen of the rest can be reckoned."""
_LEAST: Final = 1e-12


def survival(began: Mapping[int, int], ended: Iterable[tuple[int, int, int]], today: int, longest: int) -> list[float]:
    """Will give the share that has not ended before each age from 0 to `longest` days.

    `began`: day → how many. `ended`: day of the beginning, day of the end, how many. All before `today`; who has not ended counts
    for as long as they were seen, and no longer.
    """
    steps = [0] * (longest + 2)
    for day, many in began.items():
        steps[0] += many
        steps[min(longest, today - 1 - day) + 1] -= many
    gone = [0] * longest
    for day, end, many in ended:
        age, seen = end - day, min(longest, today - 1 - day)
        if 0 <= age < longest:
            gone[age] += many
            steps[min(age, seen) + 1] -= many
            steps[seen + 1] += many
    left, found = 1.0, [1.0]
    for risk, ends in zip(accumulate(steps), gone, strict=False):
        if risk > 0:
            left *= 1 - min(_MOST, ends / risk)
        found.append(left)
    return found


def ends(left: Sequence[float]) -> list[float]:
    """Will give the share that ends at each age."""
    return [now - then for now, then in pairwise(left)]


def still_to_come(waiting: Sequence[float], left: Sequence[float], days: int) -> list[float]:
    """Will give how many of those that wait end on each day to come. `waiting`: how many by the days they waited, from 0."""
    by_age = ends(left)
    weight = [many / max(left[age], _LEAST) for age, many in enumerate(waiting[: len(by_age)])]
    return [sum(map(mul, weight, by_age[ahead:])) for ahead in range(days)]


def follow(coming: Sequence[float], left: Sequence[float]) -> list[float]:
    """Will give how many end on each of the days to come, of those that begin on each of these days."""
    backwards = ends(left)[: len(coming)][::-1]
    return [sum(map(mul, coming[: day + 1][-len(backwards) :], backwards[-(day + 1) :])) for day in range(len(coming))]

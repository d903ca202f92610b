"""Figures of scores that rank: how well they part right from wrong, and how often the topmost are right, with intervals."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence

Scored = Sequence[tuple[float, bool]]
"""A score and whether it was right, each."""


def area(scored: Scored) -> float:
    """Will give the area under the ROC curve: how often a right one is above a wrong one, ties counted as half."""
    levels: dict[float, list[int]] = defaultdict(lambda: [0, 0])
    for score, right in scored:
        levels[score][right] += 1
    below, sum_ = 0, 0.0
    for score in sorted(levels):
        wrong, right = levels[score]
        sum_ += right * (below + wrong / 2)
        below += wrong
    rights = sum([right for _, right in scored])
    return sum_ / (rights * below) if rights and below else 0.5


def average_precision(scored: Scored) -> float:
    """Will give the mean of the precision at each level of the score, weighted by the right ones that the level adds."""
    levels: dict[float, list[int]] = defaultdict(lambda: [0, 0])
    for score, right in scored:
        levels[score][right] += 1
    found, rights, seen = 0.0, sum([right for _, right in scored]), [0, 0]
    for score in sorted(levels, reverse=True):
        wrong, right = levels[score]
        seen = [seen[0] + wrong, seen[1] + right]
        found += right * seen[1] / (seen[0] + seen[1])
    return found / rights if rights else 0.0


def topmost(scored: Scored, many: int, seed: int = 1) -> int:
    """Will count the right ones among so many with the highest score; ties are drawn by the seed."""
    shuffled = list(scored)
    random.Random(seed).shuffle(shuffled)
    return sum([right for _, right in sorted(shuffled, key=lambda one: -one[0])[:many]])


def interval(
    groups: Sequence[Hashable], figure: Callable[[Sequence[int]], float], draws: int = 400
) -> tuple[float, float]:
    """Will give the 95 % interval of a figure by drawing whole groups anew (bootstrap): rows of one buyer are not independent.

    `groups`: of which group each row is; `figure` takes rows by place.
    """
    rows: dict[Hashable, list[int]] = defaultdict(list)
    for place, group in enumerate(groups):
        rows[group].append(place)
    blocks, dice = list(rows.values()), random.Random(7)
    drawn = sorted(
        [figure([place for block in dice.choices(blocks, k=len(blocks)) for place in block]) for _ in range(draws)]
    )
    return drawn[int(0.025 * draws)], drawn[int(0.975 * draws)]

"""A sum of named parts in log-odds: each part's level has one weight, drawn towards nothing where few rows speak for it.

It is measured here and thrown away: no page, no decision and no forecast reads it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

Parts = Sequence[tuple[str, str]]
"""Named parts of a row with their levels; every row has the same names in the same order."""


class Additive:
    """A logistic model of levels with a ridge penalty; `fit` once, then `parts` and `chance`."""

    def __init__(self, ridge: float = 8.0, rounds: int = 6) -> None:
        """Nothing is known yet. `ridge`: how much a weight is drawn towards nothing."""
        self.ridge, self.rounds, self.base = ridge, rounds, 0.0
        self.weights: dict[tuple[str, str], float] = {}

    def fit(self, rows: Sequence[Parts], right: Sequence[bool]) -> None:
        """Will learn weights by Newton steps, part after part, each against what the others already say."""
        mean = (sum(right) + 1) / (len(right) + 2)
        self.base = math.log(mean / (1 - mean))
        sums = [self.base] * len(rows)
        for _ in range(self.rounds):
            for place in range(len(rows[0])):
                self._step([row[place] for row in rows], right, sums)

    def _step(self, levels: Sequence[tuple[str, str]], right: Sequence[bool], sums: list[float]) -> None:
        slope: dict[tuple[str, str], float] = defaultdict(float)
        bend: dict[tuple[str, str], float] = defaultdict(float)
        for level, told, at in zip(levels, right, sums, strict=True):
            chance = 1 / (1 + math.exp(-at))
            slope[level] += told - chance
            bend[level] += chance * (1 - chance)
        moved = {}
        for level, pull in slope.items():
            now = self.weights.get(level, 0.0)
            moved[level] = max(-1.0, min(1.0, (pull - self.ridge * now) / (bend[level] + self.ridge)))
            self.weights[level] = now + moved[level]
        for row, level in enumerate(levels):
            sums[row] += moved[level]

    def parts(self, row: Parts) -> list[tuple[str, str, float]]:
        """Will give what each part of a row adds to the log-odds; a level that was never seen adds nothing."""
        return [(name, level, self.weights.get((name, level), 0.0)) for name, level in row]

    def chance(self, row: Parts) -> float:
        """Will give the chance of a row: of the base and the sum of its parts."""
        return 1 / (1 + math.exp(-self.base - sum([weight for _, _, weight in self.parts(row)])))


def banded(number: float, edges: Sequence[float]) -> str:
    """Will name the band of a number: how many edges it reaches."""
    return str(sum([number >= edge for edge in edges]))

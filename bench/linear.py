"""A plain linear reader of texts, to measure beside: an averaged passive-aggressive model over n-grams.

It is trained here and thrown away: nothing of it is kept, and nothing of it goes into the product.
"""

from __future__ import annotations

import itertools
import random
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from math import sqrt

Grams = Callable[[str], list[str]]
_WORD = re.compile(r"[a-z0-9']+")
STEP = 0.05


def characters(text: str) -> list[str]:
    """Will give the single characters and the pairs of a text, each once."""
    plain = text.casefold()
    return list(dict.fromkeys([*plain, *map("".join, itertools.pairwise(plain))]))


def word_pairs(text: str) -> list[str]:
    """Will give the words and the pairs of words of a text, each once."""
    told = ["^", *_WORD.findall(text.lower()), "$"]
    return list(dict.fromkeys([*told, *map(" ".join, itertools.pairwise(told))]))


class Linear:
    """A linear model over named classes; `train` once, then `of`."""

    def __init__(self, grams: Grams, classes: Sequence[str]) -> None:
        """Nothing is known yet."""
        self.grams, self.classes = grams, list(classes)
        self._now: dict[str, list[float]] = defaultdict(lambda: [0.0] * len(self.classes))
        self._sum: dict[str, list[float]] = defaultdict(lambda: [0.0] * len(self.classes))

    def train(self, rows: Sequence[tuple[str, str]], rounds: int, seed: int = 1) -> None:
        """Will learn from (text, class) in so many rounds, in an order that the seed makes."""
        place = {name: at for at, name in enumerate(self.classes)}
        known = [(self.grams(text), place[name]) for text, name in rows]
        turn = 1
        for each in range(rounds):
            random.Random(seed + each).shuffle(known)
            for grams, right in known:
                self._learn(grams, right, turn)
                turn += 1
        for gram, now in self._now.items():
            late = self._sum[gram]
            self._now[gram] = [value - gone / turn for value, gone in zip(now, late, strict=True)]
        self._sum.clear()

    def _learn(self, grams: list[str], right: int, turn: int) -> None:
        scores, each = self._scores(grams)
        other = max((at for at in range(len(scores)) if at != right), key=scores.__getitem__)
        lack = 1.0 - scores[right] + scores[other]
        if lack <= 0:
            return
        step = min(STEP, lack / 2) * each
        for gram in grams:
            now, late = self._now[gram], self._sum[gram]
            now[right] += step
            now[other] -= step
            late[right] += turn * step
            late[other] -= turn * step

    def _scores(self, grams: list[str]) -> tuple[list[float], float]:
        each = 1 / sqrt(len(grams) or 1)
        scores = [0.0] * len(self.classes)
        for gram in grams:
            known = self._now.get(gram)
            if known:
                scores = [a + b for a, b in zip(scores, known, strict=True)]
        return [one * each for one in scores], each

    def of(self, text: str) -> str:
        """Will give the class that a text is likeliest of."""
        scores, _ = self._scores(self.grams(text))
        return self.classes[max(range(len(scores)), key=scores.__getitem__)]

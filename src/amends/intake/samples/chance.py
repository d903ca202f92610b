"""Chance with a seed, and instants around an anchor: the same seed and anchor always give the same files."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Chance:
    """A seeded source of choices, with the instant that counts as now."""

    dice: random.Random
    anchor: datetime

    @classmethod
    def of(cls, seed: int, name: str, anchor: datetime) -> Chance:
        """A source of its own for each `name`, so that one shop's changes leave the others as they are."""
        return cls(random.Random(f"{seed}/{name}"), anchor.replace(microsecond=0))

    def one(self, items: Sequence[T]) -> T:
        """One of the items."""
        return items[self.dice.randrange(len(items))]

    def happens(self, percent: int) -> bool:
        """True in `percent` of cases."""
        return self.dice.randrange(100) < percent

    def number(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return self.dice.randint(least, most)

    def digits(self, count: int, first: str = "") -> str:
        """A number of `count` digits that begins with `first` and does not end in zero."""
        middle = "".join(self.one("0123456789") for _ in range(count - len(first) - 1))
        return first + middle + self.one("123456789")

    def ago(self, least_hours: int, most_hours: int) -> datetime:
        """An instant so many hours before the anchor."""
        return self.anchor - timedelta(minutes=self.number(least_hours * 60, most_hours * 60))

    def due(self) -> datetime:
        """A deadline near the anchor: some overdue, many within two days, the others within six days."""
        draw = self.number(1, 100)
        low, high = (-30, -1) if draw <= 8 else (0, 12) if draw <= 34 else (12, 48) if draw <= 72 else (48, 144)
        return self.anchor + timedelta(minutes=self.number(low * 60 + 7, high * 60))

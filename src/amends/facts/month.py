"""What came of the month that `amends demo month` plays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CauseFound:
    """One cause. `cause`: its code, "" for something that nobody planted; `by`: the part of the product that names it, "" for none."""

    cause: str
    value: str
    by: str
    says: str
    planted: bool


@dataclass(frozen=True, slots=True)
class MonthTold:
    """The whole month, by count. `came`: what became of the cases; `paid_minor`: what went back, in cents."""

    orders: int
    cases: int
    disputes: int
    came: Mapping[str, int]
    paid_minor: int
    causes: tuple[CauseFound, ...]
    seconds: float

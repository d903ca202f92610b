"""A policy that runs beside the live one: since when, by whom, and what it would have decided. It never acts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from amends.basics.money import read_minor
from amends.facts.rehearsed import Example, Rehearsed, Side

_FLOOR: Final = "policy.floor"


@dataclass(frozen=True, slots=True)
class Shadow:
    """A version of a policy in the shadow. `mark`: decisions until then were looked at; `went_live`: the version it became, 0 for none."""

    number: int
    policy: int
    version: int
    by: str
    since: datetime
    mark: datetime
    stopped_by: str = ""
    stopped_at: datetime | None = None
    went_live: int = 0

    @property
    def running(self) -> bool:
        """Whether nobody ended it."""
        return self.stopped_at is None


@dataclass(frozen=True, slots=True)
class Answered:
    """What was decided of a case, or would have been. `money`: refund and compensation, in minor units."""

    side: Side
    money: int

    def differs(self, other: Answered) -> bool:
        """Whether outcome, remedy, money or handling are others: which rule said so does not matter."""
        here, there = self.side, other.side
        return (here.outcome, here.remedy, self.money, here.handling) != (
            there.outcome,
            there.remedy,
            other.money,
            there.handling,
        )


@dataclass(frozen=True, slots=True)
class Shadowed:
    """The newest decision on a case, and what the shadow would have decided of the same facts at the same moment."""

    case: int
    decided_at: datetime
    currency: str
    before: Answered
    after: Answered


@dataclass(frozen=True, slots=True)
class ShadowFound:
    """What a shadow came to: the counts, the newest cases that differ, and the numbers that people know them by."""

    rehearsed: Rehearsed
    keys: Mapping[int, str]

    @property
    def differing(self) -> tuple[Example, ...]:
        """The newest cases that differ."""
        return self.rehearsed.examples


def answered(told: Mapping[str, Any], digits: int) -> Answered:
    """Will read a decision (`amends.decision/1`). `digits`: those of its currency."""
    speaks = [one["rule"] for one in told["because"] if one["layer"] == "policy" and one["verdict"] == "holds"]
    money = sum([read_minor(str(text), digits) for text in _amounts(told)])
    rule = next((one for one in speaks if one != _FLOOR), "")
    return Answered(Side(rule, told["outcome"], told["remedy"], told["handling"], _FLOOR in speaks), money)


def _amounts(told: Mapping[str, Any]) -> list[Any]:
    refund, extra = told.get("refund"), told.get("compensation")
    return [one for one in (refund and refund["total"], extra and extra["amount"]) if one]

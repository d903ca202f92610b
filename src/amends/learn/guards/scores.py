"""Where a shop stands with a platform's score: its lines, its end of the month, and what of the house's own work moves it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from amends.facts.rulebook import Says
from amends.facts.score_readings import Reading, ScoreTerms
from amends.facts.scores import MEASURES, SCORE, Measure, Programme
from amends.learn.guards.score_course import Ahead, ahead, month_end
from amends.learn.metrics.board import Shown

State = Literal["below", "heading", "clear", "no_line", "unknown"]
OLD: Final = 7
"""Days after which a reading is old."""


@dataclass(frozen=True, slots=True)
class LineSeen:
    """A line and how far the last reading lies above it (negative: below). `own`: the shop set it itself."""

    at: Decimal
    says: Says
    source: str
    confidence: str
    own: bool
    left: Decimal | None
    state: State


@dataclass(frozen=True, slots=True)
class Part:
    """A measure beside the score: what the platform showed last, and what the house counts of the same thing.

    `one`: by how much one case more or less moves the house's share. `to_go`: cases fewer (of what counts against the shop) or more
    (of what speaks for it) in the same days at which the goal would be reached; for times, seconds to come off the mean. None: no
    goal, or no base.
    """

    measure: Measure
    shown: Reading | None
    goal: Decimal | None
    house: Shown | None
    one: float | None
    to_go: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A shop's score of one programme. `readings`: the score's, by day; `last`: the latest of them; `age`: of it, in days."""

    programme: Programme
    terms: ScoreTerms
    readings: tuple[Reading, ...]
    last: Reading | None
    age: int
    end: Ahead | None
    lines: tuple[LineSeen, ...]
    parts: tuple[Part, ...]
    state: State

    @property
    def old(self) -> bool:
        """Whether the last reading is too old to say much of today."""
        return self.age > OLD


_OWN: Final = Says("your own line", "自设分数线")
_RANK: Final[Mapping[State, int]] = {"below": 4, "heading": 3, "no_line": 1, "clear": 2, "unknown": 0}


def standing(
    programme: Programme,
    told: Sequence[Reading],
    terms: ScoreTerms,
    house: Mapping[str, Shown],
    today: date,
) -> Standing:
    """Will say where a shop stands. `told`: readings of every measure; `house`: metrics of the house by code."""
    own = sorted([one for one in told if one.programme == programme.id], key=lambda one: one.day)
    scores = tuple([one for one in own if one.measure == SCORE])
    last = scores[-1] if scores else None
    end = ahead(
        [(one.day, float(one.value)) for one in scores],
        month_end(today),
        (float(programme.low), float(programme.high)),
    )
    lines = tuple([_line(*one, last, end) for one in _lines(programme, terms, today)])
    newest = {one.measure: one for one in own}
    parts = tuple([_part(MEASURES[code], newest.get(code), terms, house) for code in programme.measures])
    age = (today - last.day).days if last else 0
    return Standing(programme, terms, scores, last, age, end, lines, parts, _state(last, lines))


def worst(found: Sequence[Standing]) -> int:
    """Will rank the standings of a shop: the higher, the worse."""
    return max([_RANK[one.state] for one in found], default=0)


def _lines(programme: Programme, terms: ScoreTerms, today: date) -> list[tuple[Decimal, Says, str, str, bool]]:
    found = [(one.at, one.says, one.source, one.confidence, False) for one in programme.in_force(today)]
    if terms.line is not None:
        says = Says(terms.says, terms.says) if terms.says else _OWN
        found.append((terms.line, says, "", "", True))
    return sorted(found, key=lambda one: -one[0])


def _line(
    at: Decimal, says: Says, source: str, confidence: str, own: bool, last: Reading | None, end: Ahead | None
) -> LineSeen:
    state: State = "unknown"
    if last is not None:
        state = "below" if last.value < at else "heading" if end is not None and end.low < float(at) else "clear"
    return LineSeen(at, says, source, confidence, own, None if last is None else last.value - at, state)


def _state(last: Reading | None, lines: Sequence[LineSeen]) -> State:
    if last is None:
        return "unknown"
    states: list[State] = [one.state for one in lines]
    return max(states, key=lambda one: _RANK[one], default="no_line")


def _part(measure: Measure, shown: Reading | None, terms: ScoreTerms, house: Mapping[str, Shown]) -> Part:
    own, goal = house.get(measure.metric), terms.goals.get(measure.code)
    bottom = own.now.bottom if own else 0
    one = 1 / bottom if bottom and measure.unit == "share" else None
    return Part(measure, shown, goal, own, one, _to_go(measure, own, goal) if bottom and goal is not None else None)


def _to_go(measure: Measure, own: Shown | None, goal: Decimal) -> int | None:
    if own is None or own.now.ratio is None:
        return None
    if measure.unit == "seconds":
        return max(0, math.ceil(own.now.ratio - float(goal)))
    if measure.better == "low":
        return max(0, own.now.top - math.floor(goal * own.now.bottom))
    return max(0, math.ceil(goal * own.now.bottom) - own.now.top)

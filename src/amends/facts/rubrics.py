"""What is looked at when goods come back, by category: rubrics, schedules of deductions and tolerances, as data with their sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from amends.facts.codes import CATEGORIES, GOODS_STATES, GRADES
from amends.facts.rulebook import Says

OTHER: Final = "other"
DISPOSITIONS: Final = ("restock", "refurbish", "supplier", "scrap", "send_back")
"""What becomes of goods that came back."""


class UnableToReadRubrics(ValueError):
    """The file cannot be used; the message names the field and says what would be right."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A state of the goods that may be held against the buyer: where that stands, and the schedule's percent of the price."""

    state: str
    source: str
    percent: int
    photo: bool


@dataclass(frozen=True, slots=True)
class Rubric:
    """How goods of some categories are inspected. `grades`: the schedule's percent of the price for each grade. `photo_from`: from this
    grade down a photo must be there. `serial`: the number on each piece is compared with what was sold."""

    code: str
    says: Says
    categories: frozenset[str]
    grounds: tuple[Ground, ...]
    grades: Mapping[str, int]
    photo_from: str
    serial: bool
    hints: tuple[Says, ...]

    @property
    def states(self) -> tuple[str, ...]:
        """The states that are looked at."""
        return tuple([one.state for one in self.grounds])

    def percent(self, grade: str, states: frozenset[str]) -> int:
        """What the schedule takes off the price: the grade's percent, or that of all states together, whichever is more; at most all."""
        together = sum([one.percent for one in self.grounds if one.state in states])
        return min(100, max(self.grades[grade], together))

    def needs_photo(self, grade: str, states: frozenset[str]) -> bool:
        """Whether a finding has to be shown by a photo."""
        return grade >= self.photo_from or any(one.photo and one.state in states for one in self.grounds)


@dataclass(frozen=True, slots=True)
class Scales:
    """How far a weight may be off before it is told: by so many grams or by so many percent, whichever is more. `empty`: at or below this
    percent of what was sent, a parcel is as good as empty."""

    grams: int
    percent: int
    empty: int

    def verdict(self, expected: int | None, found: int | None) -> str:
        """fits, light, heavy or empty; "" where one of the two weights is not known."""
        if not expected or found is None:
            return ""
        if found * 100 <= expected * self.empty:
            return "empty"
        room = max(self.grams, expected * self.percent // 100)
        return "light" if found < expected - room else "heavy" if found > expected + room else "fits"


@dataclass(frozen=True, slots=True)
class Rubrics:
    """Every rubric, the scales, and the times that people are given."""

    rubrics: tuple[Rubric, ...]
    scales: Scales
    objection_days: int
    second_look_hours: int

    def of(self, category: str) -> Rubric:
        """The rubric for a category of goods; the one called `other` where none names it."""
        found = next((one for one in self.rubrics if category in one.categories), None)
        return found or next(one for one in self.rubrics if one.code == OTHER)


def read_rubrics(raw: Mapping[str, Any]) -> Rubrics:
    """The rubrics of a parsed file. Raises `UnableToReadRubrics`."""
    told = raw.get("rubrics")
    if not isinstance(told, list) or not told:
        raise UnableToReadRubrics("rubrics: a list is wanted")
    found = tuple([_rubric(f"rubrics[{index}]", one) for index, one in enumerate(told)])
    if OTHER not in [one.code for one in found]:
        raise UnableToReadRubrics("rubrics: one with the code `other` is wanted, for goods that no other names")
    scales = raw.get("scales") or {}
    return Rubrics(
        found,
        Scales(
            _count("scales.grams", scales.get("grams"), 100_000),
            _count("scales.percent", scales.get("percent"), 100),
            _count("scales.empty", scales.get("empty"), 100),
        ),
        _count("objection_days", raw.get("objection_days"), 60),
        _count("second_look_hours", raw.get("second_look_hours"), 720),
    )


def _rubric(at: str, raw: Any) -> Rubric:
    if not isinstance(raw, dict) or not isinstance(raw.get("code"), str):
        raise UnableToReadRubrics(f"{at}.code: a name is wanted")
    named = frozenset(raw.get("categories") or ())
    if unknown := sorted(named - CATEGORIES):
        raise UnableToReadRubrics(f"{at}.categories: {unknown[0]} is none of {', '.join(sorted(CATEGORIES))}")
    grades = {grade: _count(f"{at}.grades.{grade}", (raw.get("grades") or {}).get(grade), 100) for grade in "ABCD"}
    if list(grades.values()) != sorted(grades.values()):
        raise UnableToReadRubrics(f"{at}.grades: a lower grade cannot take off less than a higher one")
    photo = raw.get("photo_from", "C")
    if photo not in GRADES:
        raise UnableToReadRubrics(f"{at}.photo_from: one of A, B, C, D is wanted")
    return Rubric(
        raw["code"],
        _says(f"{at}.title", raw.get("title")),
        named,
        tuple([_ground(f"{at}.grounds[{index}]", one) for index, one in enumerate(raw.get("grounds") or ())]),
        grades,
        photo,
        bool(raw.get("serial", False)),
        tuple([_says(f"{at}.hints[{index}]", one) for index, one in enumerate(raw.get("hints") or ())]),
    )


def _ground(at: str, raw: Any) -> Ground:
    if not isinstance(raw, dict) or raw.get("state") not in GOODS_STATES:
        raise UnableToReadRubrics(f"{at}.state: one of {', '.join(GOODS_STATES)} is wanted")
    if not isinstance(raw.get("source"), str) or not raw["source"]:
        raise UnableToReadRubrics(f"{at}.source: where it stands is wanted")
    percent = _count(f"{at}.percent", raw.get("percent"), 100)
    return Ground(raw["state"], raw["source"], percent, bool(raw.get("photo", False)))


def _says(at: str, raw: Any) -> Says:
    if not isinstance(raw, dict) or not raw.get("en") or not raw.get("zh"):
        raise UnableToReadRubrics(f"{at}: words in en and zh are wanted")
    return Says(str(raw["en"]), str(raw["zh"]))


def _count(at: str, raw: Any, most: int) -> int:
    if type(raw) is not int or not 0 <= raw <= most:
        raise UnableToReadRubrics(f"{at}: a whole number from 0 to {most} is wanted, not {raw!r}")
    return raw

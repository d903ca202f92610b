"""Readings of scores: what a platform showed on a day, as people and systems tell it, and the lines that a shop sets itself."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final, Literal

from amends.facts.scores import MEASURES, SCORE, Programme, programmes_of

Way = Literal["form", "file", "api"]
WAYS: Final[Mapping[str, Way]] = {"form": "form", "file": "file", "api": "api"}
MOST_ROWS: Final = 5_000
MOST_SECONDS: Final = Decimal(366 * 86400)
_PLACES: Final = Decimal("0.0001")
_OLDEST: Final = timedelta(days=366 * 3)
_HEADS: Final[Mapping[str, Sequence[str]]] = {
    "day": ("day", "date", "日期"),
    "shop": ("shop", "店铺"),
    "score": ("programme", "score", "评分", "分数类型"),
    "measure": ("measure", "metric", "指标"),
    "value": ("value", "值", "数值"),
}


class UnableToReadScores(ValueError):
    """Readings cannot be kept as they were told; `field` names what is wrong, `row` the line of a file (0: none)."""

    def __init__(self, field: str, message: str, row: int = 0) -> None:
        super().__init__(f"line {row}: {field}: {message}" if row else f"{field}: {message}")
        self.field, self.row = field, row


@dataclass(frozen=True, slots=True)
class Reading:
    """What a platform showed. `value`: points, a share (0.0123) or seconds, to four places. `way`: how it came in."""

    programme: str
    measure: str
    day: date
    value: Decimal
    way: Way = "form"


@dataclass(frozen=True, slots=True)
class ScoreTerms:
    """What a shop sets itself for one programme. `line`: below it the shop loses what `says` tells; `goals`: by measure."""

    line: Decimal | None = None
    says: str = ""
    goals: Mapping[str, Decimal] = field(default_factory=dict)

    def kept(self) -> dict[str, object]:
        """Will give them as they are kept."""
        line = None if self.line is None else str(self.line)
        return {"line": line, "says": self.says, "goals": {name: str(value) for name, value in self.goals.items()}}


def read_value(programme: Programme, measure: str, text: str) -> Decimal:
    """Will read a value as people write it: points; a share in percent (1.23 or 1.23%); hours, or seconds with an s (90s).

    Raises `UnableToReadScores`.
    """
    unit = MEASURES[measure].unit
    plain = text.strip().replace(",", "").replace("，", "").removesuffix("%").strip()
    seconds = unit == "seconds" and plain.endswith("s")
    try:
        found = Decimal(plain.removesuffix("s"))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise UnableToReadScores(measure, f"{text[:40]!r} is no number")
    if unit == "share":
        found, low, high = found / 100, Decimal(0), Decimal(1)
    elif unit == "seconds":
        found, low, high = found if seconds else found * 3600, Decimal(0), MOST_SECONDS
    else:
        low, high = (programme.low, programme.high)
        high = max(high, Decimal(100)) if measure != SCORE and programme.id == "douyin_experience" else high
    if not low <= found <= high:
        raise UnableToReadScores(measure, f"{text[:40]!r} lies outside of what there can be")
    return found.quantize(_PLACES)


def read_day(text: str, today: date) -> date:
    """Will read a day that is over or today's. Raises `UnableToReadScores`."""
    try:
        found = date.fromisoformat(text.strip()[:10].replace("/", "-"))
    except ValueError:
        raise UnableToReadScores("day", f"{text[:40]!r} is no day; write for example 2026-11-25") from None
    if not today - _OLDEST <= found <= today:
        raise UnableToReadScores("day", f"{found} is not within the last three years")
    return found


def read_readings(programme: Programme, day: date, told: Mapping[str, str], way: Way) -> tuple[Reading, ...]:
    """Will read the values of a day; empty ones are not told. Raises `UnableToReadScores`."""
    known = (SCORE, *programme.measures)
    strange = next((name for name in told if name not in known), None)
    if strange is not None:
        raise UnableToReadScores("measure", f"{strange[:40]!r} is none of {', '.join(known)}")
    found = [
        Reading(programme.id, name, day, read_value(programme, name, told[name]), way)
        for name in known
        if told.get(name, "").strip()
    ]
    if not found:
        raise UnableToReadScores(SCORE, "write down at least one number")
    return tuple(found)


def read_terms(programme: Programme, told: Mapping[str, str]) -> ScoreTerms:
    """Will read what a shop sets itself. Raises `UnableToReadScores`."""
    text, says = told.get("line", "").strip(), " ".join(told.get("says", "").split())
    line = read_value(programme, SCORE, text) if text else None
    if len(says) > 200:
        raise UnableToReadScores("says", "200 letters at most")
    goals = {
        name: read_value(programme, name, told[f"goal_{name}"])
        for name in programme.measures
        if told.get(f"goal_{name}", "").strip()
    }
    return ScoreTerms(line, says, goals)


def read_file(content: bytes, shops: Mapping[str, str], today: date) -> dict[str, list[Reading]]:
    """Will read a CSV of readings by shop: all of it, or nothing. `shops`: the channel of each shop.

    Raises `UnableToReadScores`, naming the line.
    """
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error):
        raise UnableToReadScores("file", "a CSV file in UTF-8 is needed") from None
    places = _places(rows[0] if rows else [])
    if len(rows) > MOST_ROWS:
        raise UnableToReadScores("file", f"{MOST_ROWS} lines at most")
    found: dict[str, list[Reading]] = {}
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        cells = {name: row[place].strip() if place < len(row) else "" for name, place in places.items()}
        try:
            found.setdefault(cells["shop"], []).append(_row(cells, shops, today))
        except UnableToReadScores as fault:
            raise UnableToReadScores(fault.field, str(fault).partition(": ")[2], number) from fault
    if not found:
        raise UnableToReadScores("file", "there is no line in it")
    return found


def _places(head: Sequence[str]) -> dict[str, int]:
    plain = [cell.strip().lower() for cell in head]
    places = {}
    for name, words in _HEADS.items():
        there = [place for place, cell in enumerate(plain) if cell in words]
        if not there:
            raise UnableToReadScores("file", f"a column {words[0]} ({words[-1]}) is missing", 1)
        places[name] = there[0]
    return places


def _row(cells: Mapping[str, str], shops: Mapping[str, str], today: date) -> Reading:
    channel = shops.get(cells["shop"])
    if channel is None:
        raise UnableToReadScores("shop", f"there is no shop {cells['shop'][:60]!r}")
    own = next((one for one in programmes_of(channel) if one.id == cells["score"]), None)
    if own is None:
        known = ", ".join([one.id for one in programmes_of(channel)])
        raise UnableToReadScores("programme", f"{cells['score'][:40]!r} is none of {known or 'its platform'}")
    day = read_day(cells["day"], today)
    return read_readings(own, day, {cells["measure"]: cells["value"] or " "}, "file")[0]

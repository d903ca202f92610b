"""What a rehearsal or a shadow found, laid out for a page: the table of outcomes, the money, counts, conflicts and cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from amends.facts.rehearsed import Counted, Example, Move, Rehearsed

_ORDER: Final = ("accept", "offer", "ask", "refuse")


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """The money back of one currency, in minor units. `more`: after less before; `gap`: how much that is either way."""

    currency: str
    before: int
    after: int

    @property
    def more(self) -> int:
        """After less before."""
        return self.after - self.before

    @property
    def gap(self) -> int:
        """How much it is, more or less."""
        return abs(self.more)


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of the table: from one outcome to another. `move` is None where no case goes that way."""

    outcome: str
    stays: bool
    move: Move | None
    money: tuple[MoneyLine, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """An example with the number that people know its case by, and how much more goes back."""

    example: Example
    key: str
    money: MoneyLine


def shown(found: Rehearsed, keys: Mapping[int, str]) -> dict[str, Any]:
    """Will give what the template `setup/rehearsed.html` shows."""
    there = {move.before for move in found.matrix} | {move.after for move in found.matrix}
    outcomes = [one for one in _ORDER if one in there]
    places = {(move.before, move.after): move for move in found.matrix}
    return {
        "found": found,
        "percent": _percent(found.changed, found.cases),
        "outcomes": outcomes,
        "rows": [(one, [_cell(one, then, places.get((one, then))) for then in outcomes]) for one in outcomes],
        "money": [MoneyLine(*one) for one in found.money],
        "counted": [
            ("kind", [one for one in found.remedies if one.name != "none"]),
            ("handling", found.handlings),
        ],
        "conflicts": found.conflicts,
        "rules": _spoke(found.rules),
        "examples": [_shown(one, keys) for one in found.examples],
    }


def _spoke(rules: tuple[Counted, ...]) -> list[Counted]:
    """Rules that speak for more or for fewer cases than before, the largest difference first."""
    return sorted([one for one in rules if one.more], key=lambda one: (-abs(one.more), one.name))[:20]


def _percent(part: int, whole: int) -> str:
    return f"{part * 100 / whole:.1f}" if whole else "0"


def _cell(before: str, after: str, move: Move | None) -> Cell:
    lines = tuple([MoneyLine(*one) for one in move.money]) if move else ()
    return Cell(after, before == after, move, tuple([one for one in lines if one.more]))


def _shown(one: Example, keys: Mapping[int, str]) -> Shown:
    line = MoneyLine(one.currency, one.before.money, one.after.money)
    return Shown(one, keys.get(one.number, str(one.number)), line)

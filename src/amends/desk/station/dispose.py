"""What becomes of goods that came back: a decision of its own, beside the money, with its effect on the stock told to the shop's system."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from amends.desk.cases.desk import actor
from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.station.desk import StationDesk
from amends.desk.station.inspect import looks_at
from amends.facts.log import Entry
from amends.facts.objection import objection_stands
from amends.facts.people import Person
from amends.facts.rubrics import DISPOSITIONS
from amends.facts.sold import lines_of
from amends.facts.work import CaseState

STOCK: Final = {"restock": 1, "refurbish": 0, "supplier": 0, "scrap": 0, "send_back": 0}
"""By how much a piece raises the stock that can be sold."""


_LEAVES: Final = frozenset({"supplier", "scrap", "send_back"})


@dataclass(frozen=True, slots=True)
class Placed:
    """So many pieces of a line, and where they go. `mark`: how they have to be marked when sold again, "" as new."""

    line: str
    pieces: int
    to: str
    mark: str = ""


def left_to_place(desk: StationDesk, number: int) -> dict[str, int]:
    """The pieces of each line that are here by the last inspection and have no place yet."""
    history = desk.cases.casework.history(number)
    looks = looks_at(history)
    lines = (looks[-1].data.get("lines") if looks else None) or ()
    left = {str(one["line"]): int(one["good"]) + int(one["defective"]) + int(one["wrong"]) for one in lines}
    for sealed in history.entries:
        if sealed.entry.what == "disposed":
            for one in sealed.entry.data.get("items") or ():
                left[str(one["line"])] = left.get(str(one["line"]), 0) - int(one["pieces"])
    return {line: many for line, many in left.items() if many > 0}


def dispose(
    desk: StationDesk,
    number: int,
    person: Person,
    placed: Sequence[Placed],
    note: str = "",
    began: datetime | None = None,
    version: int | None = None,
) -> CaseState:
    """Give goods their place. Raises `UnableToWork`: nothing inspected, more pieces than are here, an unknown place."""
    state = desk.case(number, person, version)
    if state.tracks.goods not in ("inspected", "sent_back"):
        raise UnableToWork("not_possible", "inspect the goods first", "请先验货")
    given = [one for one in placed if one.pieces]
    if not given:
        raise bad_value("pieces", "say how many pieces go where", "请填写去向与件数")
    with desk.book.transaction(), desk.cases.hold(number, person, "receive") as held:
        _check_needed(desk, held.state, given)
        left, lines = left_to_place(desk, number), lines_of(state.case)
        for one in given:
            if one.to not in DISPOSITIONS:
                raise bad_value("to", f"one of {', '.join(DISPOSITIONS)}", "去向不在可选范围内")
            left[one.line] = left.get(one.line, 0) - one.pieces
            if one.pieces < 0 or left[one.line] < 0:
                raise bad_value(f"pieces-{one.line}", "no more pieces than are here", "去向件数不能超过实收件数")
        items = [_told(one, lines.get(one.line, {})) for one in given]
        after = held.write(Entry("disposed", actor(person), desk.now(), note.strip()[:500], data={"items": items}))
        desk.visited("dispose", person, state.shop, began, case=number)
        return after


def _check_needed(desk: StationDesk, state: CaseState, given: Sequence[Placed]) -> None:
    """Goods that may have to be looked at again stay here: all of them once the buyer objects, before that those that would leave."""
    stands = objection_stands(state.case, desk.now())
    if stands == "objected" or (stands == "open" and any(one.to in _LEAVES for one in given)):
        raise UnableToWork(
            "not_possible",
            "the buyer may still have these goods looked at a second time; until then they stay here",
            "买家仍可要求复验，复验或期限届满前商品须留存",
        )


def _told(one: Placed, line: Any) -> dict[str, Any]:
    sku = str(line.get("sku") or "")
    return {
        "line": one.line,
        "sku": sku,
        "pieces": one.pieces,
        "to": one.to,
        "mark": one.mark.strip()[:120],
        "stock": STOCK[one.to] * one.pieces,
    }

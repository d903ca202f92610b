"""An inspection as its buyer is told it: what was found, with photos, what it takes off, by which rule, and until when to object."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from amends.desk.station.desk import StationDesk
from amends.desk.station.inspect import looks_at
from amends.facts.objection import objection_stands, objection_until


@dataclass(frozen=True, slots=True)
class ToldInspection:
    """`stands`: open, objected or "" (see `amends.facts.objection`). `taken`: minor units as a decimal string, "" for nothing."""

    second: bool
    at: datetime
    findings: tuple[str, ...]
    grade: str
    deductions: tuple[tuple[str, str], ...]
    rules: tuple[str, ...]
    photos: tuple[str, ...]
    currency: str
    stands: str
    until: datetime | None


def told_inspection(desk: StationDesk, number: int) -> ToldInspection | None:
    """The last inspection of a case for its buyer; None where there is none that the station wrote."""
    state = desk.cases.casework.look(number)
    looks = looks_at(desk.cases.casework.history(number)) if state is not None else []
    if state is None or not looks or "lines" not in looks[-1].data:
        return None
    data: Any = looks[-1].data
    photos = [sha for look in looks for sha in look.data.get("photos") or ()]
    found = state.case.get("inspection") or {}
    taken = [("diminished_value", found.get("loss")), ("not_returned", found.get("not_returned"))]
    return ToldInspection(
        looks[-1].what == "second_look",
        looks[-1].at,
        tuple(data.get("findings") or ()),
        str(data.get("grade") or ""),
        tuple([(kind, str(amount)) for kind, amount in taken if amount]),
        tuple(data.get("rules") or ()),
        tuple(dict.fromkeys(photos)),
        state.currency,
        objection_stands(state.case, desk.now()),
        objection_until(state.case),
    )

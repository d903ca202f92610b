"""What a sheet comes to: the facts that it gives, and what it takes off under the ceiling of law, platform and policy. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from amends.basics.money import Minor, write_minor
from amends.facts.case import Case
from amends.facts.codes import DEFECT
from amends.facts.decision import Decision
from amends.facts.rubrics import Rubrics
from amends.facts.sheet import Ceiling, Claimed, Sheet, ceiling_of, claimed, most_claimed, rubric_of
from amends.facts.told import noted

Deciding = Callable[[Mapping[str, Any]], tuple[Case, Decision]]
"""Takes a case file, and gives the case that it states with the decision on it."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a sheet comes to: what it claims, the law's ceiling over it, and what is taken off."""

    claimed: Claimed
    ceiling: Ceiling
    taken: Claimed


def weigh_sheet(file: Mapping[str, Any], sheet: Sheet, rubrics: Rubrics, deciding: Deciding, at: datetime) -> Weighed:
    """What a sheet would take off: tried with the whole price of all that is not good, what the decision then takes off is the ceiling."""
    case, _ = deciding(file)
    most = most_claimed(case, sheet)
    trial, decision = deciding(noted(file, facts_of(file, case, sheet, most, rubrics, at)))
    asked, ceiling = claimed(case, sheet, rubrics), ceiling_of(trial, decision, most)
    return Weighed(asked, ceiling, ceiling.cut(asked))


def facts_of(
    file: Mapping[str, Any], case: Case, sheet: Sheet, taken: Claimed, rubrics: Rubrics, at: datetime
) -> dict[str, Any]:
    """What the house has found out, in the shape of a case file. Every state that was looked at is told, also where it was not there."""
    now, digits = at.isoformat(), case.order.digits
    goods: dict[str, bool] = {}
    for item in case.request.lines:
        goods |= dict.fromkeys(rubric_of(rubrics, item).states, False)
    goods |= dict.fromkeys(sheet.states, True)
    if sheet.grade == "B":
        goods["opened"] = True
    if case.request.reason not in DEFECT:
        goods["incomplete"] = bool(goods.get("incomplete")) or any(one.missing for one in sheet.lines)
        goods["swapped"] = bool(goods.get("swapped")) or any(one.wrong for one in sheet.lines)
    found = {
        "at": now,
        "grade": sheet.grade,
        "findings": list(findings(sheet)),
        "loss": _told(taken.loss, digits),
        "not_returned": _told(taken.not_returned, digits),
    }
    grams = sheet.grams or (file.get("return_parcel") or {}).get("grams")
    back: dict[str, Any] = {"empty": sheet.nothing_came}
    if grams:
        back["grams"] = grams
    facts: dict[str, Any] = {"inspection": found, "goods": goods, "return_parcel": back}
    if sheet.grams:
        facts["evidence"] = [{"kind": "weight", "by": "merchant", "at": now}]
    return facts


def _told(amount: Minor, digits: int) -> str | None:
    return write_minor(amount, digits) if amount else None


def findings(sheet: Sheet) -> Sequence[str]:
    """What was written, line by line."""
    return [one.strip()[:300] for one in (*sheet.notes, *[line.note for line in sheet.lines]) if one.strip()][:40]

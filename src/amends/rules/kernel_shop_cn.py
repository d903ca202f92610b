"""What the rules of the PRC's shopping platforms ask of a case again and again: states, proofs, kinds of goods."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from amends.basics.money import Minor, share
from amends.facts.case import Case, Line
from amends.facts.codes import NO_REASON
from amends.facts.stage import is_unshipped, paid_for_request

SPOILED: Final = ("damaged", "incomplete", "swapped", "used", "washed")
CONFIRMABLE: Final = frozenset(
    {"unsealing_sensitive", "activation_sensitive", "near_expiry_disclosed", "flaw_disclosed"}
)


def is_no_reason_return(case: Case) -> bool:
    """A return of goods that were sent, without any defect alleged."""
    return case.request.kind == "return_refund" and case.request.reason in NO_REASON and not is_unshipped(case)


def is_confirmed(line: Line) -> bool:
    """The buyer confirmed by an act of their own, for this purchase, that the line cannot be returned."""
    return line.no_return_confirmed and not line.no_return_preticked


def is_closed_to_return(line: Line, seal_broken: bool | None) -> bool:
    """Of a kind that no platform takes back without a reason: custom made, perishable, digital, periodicals, services."""
    traits = line.traits
    if "custom_made" in traits or "perishable" in traits or "digital_started" in traits:
        return True
    if line.category in ("fresh", "digital", "periodical", "service"):
        return True
    return "sealed_media" in traits and bool(seal_broken)


def spoiled(case: Case) -> list[str]:
    """States in which goods no longer come back as they left; the inspector's grade C or D where no state says more."""
    goods = case.goods
    found = [state for state in SPOILED if getattr(goods, state)]
    grade = case.inspection.grade if case.inspection else None
    if not found and grade in ("C", "D"):
        found.append(f"grade_{grade.lower()}")
    return found


def proofs(case: Case, party: str, kinds: tuple[str, ...] = (), since: datetime | None = None) -> list[str]:
    """Kinds of evidence that `party` gave, of `kinds` (empty: any), at or after `since`."""
    return [
        item.kind
        for item in case.evidence
        if item.by == party and (not kinds or item.kind in kinds) and (since is None or (item.at and item.at >= since))
    ]


def percent_of_paid(case: Case, percent: int) -> Minor:
    """`percent` of what was paid for the pieces asked about, rounded half up to the minor unit."""
    return share(paid_for_request(case), percent, 100)

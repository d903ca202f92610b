"""The lines of an order as its buyer sees them: what can be asked for, until when, and why not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from amends.desk.cases.open_case import Wish
from amends.desk.portal.desk import PortalDesk
from amends.desk.portal.trials import Tried, speaking, tried, why_of
from amends.facts.case import Case
from amends.facts.orders import ShopOrderFile
from amends.facts.portal import LineLook, Stage
from amends.facts.stage import is_received, is_unshipped
from amends.facts.work import CaseState

_ASKING: Final = Wish("refund_only", "other")
_SENT_BACK: Final = ("return_refund", "changed_mind")
_OTHERWISE: Final[dict[Stage, tuple[tuple[str, str], ...]]] = {
    "unshipped": (("cancel", "changed_mind"),),
    "under_way": (("return_refund", "changed_mind"), ("refund_only", "not_received")),
    "here": (_SENT_BACK, ("return_refund", "quality"), ("exchange", "quality")),
}
"""What is tried for a line, to know whether anything can still be asked for: (kind, reason)."""


def stage_of(desk: PortalDesk, order: ShopOrderFile, lines: Sequence[tuple[str, int]]) -> Stage:
    """Where these pieces are."""
    return _stage(tried(desk.cases, order, Wish(_ASKING.kind, _ASKING.reason, lines)).case)


def line_looks(desk: PortalDesk, order: ShopOrderFile) -> list[LineLook]:
    """Every line of an order, gifts left out."""
    whole = tried(desk.cases, order, _ASKING).case
    taken = taken_pieces(desk.known.cases_of(order.shop, order.number))
    looks = []
    for line in whole.order.lines:
        if "gift" in line.traits:
            continue
        gone, key = taken.get(line.id, (0, ""))
        free = max(0, line.quantity - gone)
        looks.append(_look(desk, order, line.id, free, key))
    return looks


def taken_pieces(cases: Sequence[CaseState]) -> dict[str, tuple[int, str]]:
    """By line: how many pieces a request is about that is neither withdrawn nor refused, and the key of the latest such case."""
    found: dict[str, tuple[int, str]] = {}
    for state in cases:
        if state.tracks.decision in ("withdrawn", "refused"):
            continue
        for line, many in _asked(state.case):
            before, key = found.get(line, (0, ""))
            found[line] = (before + many, key or state.key)
    return found


def _asked(case: dict[str, Any]) -> Iterator[tuple[str, int]]:
    lines = (case.get("request") or {}).get("lines") or ()
    if not lines:
        for line in (case.get("order") or {}).get("lines") or ():
            yield str(line["id"]), int(line.get("quantity") or 1)
    for one in lines:
        yield str(one["id"]), int(one.get("quantity") or 1)


def _look(desk: PortalDesk, order: ShopOrderFile, line_id: str, free: int, key: str) -> LineLook:
    lines = ((line_id, 1),)
    stage = stage_of(desk, order, lines)
    trials = [tried(desk.cases, order, Wish(kind, reason, lines)) for kind, reason in _OTHERWISE[stage]]
    first = trials[0]
    line = first.case.request.lines[0].line
    possible = any(one.decision.outcome != "refuse" or not one.decision.may_refuse for one in trials)
    refused = first.decision.outcome == "refuse"
    return LineLook(
        id=line.id,
        title=line.title or line.sku or line.id,
        sku=line.sku or "",
        quantity=line.quantity,
        free=free,
        paid=line.paid,
        stage=stage,
        closed=free == 0 or not possible,
        taken_by=key if free < line.quantity else "",
        why=why_of(first) if refused else None,
        until=until_of(first) if refused else _still(until_of(first), desk.cases.now()),
        over=refused,
    )


def _still(until: datetime | None, now: datetime) -> datetime | None:
    """A period that is over says nothing where the shop takes goods back all the same."""
    return until if until is not None and until > now else None


def until_of(seen: Tried) -> datetime | None:
    """Until when the goods can (or could) be sent back without a reason, as the rule that gives the right says; None where none does."""
    found = speaking(seen.decision)
    if found is not None and found.rule.effect == "excludes":
        return None
    dates = [one.facts.get("until") for one in seen.decision.because if one.rule.effect == "entitles"]
    said = (found.facts.get("until") if found else None) or next((one for one in dates if one), None)
    return said if isinstance(said, datetime) else None


def _stage(case: Case) -> Stage:
    if is_unshipped(case):
        return "unshipped"
    return "here" if is_received(case) else "under_way"

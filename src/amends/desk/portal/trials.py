"""Looking ahead: a wish decided as a case before it is one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from amends.decide.decide import decide
from amends.desk.cases.desk import CaseDesk, policy_of
from amends.desk.cases.open_case import Wish, case_file
from amends.facts.case import Case
from amends.facts.decision import Decision
from amends.facts.orders import ShopOrderFile
from amends.facts.portal import Prospect
from amends.facts.read_case import read_case
from amends.facts.rulebook import Finding, Says
from amends.facts.sentences import sentence

_SPEAK: Final = ("law", "platform", "policy")
_AGAINST: Final = (("excludes", "holds"), ("entitles", "fails"), ("limits", "holds"), ("requires", "fails"))
_FOR: Final = (("entitles", "holds"), ("proposes", "holds"))
_LATER: Final = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Tried:
    """A would-be case and the decision on it."""

    case: Case
    decision: Decision


def tried(desk: CaseDesk, order: ShopOrderFile, wish: Wish, more: Mapping[str, Any] | None = None) -> Tried:
    """Decide a wish about an order as of now, as if it were sent. `more`: parts of a case file that are assumed besides.

    Raises `UnableToReadCase` where order and wish make no case.
    """
    now = desk.now()
    raw = case_file(order.file, "trial", wish, now.isoformat())
    for part, told in (more or {}).items():
        raw[part] = {**raw.get(part, {}), **told}
    case = read_case(raw)
    policy = policy_of(desk.house, order.shop, case, None)
    return Tried(case, decide(case, now, desk.house.rulebooks, policy))


def prospect(desk: CaseDesk, order: ShopOrderFile, wish: Wish, *, automatic: bool) -> Prospect:
    """What would follow from a wish: the amount by payment, whether the goods go back and who pays that, and by when."""
    seen = tried(desk, order, wish)
    decision = seen.decision
    refund = decision.refund
    days, by = _money_by(desk, order, wish, decision)
    return Prospect(
        kind=wish.kind,
        outcome=decision.outcome,
        remedy=decision.remedy,
        currency=decision.currency,
        total=refund.total if refund else None,
        pays=tuple([(one.method, one.amount) for one in refund.tenders if one.amount]) if refund else (),
        deductions=tuple([(one.kind, one.amount) for one in refund.deductions if one.amount]) if refund else (),
        back=decision.back.required,
        freight=decision.back.shipping_paid_by,
        ship_by=decision.back.ship_by,
        refund_days=days,
        refund_by=by,
        answer_by=_due(decision, "merchant", "respond"),
        at_once=automatic and decision.handling == "auto" and decision.outcome == "accept",
        missing=decision.missing,
        why=why_of(seen),
    )


def why_of(seen: Tried) -> Says | None:
    """The sentence that explains an answer best: for a refusal what stands in the way, else what gives the right."""
    found = speaking(seen.decision)
    if found is None:
        return None
    lines = found.facts.get("lines")
    if not isinstance(lines, list | tuple | frozenset):
        return sentence(found)
    titles = {line.id: line.title or line.id for line in seen.case.order.lines}
    return sentence(replace(found, facts={**found.facts, "lines": [titles.get(one, one) for one in lines]}))


def speaking(decision: Decision) -> Finding | None:
    """The finding that explains an answer best; None where only the policy's last word speaks."""
    refused = decision.outcome == "refuse"
    for layer in _SPEAK[:2] if refused else _SPEAK:
        for effect, verdict in _AGAINST if refused else _FOR:
            for one in decision.because:
                if (one.rule.layer, one.rule.effect, one.verdict) == (layer, effect, verdict):
                    return one
    return None


def _money_by(
    desk: CaseDesk, order: ShopOrderFile, wish: Wish, decision: Decision
) -> tuple[int | None, datetime | None]:
    """When the money goes back: in so many days after the goods are (or the yes is) there, or by a date whatever happens.

    Found by looking ahead twice: as if it happened now, and as if it happened some days later.
    """
    if decision.refund is None or not decision.refund.total or decision.outcome not in ("accept", "offer"):
        return None, None
    now = desk.now()
    first = _due(_looking_ahead(desk, order, wish, decision, now), "merchant", "refund")
    if first is None:
        return None, None
    later = _due(_looking_ahead(desk, order, wish, decision, now - _LATER), "merchant", "refund")
    return (None, first) if later == first else ((first - now).days, None)


def _looking_ahead(desk: CaseDesk, order: ShopOrderFile, wish: Wish, decision: Decision, at: datetime) -> Decision:
    told = at.isoformat()
    more: dict[str, Any] = {"request": {"agreed_at": told}}
    if decision.back.required:
        more["return_parcel"] = {"shipped_at": told, "signed_at": told, "waybill": "trial"}
    return tried(desk, order, wish, more).decision


def _due(decision: Decision, who: str, action: str) -> datetime | None:
    found = [one.due.due for one in decision.deadlines if (one.due.who, one.due.action) == (who, action)]
    return min(found) if found else None

"""What the house knows, as the outside reads it: amounts as decimal strings, times in ISO 8601, words in both languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

import orjson
from django.http import HttpRequest, HttpResponse

from amends.basics.currencies import EXPONENTS
from amends.basics.money import write_minor
from amends.desk.cases.approve import Effect
from amends.facts.api import KeptAnswer
from amends.facts.listed import ListLine
from amends.facts.offers import Offer
from amends.facts.payout import MoneyBox, PaymentView, PlanView, StepView
from amends.facts.rulebook import Says
from amends.facts.work import CaseHistory, CaseState, WaitingApproval
from amends.web.api.calls import sent

Json = dict[str, Any]
_HOLD: Final = ("holds", "unknown")


def answer(told: Any, status: int = 200, version: int | None = None) -> KeptAnswer:
    """An answer to be sent or kept; `version` of a case becomes its ETag."""
    return KeptAnswer("", status, "" if version is None else f'"{version}"', orjson.dumps(told))


def reply(request: HttpRequest, told: Any, version: int | None = None) -> HttpResponse:
    """An answer to a call that changed nothing; 304 where the caller has it already."""
    made = answer(told, 200, version)
    if made.etag and request.headers.get("If-None-Match") == made.etag:
        return HttpResponse(status=304, headers={"ETag": made.etag})
    return sent(made, request)


def amount(minor: int, currency: str) -> str:
    """Minor units as a decimal string."""
    return write_minor(minor, EXPONENTS.get(currency, 2))


def when(at: datetime | None) -> str | None:
    """An instant."""
    return None if at is None else at.isoformat()


def words(says: Says | None) -> Json | None:
    """Words in both languages."""
    return None if says is None else {"en": says.en, "zh": says.zh}


def case(state: CaseState, *, whole: bool = False) -> Json:
    """A case. Without `whole` the decision tells only the reasons that hold or are open."""
    tracks = state.tracks
    order = state.case.get("order") or {}
    return {
        "id": state.number,
        "key": state.key,
        "shop": state.shop,
        "merchant": state.merchant,
        "market": state.market,
        "currency": state.currency,
        "order": str(order.get("id") or ""),
        "status": state.status,
        "tracks": {
            "decision": tracks.decision,
            "goods": tracks.goods,
            "replacement": tracks.replacement,
            "repair": tracks.repair,
            "platform": tracks.platform,
            "card": tracks.card,
            "desk": tracks.desk,
        },
        "version": state.version,
        "assignee": state.assignee,
        "exception": state.exception,
        "escalated_to": state.escalated_to,
        "waits_for_approval": state.to_approve,
        "agreed": state.agreed,
        "decision": state.decision if whole else _reasons_that_hold(state.decision),
    }


def _reasons_that_hold(decision: Json | None) -> Json | None:
    if decision is None:
        return None
    return {**decision, "because": [one for one in decision["because"] if one["verdict"] in _HOLD]}


def case_answer(state: CaseState, status: int = 200) -> KeptAnswer:
    """The answer of a verb."""
    return answer(case(state), status, state.version)


def money(box: MoneyBox | None, currency: str, extra_turn: int) -> Json:
    """The money of a case; before anything was promised there is little to tell."""
    return {
        "currency": box.currency if box else currency,
        "payments": [_payment(one, box.currency) for one in box.payments] if box else [],
        "plans": [plan(one) for one in box.plans] if box else [],
        "extra_turn": extra_turn,
    }


def _payment(one: PaymentView, currency: str) -> Json:
    shown: Callable[[int], str] = lambda minor: amount(minor, currency)  # noqa: E731
    return {
        "payment": one.name,
        "method": one.method,
        "captured": shown(one.captured),
        "given_back": shown(one.given_back),
        "promised": shown(one.promised),
        "left": shown(one.left),
    }


def plan(one: PlanView) -> Json:
    """A plan with its steps."""
    return {
        "id": one.number,
        "purpose": one.purpose,
        "state": one.state,
        "total": amount(one.total, one.currency),
        "currency": one.currency,
        "needs_role": one.needs_role,
        "proposed_by": one.proposed_by,
        "settled_by": one.settled_by,
        "steps": [step(item) for item in one.steps],
    }


def step(one: StepView) -> Json:
    """A step as it stands."""
    return {
        "id": one.number,
        "kind": one.step.kind,
        "gateway": one.step.gateway,
        "payment": one.step.payment,
        "amount": amount(one.step.amount, one.step.currency),
        "currency": one.step.currency,
        "state": one.state,
        "reference": one.reference,
        "alarm": one.alarm,
        "due_at": when(one.due_at),
        "settled_at": when(one.settled_at),
    }


def line(one: ListLine) -> Json:
    """A case in a list."""
    return {
        "id": one.id,
        "key": one.key,
        "shop": one.shop,
        "channel": one.channel,
        "market": one.market,
        "state": one.state,
        "kind": one.kind,
        "reason": one.reason,
        "order": one.order_no,
        "amount": amount(one.amount_minor, one.currency),
        "currency": one.currency,
        "outcome": one.outcome,
        "remedy": one.remedy,
        "handling": one.handling,
        "refund": None if one.refund_minor is None else amount(one.refund_minor, one.currency),
        "due": when(one.due),
        "next_who": one.next_who,
        "next_action": one.next_action,
    }


def log(history: CaseHistory) -> Json:
    """A case's log."""
    entries = [
        {
            "seq": one.seq,
            "at": one.entry.at.isoformat(),
            "by_kind": one.entry.by.kind,
            "by": one.entry.by.name,
            "what": one.entry.what,
            "why": one.entry.why,
            "moves": [list(move) for move in one.entry.moves],
            "data": dict(one.entry.data),
            "seal": one.seal,
        }
        for one in history.entries
    ]
    return {"entries": entries, "whole": history.whole}


def deadlines(history: CaseHistory) -> Json:
    """The deadlines of a case."""
    items = [
        {
            "who": one.who,
            "action": one.action,
            "due": one.due.isoformat(),
            "rule": one.rule,
            "source": one.source,
            "state": one.state,
            "if_missed": words(one.if_missed),
        }
        for one in history.deadlines
    ]
    return {"items": items}


def messages(history: CaseHistory) -> Json:
    """What shop and buyer said to each other."""
    items = [
        {
            "id": one.number,
            "at": one.at.isoformat(),
            "by_kind": one.by_kind,
            "by": one.by,
            "text": one.text,
            "state": one.state,
        }
        for one in history.messages
        if not one.inside
    ]
    return {"items": items}


def offer(one: Offer, currency: str) -> Json:
    """An offer."""
    return {
        "number": one.number,
        "kind": one.kind,
        "amount": None if one.amount is None else amount(one.amount, currency),
        "coupon": one.coupon,
        "note": one.note,
        "state": one.state,
        "expires_at": one.expires_at.isoformat(),
    }


def effect(seen: Effect) -> Json:
    """What approving would do."""
    return {
        "kind": seen.kind,
        "remedy": seen.remedy,
        "total": amount(seen.total, seen.currency),
        "currency": seen.currency,
        "needs_role": seen.needs_role,
        "alone": seen.alone,
        "undo_seconds": seen.undo_seconds,
        "digest": seen.digest,
    }


def approval(one: WaitingApproval) -> Json:
    """A verb that waits."""
    return {
        "case": one.case,
        "key": one.key,
        "shop": one.shop,
        "verb": one.verb,
        "total": amount(one.total, one.currency),
        "currency": one.currency,
        "needs_role": one.needs_role,
        "asked_by": one.asked_by,
        "asked_at": one.asked_at.isoformat(),
    }

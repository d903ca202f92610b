"""What Stripe says of payments, pages and refusals, read without trust."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from amends.facts.collect import Collected, CollectOrder, PaymentState, PaymentTold, concluded
from amends.facts.wire import WireAnswer
from amends.gateways.kernel import json_of, part, technical, text_of, whole_of
from amends.gateways.units import STRIPE

_STATES: Final[dict[str, PaymentState]] = {
    "requires_capture": "held",
    "succeeded": "paid",
    "canceled": "cancelled",
    "processing": "open",
    "requires_action": "open",
    "requires_confirmation": "open",
    "requires_payment_method": "declined",
}


def payment_told(payment: Mapping[str, Any]) -> PaymentTold:
    """What a payment intent says."""
    status = text_of(payment, "status") or ""
    state = _STATES.get(status, "unknown")
    error = text_of(payment, "last_payment_error", "decline_code") or text_of(payment, "last_payment_error", "code")
    if state == "declined" and error is None:
        state = "open"
    why = error if state == "declined" else text_of(payment, "cancellation_reason") if state == "cancelled" else None
    held, taken = whole_of(payment, "amount_capturable"), whole_of(payment, "amount_received")
    before = whole_of(payment, "latest_charge", "payment_method_details", "card", "capture_before")
    currency = _currency(payment)
    return PaymentTold(
        state,
        text_of(payment, "id") or "",
        STRIPE.ours({"held": held, "paid": taken}.get(state), currency),
        currency,
        datetime.fromtimestamp(before, UTC) if before and state == "held" else None,
        why or status,
    )


def of_payment(order: CollectOrder, body: Mapping[str, Any] | None) -> Collected:
    """What a payment means for a step."""
    if body is None or text_of(body, "id") is None:
        return Collected("unknown", code="unreadable", message="the answer cannot be read")
    found = concluded(order, payment_told(body))
    return replace(found, reference=found.payment) if order.kind == "authorise" else found


def page(body: Mapping[str, Any] | None) -> Collected:
    """A page that was made, or is there."""
    name, url = text_of(body, "id"), text_of(body, "url")
    if name is None or url is None:
        return Collected("unknown", code="unreadable", message="the answer cannot be read")
    return Collected("pending", name, link=url, code="open")


def refused(order: CollectOrder, answer: WireAnswer, body: Mapping[str, Any] | None) -> Collected:
    """What a refusal means: the payment that goes along says more than the code."""
    code = text_of(body, "error", "decline_code") or text_of(body, "error", "code") or text_of(body, "error", "type")
    message = text_of(body, "error", "message")
    known = technical(answer, code, message)
    if known is not None:
        return Collected(
            known.outcome,
            code=known.code or "",
            message=known.message or "",
            retry_after=known.retry_after,
            alarm=known.alarm or "",
        )
    if body is None:
        return Collected("unknown", code=f"http_{answer.status}", message="the answer cannot be read")
    said = Collected("failed", code=(code or f"http_{answer.status}")[:80], message=(message or "")[:500])
    if answer.status == 409:
        return replace(said, outcome="unknown", retry_after=2)
    if text_of(body, "error", "type") == "idempotency_error":
        return replace(said, outcome="unknown", alarm="the same key was used for something else")
    payment = part(body, "error", "payment_intent")
    if order.kind in ("capture", "release") and isinstance(payment, dict):
        found = concluded(order, payment_told(payment))
        return said if found.outcome in ("absent", "pending") else replace(found, message=said.message)
    return said


def unanswered(answer: WireAnswer) -> Collected:
    """A refused question says nothing of the money."""
    message = text_of(json_of(answer.body), "error", "message")
    return Collected("unknown", code=f"http_{answer.status}", message=(message or "")[:500])


def data(answer: WireAnswer) -> list[Mapping[str, Any]] | None:
    """The things of a list; None where the answer is none."""
    data = part(json_of(answer.body), "data")
    if answer.status != 200 or not isinstance(data, list):
        return None
    return [one for one in data if isinstance(one, dict)]


def session_told(session: Mapping[str, Any]) -> PaymentTold | None:
    """What a finished session says; None where it tells of no payment. Of money that is held it says `unpaid`: its payment tells that."""
    payment, page_of = text_of(session, "payment_intent"), text_of(session, "payment_link")
    if payment is None or text_of(session, "status") != "complete":
        return None
    currency = _currency(session)
    state: PaymentState = "paid" if text_of(session, "payment_status") == "paid" else "open"
    amount = STRIPE.ours(whole_of(session, "amount_total"), currency) if state == "paid" else None
    return PaymentTold(state, payment, amount, currency, page=page_of or "")


def _currency(thing: Mapping[str, Any]) -> str | None:
    return (text_of(thing, "currency") or "").upper() or None

"""What Adyen says of payments, pages and refusals, read without trust. What became of a payment is told by notices only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from amends.facts.collect import Collected, CollectKind, PaymentState, PaymentTold, told_payment_json
from amends.facts.wire import Notice, WireAnswer
from amends.gateways.kernel import is_our_key, json_of, part, technical, text_of, whole_of
from amends.gateways.units import ADYEN

_EVENTS: Final[dict[str, tuple[PaymentState, CollectKind | None]]] = {
    "AUTHORISATION": ("authorised", None),
    "CAPTURE": ("paid", "capture"),
    "CAPTURE_FAILED": ("declined", "capture"),
    "CANCELLATION": ("cancelled", "release"),
    "TECHNICAL_CANCEL": ("cancelled", "release"),
    "EXPIRE": ("cancelled", None),
}
"""What an event says where it succeeded, and the step whose failure it tells of where it did not."""


def collection_notice(
    name: str, event: str, item: Mapping[str, Any], at: datetime | None, hold_days: int
) -> Notice | None:
    """A notice of money that came in by a key of ours; None where it is about something else.

    An authorisation bears the key of its page, a capture or a cancellation that of its own step.
    """
    key = text_of(item, "merchantReference")
    if event not in _EVENTS or not is_our_key(key):
        return None
    state, step = _EVENTS[event]
    went = part(item, "success") == "true"
    first = event == "AUTHORISATION"
    payment = text_of(item, "pspReference" if first else "originalReference") or ""
    amount, currency = amount_of(item)
    failed = state == "declined" or not went
    told = PaymentTold(
        "declined" if failed else state,
        payment,
        amount if not failed and state in ("authorised", "paid") else None,
        currency,
        at + timedelta(days=hold_days) if first and went and at is not None else None,
        (text_of(item, "reason") or event)[:80],
        text_of(item, "additionalData", "paymentLinkId") or "",
        step=step if failed else None,
    )
    detail = {"type": event, "told": told_payment_json(told)}
    return Notice(name, "collection", key, None, payment or None, None, at, detail)


def amount_of(found: Mapping[str, Any] | None) -> tuple[int | None, str | None]:
    """Amount, in our units, and currency of anything that tells one; None for what is not told."""
    currency = text_of(found, "amount", "currency")
    return ADYEN.ours(whole_of(found, "amount", "value"), currency), currency


def page_of(body: Mapping[str, Any] | None) -> Collected:
    """A page that was made, or is there."""
    name, url = text_of(body, "id"), text_of(body, "url")
    if name is None or url is None:
        return Collected("unknown", name or "", code="unreadable", message="the answer cannot be read")
    return Collected("pending", name, link=url, code=text_of(body, "status") or "")


def refusal(answer: WireAnswer, *, asked: bool = False) -> Collected:
    """What a refusal means. `asked`: a refused question says nothing of the money."""
    body = json_of(answer.body)
    code = (text_of(body, "errorCode") or f"http_{answer.status}")[:80]
    message = (text_of(body, "message") or "")[:500]
    known = technical(answer, code, message)
    if known is not None:
        outcome = "unknown" if asked else known.outcome
        return Collected(outcome, code=code, message=message, retry_after=known.retry_after, alarm=known.alarm or "")
    if asked or answer.status == 409 or body is None:
        return Collected("unknown", code=code, message=message, retry_after=5 if answer.status == 409 else None)
    return Collected("failed", code=code, message=message)

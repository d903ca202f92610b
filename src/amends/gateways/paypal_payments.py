"""What PayPal says of orders, authorizations, captures and refusals, read without trust."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from amends.basics.currencies import EXPONENTS
from amends.basics.money import UnableToReadAmount, read_minor
from amends.facts.collect import Collected, CollectOrder, PaymentState, PaymentTold, told_payment_json
from amends.facts.wire import Notice, WireAnswer
from amends.gateways.kernel import is_our_key, json_of, part, technical, text_of

_ORDERS: Final[dict[str, PaymentState]] = {
    "CREATED": "open",
    "SAVED": "open",
    "PAYER_ACTION_REQUIRED": "open",
    "APPROVED": "approved",
    "VOIDED": "cancelled",
}
_HOLDS: Final[dict[str, PaymentState]] = {
    "CREATED": "held",
    "PENDING": "open",
    "VOIDED": "cancelled",
    "EXPIRED": "cancelled",
    "DENIED": "declined",
    "CAPTURED": "open",
    "PARTIALLY_CAPTURED": "open",
}
"""What was captured of it is told by the capture, which is looked at first."""
_CAPTURES: Final[dict[str, PaymentState]] = {
    "COMPLETED": "paid",
    "PARTIALLY_REFUNDED": "paid",
    "REFUNDED": "paid",
    "PENDING": "open",
    "DECLINED": "declined",
    "FAILED": "declined",
}
_ABOUT_HOLDS: Final = ("PAYMENT.AUTHORIZATION.CREATED", "PAYMENT.AUTHORIZATION.VOIDED")
_ABOUT_CAPTURES: Final = tuple([f"PAYMENT.CAPTURE.{end}" for end in ("COMPLETED", "PENDING", "DENIED", "DECLINED")])


def moment(text: str | None) -> datetime | None:
    """A time as the vendor writes it; None where it is none."""
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.tzinfo else None


def money_of(told: Any) -> tuple[int | None, str | None]:
    """Amount and currency; None for what cannot be read."""
    value, currency = text_of(told, "value"), text_of(told, "currency_code")
    if value is None or currency not in EXPONENTS:
        return None, currency
    try:
        return read_minor(value, EXPONENTS[currency]), currency
    except UnableToReadAmount:
        return None, currency


def first(found: Any, *names: str) -> Any:
    """The first of a list deep in a JSON object; None where there is none."""
    listed = part(found, *names)
    return listed[0] if isinstance(listed, list) and listed else None


def order_told(order: Mapping[str, Any], at: datetime) -> PaymentTold:
    """What an order says: by a capture that was not refused, else by its authorization, else by itself."""
    unit, name = first(order, "purchase_units"), text_of(order, "id") or ""
    hold = first(unit, "payments", "authorizations")
    listed = part(unit, "payments", "captures")
    captures = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    went = [one for one in captures if _CAPTURES.get(str(part(one, "status"))) != "declined"]
    if went or (captures and not isinstance(hold, dict)):
        return replace(capture_told((went or captures)[-1], text_of(hold, "id") or ""), page=name)
    if isinstance(hold, dict):
        return replace(hold_told(hold, at), page=name)
    status = text_of(order, "status") or ""
    return PaymentTold(_ORDERS.get(status, "unknown"), "", code=status, page=name)


def hold_told(hold: Mapping[str, Any], at: datetime) -> PaymentTold:
    """What an authorization says. One whose time is over holds nothing, whatever its status still says."""
    status, until = text_of(hold, "status") or "", moment(text_of(hold, "expiration_time"))
    state = _HOLDS.get(status, "unknown")
    if state == "held" and until is not None and until <= at:
        state, status = "cancelled", "EXPIRED"
    amount, currency = money_of(part(hold, "amount"))
    return PaymentTold(
        state,
        text_of(hold, "id") or "",
        amount if state == "held" else None,
        currency,
        until if state == "held" else None,
        text_of(hold, "status_details", "reason") or status,
        text_of(hold, "supplementary_data", "related_ids", "order_id") or "",
    )


def capture_told(capture: Mapping[str, Any], hold: str = "") -> PaymentTold:
    """What a capture says. `hold`: the authorization that it was taken from, where its own words may not tell."""
    status = text_of(capture, "status") or ""
    state = _CAPTURES.get(status, "unknown")
    amount, currency = money_of(part(capture, "amount"))
    hold = hold or text_of(capture, "supplementary_data", "related_ids", "authorization_id") or _up(capture)
    return PaymentTold(
        state,
        text_of(capture, "id") or "",
        amount if state == "paid" else None,
        currency,
        code=text_of(capture, "status_details", "reason") or status,
        page=text_of(capture, "supplementary_data", "related_ids", "order_id") or "",
        hold=hold,
        step="capture" if hold and state in ("declined", "open") else None,
    )


def _up(capture: Mapping[str, Any]) -> str:
    links = part(capture, "links")
    for link in links if isinstance(links, list) else ():
        address = text_of(link, "href") or ""
        if part(link, "rel") == "up" and "/authorizations/" in address:
            return address.rstrip("/").rsplit("/", 1)[-1]
    return ""


def page_of(order: Mapping[str, Any] | None) -> Collected:
    """A page that was made, or is there: an order and the address at which the buyer approves it."""
    name, links = text_of(order, "id"), part(order, "links")
    found = [one for one in links if part(one, "rel") in ("payer-action", "approve")] if isinstance(links, list) else []
    url = text_of(found[0], "href") if found else None
    if name is None or url is None:
        return Collected("unknown", name or "", code="unreadable", message="the answer cannot be read")
    return Collected("pending", name, link=url, code=text_of(order, "status") or "")


def issue_of(answer: WireAnswer) -> tuple[str, str]:
    """The vendor's own word and sentence for a refusal."""
    body = json_of(answer.body)
    detail = first(body, "details")
    code = text_of(detail, "issue") or text_of(body, "name") or f"http_{answer.status}"
    return code[:80], (text_of(detail, "description") or text_of(body, "message") or "")[:500]


def refusal(order: CollectOrder, answer: WireAnswer, *, asked: bool = False) -> Collected:
    """What a refusal means by itself. `asked`: a refused question says nothing of the money."""
    code, message = issue_of(answer)
    known = technical(answer, code, message)
    if known is not None:
        outcome = "unknown" if asked else known.outcome
        return Collected(outcome, code=code, message=message, retry_after=known.retry_after, alarm=known.alarm or "")
    if asked or answer.status == 409 or json_of(answer.body) is None:
        return Collected("unknown", code=code, message=message, retry_after=5 if answer.status == 409 else None)
    return Collected("failed", code=code, message=message)


def collection_notice(name: str, kind: str, thing: Mapping[str, Any], at: datetime | None) -> Notice | None:
    """A notice of money that came in by a key of ours; None where it is about something else."""
    if kind == "CHECKOUT.ORDER.APPROVED":
        key = text_of(first(thing, "purchase_units"), "custom_id")
        told = PaymentTold("approved", "", code="APPROVED", page=text_of(thing, "id") or "")
    elif kind in _ABOUT_HOLDS:
        key, told = text_of(thing, "custom_id"), hold_told(thing, at or datetime.min.replace(tzinfo=UTC))
    elif kind in _ABOUT_CAPTURES:
        key, told = text_of(thing, "custom_id"), capture_told(thing)
    else:
        return None
    if not is_our_key(key):
        return None
    detail = {"type": kind, "told": told_payment_json(told)}
    return Notice(name, "collection", key, None, told.first or None, None, at, detail)

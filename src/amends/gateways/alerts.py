"""Alerts as Ethoca, CDRN and RDR shape them, read and answered. Field names differ between resellers: each place has those that are known.

Source: the shapes that processors publish for their merchants. An alert is signed as a webhook (time and body, HMAC-SHA256), or its address
ends in a token that nobody can guess, or both.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from amends.basics.currencies import EXPONENTS
from amends.basics.money import UnableToReadAmount, read_minor
from amends.facts.alerts import Alert, UnableToReadAlert, UnableToTrustAlert
from amends.facts.dispute_settings import AlertSource
from amends.facts.dispute_wire import FightReceipt, Talk
from amends.facts.wire import Seal, WireRequest
from amends.gateways.kernel import json_of, part, same, text_of
from amends.gateways.kernel_disputes import receipt_of

WINDOW_SECONDS: Final = 600
_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "reference": ("alert_id", "alertId", "case_id", "caseId", "id"),
    "amount": ("amount", "transaction_amount", "disputeAmount"),
    "currency": ("currency", "transaction_currency", "disputeCurrency"),
    "payment": ("payment_reference", "merchant_order_reference", "arn", "acquirer_reference_number"),
    "last4": ("card_last_4", "last4", "cardLast4"),
    "paid": ("transaction_timestamp", "transaction_date", "purchaseDate"),
    "reason": ("reason_code", "reasonCode", "dispute_condition", "type"),
    "brand": ("card_brand", "cardBrand", "network"),
    "at": ("alert_timestamp", "created_at", "receivedDate"),
    "due": ("respond_by", "expires_at", "dueDate"),
    "outcome": ("rdr_outcome", "outcome", "status"),
}
_RESOLVED: Final = frozenset({"accepted", "resolved", "refunded"})
_OUTWARD: Final[Mapping[str, Mapping[str, str]]] = {
    "ethoca": {
        "refunded": "resolved",
        "already_refunded": "previously_cancelled",
        "already_disputed": "chargeback_already_received",
        "not_refunded": "unresolved",
        "not_found": "not_found",
    },
    "cdrn": {
        "refunded": "CREDITED",
        "already_refunded": "PREVIOUSLY_CREDITED",
        "already_disputed": "ALREADY_DISPUTED",
        "not_refunded": "DECLINED",
        "not_found": "NOT_FOUND",
    },
    "rdr": {},
}


def read_alert(source: AlertSource, headers: Mapping[str, str], body: bytes, now: datetime) -> Alert:
    """An alert whose sender is sure. Raises `UnableToTrustAlert`, `UnableToReadAlert`."""
    if source.secret:
        _verify(source.secret, headers.get("x-alert-signature", ""), body, now)
    told = json_of(body)
    if told is None:
        raise UnableToReadAlert("the body is not a JSON object")
    reference = _word(told, "reference")
    if not reference or len(reference) > 120:
        raise UnableToReadAlert(f"one of {', '.join(_NAMES['reference'])} is wanted: the alert's own number")
    currency = _word(told, "currency").upper()
    if currency not in EXPONENTS:
        raise UnableToReadAlert(f"currency: {currency!r} is no currency code")
    try:
        amount = read_minor(_word(told, "amount"), EXPONENTS[currency])
    except UnableToReadAmount as fault:
        raise UnableToReadAlert(f"amount: {fault}") from fault
    if amount <= 0:
        raise UnableToReadAlert("amount: more than zero is wanted")
    resolved = source.kind == "rdr" and _word(told, "outcome").casefold() in _RESOLVED
    brand = _word(told, "brand").casefold()
    at = _moment(told, "at")
    return Alert(
        reference,
        amount,
        currency,
        _word(told, "payment"),
        _word(told, "last4")[-4:],
        _moment(told, "paid"),
        _word(told, "reason"),
        {"visa": "visa", "mastercard": "mastercard", "mc": "mastercard"}.get(
            brand, "visa" if source.kind == "rdr" else "card"
        ),
        at,
        None if resolved else _moment(told, "due") or (at or now) + timedelta(hours=source.hours),
        resolved,
        {"kind": source.kind, "last4": _word(told, "last4")[-4:]},
    )


@dataclass(frozen=True, slots=True)
class AlertTeller:
    """Tells outcomes to one provider."""

    source: AlertSource

    @property
    def host(self) -> str:
        """The host that is told; "" where nothing is told back."""
        return urlsplit(self.source.answer_url).hostname or ""

    def tell(self, reference: str, outcome: str, refund: str, key: str, seal: Seal) -> Talk[FightReceipt]:
        """Tell it. The provider keeps the last word on an alert, so that the same word twice is one."""
        word = _OUTWARD[self.source.kind].get(outcome)
        if word is None or not self.source.answer_url:
            return FightReceipt("done", code="nothing_to_tell")
        told = {"alert_id": reference, "outcome": word, "refund_reference": refund or None}
        body = json.dumps(told, separators=(",", ":")).encode()
        headers = {
            "Authorization": f"Bearer {self.source.answer_key}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        answer = yield WireRequest("POST", self.source.answer_url, headers, body)
        return receipt_of(answer, None, text_of(json_of(answer.body), "message"), reference)


def sign_alert(secret: str, body: bytes, at: int) -> str:
    """The signature of a body: `t=…,v1=…`."""
    wanted = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={wanted}"


def _verify(secret: str, header: str, body: bytes, now: datetime) -> None:
    stamp = next((one[2:] for one in header.split(",") if one.startswith("t=")), "")
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) < 16):
        raise UnableToTrustAlert("the header X-Alert-Signature is missing or has no time")
    if abs(int(now.timestamp()) - int(stamp)) > WINDOW_SECONDS:
        raise UnableToTrustAlert(f"signed more than {WINDOW_SECONDS} seconds from now; look at the clock")
    if not same(sign_alert(secret, body, int(stamp)), header):
        raise UnableToTrustAlert("the signature does not fit")


def _word(told: Mapping[str, Any], name: str) -> str:
    for one in _NAMES[name]:
        value = part(told, one)
        if isinstance(value, str | int) and not isinstance(value, bool) and value != "":
            return str(value).strip()
    return ""


def _moment(told: Mapping[str, Any], name: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(_word(told, name))
    except ValueError:
        return None
    return found if found.tzinfo else None

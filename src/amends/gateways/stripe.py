"""Stripe: refunds by payment intent or charge (API of 2026-10). The same Idempotency-Key answers the same, errors 500 included.

Source: the vendor's API reference and the typed models of its Python package.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlencode

from amends.facts.collect import told_payment_json
from amends.facts.dispute_wire import told_json
from amends.facts.wire import (
    Capabilities,
    Notice,
    Outcome,
    Receipt,
    RefundOrder,
    Seal,
    UnableToTrustNotice,
    WireAnswer,
    WireRequest,
)
from amends.gateways.kernel import json_of, part, same, strange, technical, text_of, unreadable, whole_of
from amends.gateways.stripe_collect import StripeCollecting
from amends.gateways.stripe_disputes import StripeDisputes, told_of
from amends.gateways.stripe_payments import payment_told, session_told
from amends.gateways.units import STRIPE

WINDOW_SECONDS: Final = 300
_PAGE: Final = 100
_STATUS: Final[dict[str, Outcome]] = {
    "succeeded": "succeeded",
    "pending": "pending",
    "requires_action": "pending",
    "failed": "failed",
    "canceled": "failed",
}
_DISPUTES: Final = {"won": "won", "lost": "lost", "warning_closed": "won", "prevented": "won"}


@dataclass(frozen=True, slots=True)
class StripeConfig:
    """How to reach an account. `webhook_secrets`: the present one and, while it is rolled over, the former."""

    secret_key: str
    webhook_secrets: tuple[str, ...]
    base_url: str = "https://api.stripe.com"
    files_url: str = "https://files.stripe.com"


@dataclass(frozen=True, slots=True)
class Stripe:
    """The translator."""

    config: StripeConfig
    name: str = "stripe"

    @property
    def capabilities(self) -> Capabilities:
        """Any number of parts up to the payment; the original fee stays with the vendor."""
        return Capabilities(calls_per_second=25, fee_returned=False)

    def send(self, order: RefundOrder, seal: Seal) -> WireRequest:
        """Create the refund; our key is the idempotency key and stands in its metadata."""
        form = {
            _kind(order.payment_reference): order.payment_reference,
            "amount": str(STRIPE.theirs(order.amount, order.currency)),
            "reason": "requested_by_customer",
            "metadata[amends_key]": order.key,
            "metadata[case]": order.reason,
        }
        headers = {"Idempotency-Key": order.key, "Content-Type": "application/x-www-form-urlencoded"}
        return self._request("POST", "/v1/refunds", urlencode(form).encode(), headers)

    def read_sent(self, order: RefundOrder, answer: WireAnswer) -> Receipt:
        """What the answer means; a 4xx about the refund itself is final."""
        body = json_of(answer.body)
        if answer.status == 200:
            return _receipt(body) if body else unreadable(answer)
        code = text_of(body, "error", "code") or text_of(body, "error", "type")
        message = text_of(body, "error", "message")
        known = technical(answer, code, message)
        if known is not None:
            return known
        if answer.status == 409:
            return Receipt("unknown", code=code, message=message, retry_after=2)
        if body is None:
            return unreadable(answer)
        if part(body, "error", "type") == "idempotency_error":
            return Receipt("unknown", code=code, message=message, alarm="the same key was used for another refund")
        return Receipt("failed", code=code, message=message)

    def ask(self, order: RefundOrder, seal: Seal) -> WireRequest:
        """The refunds of the payment; ours is the one with our key in its metadata."""
        query = {_kind(order.payment_reference): order.payment_reference, "limit": str(_PAGE)}
        return self._request("GET", f"/v1/refunds?{urlencode(query)}", b"", {})

    def read_asked(self, order: RefundOrder, answer: WireAnswer) -> Receipt:
        """Found, or absent where the whole list was seen. A refused question says nothing about the refund."""
        body = json_of(answer.body)
        listed = part(body, "data")
        if answer.status != 200 or not isinstance(listed, list):
            return Receipt("unknown", code=f"http_{answer.status}", message=text_of(body, "error", "message"))
        for refund in listed:
            if text_of(refund, "metadata", "amends_key") == order.key:
                return _receipt(refund)
        if part(body, "has_more") is False:
            return Receipt("absent")
        return Receipt(
            "unknown", code="more", alarm=f"this payment has more than {_PAGE} refunds; look at the dashboard"
        )

    def read_notice(self, headers: Mapping[str, str], body: bytes, at: datetime) -> tuple[Notice, ...]:
        """The event, once its signature over time and body holds and it is not older than five minutes."""
        self._verify(headers.get("stripe-signature", ""), body, at)
        event = json_of(body)
        name, kind, thing = text_of(event, "id"), text_of(event, "type") or "", part(event, "data", "object")
        if name is None or not isinstance(thing, dict):
            raise UnableToTrustNotice("the body is no event: id or data.object is missing")
        return (_notice(name, kind, thing, whole_of(event, "created"), self.name),)

    def answer_notice(self) -> WireAnswer:
        """Any 2xx will do."""
        return WireAnswer(200, {"content-type": "text/plain"}, b"ok")

    @property
    def disputes(self) -> StripeDisputes:
        """How its disputes are talked about."""
        return StripeDisputes(self.config.secret_key, self.config.base_url, self.config.files_url, self.name)

    @property
    def collecting(self) -> StripeCollecting:
        """How it takes money in."""
        return StripeCollecting(self.config.secret_key, self.config.base_url, self.name)

    def _request(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> WireRequest:
        keys = {"Authorization": f"Bearer {self.config.secret_key}", **headers}
        return WireRequest(method, self.config.base_url + path, keys, body)

    def _verify(self, header: str, body: bytes, at: datetime) -> None:
        pairs = [item.split("=", 1) for item in header.split(",") if "=" in item]
        stamp = next((value for key, value in pairs if key.strip() == "t"), "")
        given = [value for key, value in pairs if key.strip() == "v1"]
        if not stamp.isdecimal() or not given:
            raise UnableToTrustNotice("the header Stripe-Signature is missing or has no t and v1")
        if abs(at.timestamp() - int(stamp)) > WINDOW_SECONDS:
            raise UnableToTrustNotice(
                f"signed at {stamp}: more than {WINDOW_SECONDS} seconds from now; look at the clock"
            )
        for secret in self.config.webhook_secrets:
            wanted = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
            if any(same(wanted, value.strip()) for value in given):
                return
        raise UnableToTrustNotice("the signature does not fit any of the webhook secrets")


def _kind(reference: str) -> str:
    return "charge" if reference.startswith(("ch_", "py_")) else "payment_intent"


def _receipt(refund: Mapping[str, Any]) -> Receipt:
    status, reference = part(refund, "status"), text_of(refund, "id")
    outcome = _STATUS.get(status) if isinstance(status, str) else None
    if outcome is None or reference is None:
        return strange(status, reference)
    currency = (text_of(refund, "currency") or "").upper() or None
    return Receipt(
        outcome,
        reference,
        amount=STRIPE.ours(whole_of(refund, "amount"), currency),
        currency=currency,
        code=text_of(refund, "failure_reason") or str(status),
        alarm="the buyer must act before this refund goes through" if status == "requires_action" else None,
    )


def _notice(name: str, kind: str, thing: Mapping[str, Any], created: int | None, source: str) -> Notice:
    at = datetime.fromtimestamp(created, UTC) if created is not None else None
    payment = text_of(thing, "payment_intent") or text_of(thing, "charge")
    if kind.startswith("refund.") or kind == "charge.refund.updated":
        key, receipt = text_of(thing, "metadata", "amends_key"), _receipt(thing)
        return Notice(name, "refund", key, text_of(thing, "id"), payment, receipt, at, {"type": kind})
    if kind.startswith("charge.dispute."):
        stage = _DISPUTES.get(str(part(thing, "status")), "opened")
        currency = (text_of(thing, "currency") or "").upper()
        detail = {
            "type": kind,
            "stage": stage,
            "dispute": text_of(thing, "id"),
            "amount": STRIPE.ours(whole_of(thing, "amount"), currency),
            "currency": currency,
            "told": told_json(told) if (told := told_of(thing, source, at)) else None,
            "moves": {"charge.dispute.funds_withdrawn": "out", "charge.dispute.funds_reinstated": "back"}.get(kind),
        }
        return Notice(name, "dispute", None, None, payment, None, at, detail)
    if kind.startswith(("payment_intent.", "checkout.session.")):
        return _collection(name, kind, thing, at)
    return Notice(name, "other", None, None, payment, None, at, {"type": kind})


def _collection(name: str, kind: str, thing: Mapping[str, Any], at: datetime | None) -> Notice:
    """Money that came in by a key of ours; what has none is not about us."""
    key = text_of(thing, "metadata", "amends_key")
    told = payment_told(thing) if kind.startswith("payment_intent.") else session_told(thing)
    if key is None or told is None:
        return Notice(name, "other", None, None, None, None, at, {"type": kind})
    detail = {"type": kind, "told": told_payment_json(told)}
    return Notice(name, "collection", key, None, told.payment, None, at, detail)

"""PayPal: refunds of captures (Payments v2). The same PayPal-Request-Id answers the same for 45 days.

Source: the vendor's published OpenAPI files (2024-02) and its page on idempotency. There is no list of a capture's refunds to look through.
A refund whose id is known is read by it; otherwise the question is the same request once more, which is documented to tell the
latest status and to pay only once while the id is kept.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from amends.facts.dispute_wire import told_json
from amends.facts.wire import (
    Capabilities,
    Gateway,
    Notice,
    Outcome,
    Receipt,
    RefundOrder,
    Seal,
    Token,
    UnableToGetToken,
    UnableToTrustNotice,
    WireAnswer,
    WireRequest,
)
from amends.gateways.kernel import json_of, must_be_remembered, part, strange, technical, text_of, unreadable, whole_of
from amends.gateways.paypal_collect import PayPalCollecting
from amends.gateways.paypal_disputes import PayPalDisputes, told_of
from amends.gateways.paypal_payments import collection_notice, moment, money_of
from amends.gateways.units import PAYPAL

KEY_DAYS: Final = 44
WINDOW_SECONDS: Final = 3600
"""The vendor sends again for days but signs each sending anew; an hour allows for slow clocks."""
_STATUS: Final[dict[str, Outcome]] = {
    "COMPLETED": "succeeded",
    "PENDING": "pending",
    "FAILED": "failed",
    "CANCELLED": "failed",
}
_NOT_FINAL: Final = frozenset({"DUPLICATE_INVOICE_ID", "PENDING_CAPTURE"})
_USED_UP: Final = frozenset({"CAPTURE_FULLY_REFUNDED", "REFUND_AMOUNT_EXCEEDED"})
_HELD_STAGES: Final = frozenset({"CHARGEBACK", "PRE_ARBITRATION", "ARBITRATION"})
"""In an inquiry buyer and seller talk; from a claim on the money is held."""
_DISPUTES: Final = {"RESOLVED_SELLER_FAVOUR": "won", "RESOLVED_BUYER_FAVOUR": "lost", "CANCELED_BY_BUYER": "won"}


@dataclass(frozen=True, slots=True)
class PayPalConfig:
    """How to reach an account. `certificate`: the PEM of the vendor's signing certificate; `webhook_id`: of our webhook there.

    `return_url`: where buyers go after they approved a payment on a page. `hold_days`: for how many days money that is held is counted on:
    3, in which the vendor honours it; up to 29 where the shop bears that a later capture may be refused.
    """

    client_id: str
    secret: str
    webhook_id: str
    certificate: str
    base_url: str = "https://api-m.paypal.com"
    return_url: str = ""
    hold_days: int = 3

    def __post_init__(self) -> None:
        if not 1 <= self.hold_days <= 29:
            raise TypeError(f"hold_days: {self.hold_days!r} should be a whole number from 1 to 29")


@dataclass(frozen=True, slots=True)
class PayPal:
    """The translator. `token`: the bearer token of its calls."""

    config: PayPalConfig
    name: str = "paypal"
    token: str = ""

    @property
    def capabilities(self) -> Capabilities:
        """180 days; the original fee stays with the vendor."""
        return Capabilities(window_days=180, fee_returned=False, concurrency=8)

    def token_request(self) -> WireRequest:
        """OAuth 2 client credentials."""
        word = base64.b64encode(f"{self.config.client_id}:{self.config.secret}".encode()).decode()
        headers = {"Authorization": f"Basic {word}", "Content-Type": "application/x-www-form-urlencoded"}
        return WireRequest("POST", f"{self.config.base_url}/v1/oauth2/token", headers, b"grant_type=client_credentials")

    def read_token(self, answer: WireAnswer) -> Token:
        """The token and its life."""
        body = json_of(answer.body)
        value, seconds = text_of(body, "access_token"), whole_of(body, "expires_in")
        if answer.status != 200 or value is None:
            raise UnableToGetToken(f"the token was refused with {answer.status}: {text_of(body, 'error_description')}")
        return Token(value, seconds or 60)

    def with_token(self, value: str) -> Gateway:
        """The same, its calls carrying the token."""
        return replace(self, token=value)

    def send(self, order: RefundOrder, seal: Seal) -> WireRequest:
        """Refund a part of the capture; our key is the request id and the custom id."""
        amount = {"value": PAYPAL.text(order.amount, order.currency, order.digits), "currency_code": order.currency}
        body = json.dumps({"amount": amount, "custom_id": order.key}, separators=(",", ":")).encode()
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "PayPal-Request-Id": order.key,
            "Prefer": "return=representation",
        }
        path = f"/v2/payments/captures/{order.payment_reference}/refund"
        return WireRequest("POST", self.config.base_url + path, headers, body)

    def read_sent(self, order: RefundOrder, answer: WireAnswer) -> Receipt:
        """201 new, 200 the same again; 422 with an issue is final, but for the few that time may mend."""
        body = json_of(answer.body)
        if answer.status in (200, 201):
            return _receipt(body) if body else unreadable(answer)
        details = part(body, "details")
        first = details[0] if isinstance(details, list) and details else None
        code = text_of(first, "issue") or text_of(body, "name")
        message = text_of(first, "description") or text_of(body, "message")
        known = technical(answer, code, message)
        if known is not None:
            return known
        if body is None:
            return unreadable(answer)
        if answer.status == 409 or code in _NOT_FINAL:
            return Receipt("unknown", code=code, message=message, retry_after=5)
        return Receipt("failed", code=code, message=message)

    def ask(self, order: RefundOrder, seal: Seal) -> WireRequest:
        """The refund by its id; where that is not known, the same request once more."""
        if order.reference:
            headers = {"Authorization": f"Bearer {self.token}"}
            url = f"{self.config.base_url}/v2/payments/refunds/{quote(order.reference, safe='')}"
            return WireRequest("GET", url, headers)
        must_be_remembered(order, seal, KEY_DAYS)
        return self.send(order, seal)

    def read_asked(self, order: RefundOrder, answer: WireAnswer) -> Receipt:
        """As the first answer; a question that was not let in says nothing, and neither does one about what is used up.

        Where nothing is left, it may have been this very refund that took it: a person looks.
        """
        receipt = self.read_sent(order, answer)
        if receipt.outcome == "absent" or (receipt.outcome == "failed" and answer.status == 404):
            return replace(receipt, outcome="unknown")
        if receipt.outcome == "failed" and receipt.code in _USED_UP:
            alarm = "this payment has not so much left, and no refund under this key is told; look at the console"
            return replace(receipt, outcome="unknown", alarm=alarm)
        return receipt

    def read_notice(self, headers: Mapping[str, str], body: bytes, at: datetime) -> tuple[Notice, ...]:
        """The event, once its RSA signature holds and it was sent within the hour."""
        self._verify(headers, body, at)
        event = json_of(body)
        name, kind, thing = text_of(event, "id"), text_of(event, "event_type") or "", part(event, "resource")
        if name is None or not isinstance(thing, dict):
            raise UnableToTrustNotice("the body is no event: id or resource is missing")
        return (_notice(name, kind, thing, moment(text_of(event, "create_time")), self.name),)

    def answer_notice(self) -> WireAnswer:
        """Any 2xx will do."""
        return WireAnswer(200, {"content-type": "text/plain"}, b"ok")

    @property
    def disputes(self) -> PayPalDisputes:
        """How its disputes are talked about."""
        return PayPalDisputes(self.config.client_id, self.config.secret, self.config.base_url, self.name)

    @property
    def collecting(self) -> PayPalCollecting:
        """How it takes money in."""
        return PayPalCollecting(self.config.base_url, self.token, self.config.return_url, self.config.hold_days)

    def _verify(self, headers: Mapping[str, str], body: bytes, at: datetime) -> None:
        name, time = headers.get("paypal-transmission-id", ""), headers.get("paypal-transmission-time", "")
        sent = moment(time)
        if not name or sent is None:
            raise UnableToTrustNotice("the headers paypal-transmission-id and paypal-transmission-time are missing")
        if abs((at - sent).total_seconds()) > WINDOW_SECONDS:
            raise UnableToTrustNotice(f"sent at {time}: more than {WINDOW_SECONDS} seconds from now; look at the clock")
        message = f"{name}|{time}|{self.config.webhook_id}|{zlib.crc32(body)}".encode("utf-8", errors="replace")
        try:
            certificate = x509.load_pem_x509_certificate(self.config.certificate.encode())
            if at > certificate.not_valid_after_utc:
                raise UnableToTrustNotice(
                    f"the signing certificate ran out on {certificate.not_valid_after_utc}; fetch the new one"
                )
            key = certificate.public_key()
            if not isinstance(key, rsa.RSAPublicKey):
                raise UnableToTrustNotice("the signing certificate in the settings has no RSA key")
            sign = base64.b64decode(headers.get("paypal-transmission-sig", ""), validate=True)
            key.verify(sign, message, padding.PKCS1v15(), SHA256())
        except InvalidSignature as fault:
            raise UnableToTrustNotice(
                "the signature does not fit the certificate, the webhook id and the body"
            ) from fault
        except ValueError as fault:
            raise (
                fault
                if isinstance(fault, UnableToTrustNotice)
                else UnableToTrustNotice(f"signature or certificate cannot be read: {fault}")
            ) from fault


def _receipt(refund: Mapping[str, Any]) -> Receipt:
    status, reference = part(refund, "status"), text_of(refund, "id")
    outcome = _STATUS.get(status) if isinstance(status, str) else None
    if outcome is None or reference is None:
        return strange(status, reference)
    amount, currency = money_of(part(refund, "amount"))
    return Receipt(
        outcome, reference, amount, currency, code=text_of(refund, "status_details", "reason") or str(status)
    )


def _capture(refund: Mapping[str, Any]) -> str | None:
    """The capture that a refund belongs to: the end of its link upwards."""
    links = part(refund, "links")
    for link in links if isinstance(links, list) else ():
        if part(link, "rel") == "up" and (address := text_of(link, "href")):
            return address.rstrip("/").rsplit("/", 1)[-1] or None
    return None


def _notice(name: str, kind: str, thing: Mapping[str, Any], at: datetime | None, source: str) -> Notice:
    if kind == "PAYMENT.CAPTURE.REFUNDED" or kind.startswith("PAYMENT.REFUND."):
        key, reference, payment = text_of(thing, "custom_id"), text_of(thing, "id"), _capture(thing)
        return Notice(name, "refund", key, reference, payment, _receipt(thing), at, {"type": kind})
    if kind.startswith("CUSTOMER.DISPUTE."):
        listed = part(thing, "disputed_transactions")
        payment = text_of(listed[0], "seller_transaction_id") if isinstance(listed, list) and listed else None
        amount, currency = money_of(part(thing, "dispute_amount"))
        stage = _DISPUTES.get(text_of(thing, "dispute_outcome", "outcome_code") or "", "opened")
        held = part(thing, "dispute_life_cycle_stage") in _HELD_STAGES
        moves = "back" if stage == "won" else "out" if held or stage == "lost" else None
        detail = {"type": kind, "stage": stage, "dispute": text_of(thing, "dispute_id"), "amount": amount, "currency": currency or "",
                  "told": told_json(told) if (told := told_of(thing, source, at)) else None, "moves": moves}  # fmt: skip
        return Notice(name, "dispute", None, None, payment, None, at, detail)
    came = collection_notice(name, kind, thing, at)
    return came or Notice(name, "other", None, None, None, None, at, {"type": kind})

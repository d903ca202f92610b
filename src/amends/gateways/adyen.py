"""Adyen: refunds of payments (Checkout). Every answer is `received`; the outcome comes by webhook only.

Source: the vendor's published OpenAPI files (2026-07). The same Idempotency-Key gives the first answer again.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from amends.facts.dispute_wire import told_json
from amends.facts.wire import (
    Capabilities,
    Notice,
    Receipt,
    RefundOrder,
    Seal,
    UnableToTrustNotice,
    WireAnswer,
    WireRequest,
)
from amends.gateways.adyen_collect import AdyenCollecting
from amends.gateways.adyen_disputes import AdyenDisputes, told_of
from amends.gateways.adyen_payments import amount_of, collection_notice
from amends.gateways.kernel import (
    json_of,
    must_be_remembered,
    part,
    same,
    strange,
    technical,
    text_of,
    unreadable,
)
from amends.gateways.units import ADYEN

KEY_DAYS: Final = 6
"""Keys are valid for some days at least (pages of the vendor say 7 and 31); the least of them, less one for clocks."""
_REFUNDS: Final = {"REFUND": None, "REFUND_FAILED": "failed", "REFUNDED_REVERSED": "failed", "REFUND_WITH_DATA": None}
"""Event to outcome; None: as its `success` says."""
_DISPUTES: Final = {
    "NOTIFICATION_OF_CHARGEBACK": ("opened", None),
    "CHARGEBACK": ("opened", "out"),
    "CHARGEBACK_REVERSED": ("won", "back"),
    "SECOND_CHARGEBACK": ("lost", "out"),
    "PREARBITRATION_WON": ("won", None),
    "PREARBITRATION_LOST": ("lost", None),
    "REQUEST_FOR_INFORMATION": ("asked", None),
    "INFORMATION_SUPPLIED": ("opened", None),
    "PREARBITRATION_OPEN": ("opened", None),
    "SCHEME_ARBITRATION_WON": ("won", None),
    "SCHEME_ARBITRATION_LOST": ("lost", None),
}


@dataclass(frozen=True, slots=True)
class AdyenConfig:
    """How to reach an account. `hmac_keys`: hexadecimal, the present one and, while it is rolled over, the former.

    `return_url`: where buyers go after they paid on a page. `hold_days`: for how many days money that is held is counted on: 7, which every
    card holds; up to 28, after which the vendor lets go, where the shop bears that a later capture may be refused.
    """

    api_key: str
    merchant_account: str
    hmac_keys: tuple[str, ...]
    base_url: str = "https://checkout-test.adyen.com/v72"
    dispute_url: str = "https://ca-test.adyen.com/ca/services/DisputeService/v30"
    return_url: str = ""
    hold_days: int = 7

    def __post_init__(self) -> None:
        if not 1 <= self.hold_days <= 28:
            raise TypeError(f"hold_days: {self.hold_days!r} should be a whole number from 1 to 28")


@dataclass(frozen=True, slots=True)
class Adyen:
    """The translator."""

    config: AdyenConfig
    name: str = "adyen"

    @property
    def capabilities(self) -> Capabilities:
        """Parts up to the payment; outcomes by webhook."""
        return Capabilities(by_webhook_only=True, ask_after_seconds=60, fee_returned=False)

    def send(self, order: RefundOrder, seal: Seal) -> WireRequest:
        """Ask for the refund; our key is the idempotency key and the reference."""
        body = {
            "merchantAccount": self.config.merchant_account,
            "amount": {"currency": order.currency, "value": ADYEN.theirs(order.amount, order.currency)},
            "reference": order.key,
            "merchantRefundReason": "CUSTOMER REQUEST",
        }
        headers = {"X-API-Key": self.config.api_key, "Content-Type": "application/json", "Idempotency-Key": order.key}
        url = f"{self.config.base_url}/payments/{order.payment_reference}/refunds"
        return WireRequest("POST", url, headers, json.dumps(body, separators=(",", ":")).encode())

    def read_sent(self, order: RefundOrder, answer: WireAnswer) -> Receipt:
        """`received` is pending, whatever becomes of it."""
        body = json_of(answer.body)
        if answer.status in (200, 201):
            if body is None:
                return unreadable(answer)
            reference, status = text_of(body, "pspReference"), part(body, "status")
            if status != "received" or reference is None:
                return strange(status, reference)
            amount, currency = amount_of(body)
            return Receipt("pending", reference, amount, currency, code="received")
        code, message = text_of(body, "errorCode"), text_of(body, "message")
        known = technical(answer, code, message)
        if known is not None:
            return known
        if body is None:
            return unreadable(answer)
        if answer.status == 409:
            return Receipt("unknown", code=code, message=message, retry_after=5)
        return Receipt("failed", code=code, message=message)

    def ask(self, order: RefundOrder, seal: Seal) -> WireRequest:
        """The same request once more: it is documented to give the first answer again while the key is valid."""
        must_be_remembered(order, seal, KEY_DAYS)
        return self.send(order, seal)

    def read_asked(self, order: RefundOrder, answer: WireAnswer) -> Receipt:
        """Still pending as far as an answer can tell."""
        receipt = self.read_sent(order, answer)
        return replace(receipt, outcome="unknown") if receipt.outcome == "absent" else receipt

    def read_notice(self, headers: Mapping[str, str], body: bytes, at: datetime) -> tuple[Notice, ...]:
        """Every item of the notification; one item with a wrong signature refuses all. Items carry no time that could be trusted."""
        items = part(json_of(body), "notificationItems")
        if not isinstance(items, list) or not items:
            raise UnableToTrustNotice("the body has no notificationItems")
        found = []
        for entry in items:
            item = part(entry, "NotificationRequestItem")
            if not isinstance(item, dict):
                raise UnableToTrustNotice("an entry has no NotificationRequestItem")
            self._verify(item)
            found.append(_notice(item, self.name, self.config.hold_days))
        return tuple(found)

    def answer_notice(self) -> WireAnswer:
        """The word that the vendor waits for."""
        return WireAnswer(200, {"content-type": "text/plain"}, b"[accepted]")

    @property
    def disputes(self) -> AdyenDisputes:
        """How its disputes are talked about."""
        return AdyenDisputes(self.config.api_key, self.config.merchant_account, self.config.dispute_url, self.name)

    @property
    def collecting(self) -> AdyenCollecting:
        """How it takes money in."""
        config = self.config
        return AdyenCollecting(
            config.api_key, config.merchant_account, config.base_url, config.return_url, config.hold_days
        )

    def _verify(self, item: Mapping[str, Any]) -> None:
        if part(item, "merchantAccountCode") != self.config.merchant_account:
            raise UnableToTrustNotice("the notification is for another merchant account")
        given = text_of(item, "additionalData", "hmacSignature") or ""
        for key in self.config.hmac_keys:
            try:
                wanted = notice_signature(item, key)
            except binascii.Error as fault:
                raise UnableToTrustNotice("an HMAC key in the settings is not hexadecimal") from fault
            if same(wanted, given):
                return
        raise UnableToTrustNotice("the signature of an item does not fit any of the HMAC keys")


def notice_signature(item: Mapping[str, Any], key: str) -> str:
    """Base64 of HMAC-SHA256 over eight fields joined by colons; `key` in hexadecimal."""
    fields = (
        part(item, "pspReference"),
        part(item, "originalReference"),
        part(item, "merchantAccountCode"),
        part(item, "merchantReference"),
        part(item, "amount", "value"),
        part(item, "amount", "currency"),
        part(item, "eventCode"),
        part(item, "success"),
    )
    message = ":".join(["" if field is None else str(field) for field in fields])
    digest = hmac.new(binascii.unhexlify(key), message.encode("utf-8", errors="replace"), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def _notice(item: Mapping[str, Any], source: str, hold_days: int) -> Notice:
    event, reference = str(part(item, "eventCode") or ""), text_of(item, "pspReference")
    name = f"{event}:{reference}:{part(item, 'success')}"
    amount, currency = amount_of(item)
    payment, key = text_of(item, "originalReference"), text_of(item, "merchantReference")
    at = _moment(text_of(item, "eventDate"))
    if event in _REFUNDS:
        outcome = _REFUNDS[event] or ("succeeded" if part(item, "success") == "true" else "failed")
        message = text_of(item, "reason")
        receipt = Receipt(outcome, reference, amount, currency, code=event, message=message)  # type: ignore[arg-type]
        return Notice(name, "refund", key, reference, payment, receipt, at, {"type": event})
    if event in _DISPUTES:
        stage, moves = _DISPUTES[event]
        detail = {
            "type": event,
            "stage": stage,
            "dispute": f"{reference}:second" if event == "SECOND_CHARGEBACK" else reference,
            "amount": amount,
            "currency": currency or "",
            "told": told_json(told) if (told := told_of(item, source, at)) else None,
            "moves": moves,
        }
        return Notice(name, "dispute", None, None, payment, None, at, detail)
    came = collection_notice(name, event, item, at, hold_days)
    return came or Notice(name, "other", None, None, payment, None, at, {"type": event})


def _moment(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.tzinfo else None

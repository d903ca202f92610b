"""A stand-in for Adyen: refunds are received, and their outcome comes by a signed notification."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar

from amends.basics.money import Minor
from amends.fakes.adyen_disputes import AdyenDisputeDoors
from amends.fakes.adyen_links import AdyenLinkDoors
from amends.fakes.calls import Call, Reply, Route, Told, json_reply
from amends.fakes.disputes import Disputes
from amends.fakes.ledger import Payment, Refund, UnableToMove

API_KEY = "amends-fake-api-key"
ACCOUNT = "AmendsFakeECOM"
HMAC_KEY = "00112233445566778899aabbccddeeff" * 2


class FakeAdyen(AdyenDisputeDoors, AdyenLinkDoors):
    """Adyen as far as money comes back, and comes in for a case. The base address ends in /v72."""

    name: ClassVar[str] = "adyen"
    starts_pending: ClassVar[bool] = True

    def __init__(self, store: str | None = None, seed: int = 0, latency_ms: int = 0) -> None:
        """See `Fake`."""
        self._underway: set[str] = set()
        super().__init__(store, seed, latency_ms)
        self._disputes = Disputes(self.shelf, "ADY")

    def routes(self) -> list[Route]:
        """Ask for a refund; disputes; money that comes in."""
        refunds = ("POST", "/v72/payments/(?P<id>[^/]+)/refunds", self._create)
        return [refunds, *self.dispute_routes(), *self.link_routes()]

    def config(self) -> dict[str, Any]:
        """Keys of the fake account."""
        return {"api_key": API_KEY, "merchant_account": ACCOUNT, "hmac_keys": [HMAC_KEY], "path": "/v72"}

    def error_reply(self, status: int, headers: Mapping[str, str] | None = None, message: str = "a fault") -> Reply:
        """Adyen's error object."""
        return json_reply(status, {"status": status, "errorCode": f"{status}", "message": message}, headers)

    def mark_underway(self, call: Call, underway: bool) -> None:
        """The same key meanwhile is refused with 409."""
        key = call.headers.get("idempotency-key", "")
        (self._underway.add if underway else self._underway.discard)(key)

    def _create(self, call: Call) -> Reply:
        if call.headers.get("x-api-key") != API_KEY:
            return self.error_reply(401, message="HTTP Status Response - Unauthorized")
        content, key = call.json(), call.headers.get("idempotency-key", "")
        if key in self._underway:
            return json_reply(409, {"errorCode": "704", "message": "request already processed or in progress"})
        if key and (kept := self.shelf.get("answer", key)):
            return Reply(201, kept.encode(), {"Content-Type": "application/json"})
        payment = self.ledger.payment(call.parts["id"])
        if payment is None or content.get("merchantAccount") != ACCOUNT:
            return json_reply(422, {"status": 422, "errorCode": "167", "message": "Original pspReference required"})
        if "refuse" in call.faults:
            return json_reply(422, {"status": 422, "errorCode": "137", "message": "not enough money in the account"})
        amount = content.get("amount") or {}
        refund = Refund(
            self.new_id("", 16).upper(), str(content.get("reference", "")), payment.id, amount.get("value", 0),
            amount.get("currency", ""), "pending", self.now(),
        )  # fmt: skip
        try:
            self.take_refund(call, refund)
        except UnableToMove as fault:
            return json_reply(422, {"status": 422, "errorCode": "137", "message": str(fault)})
        shown = {
            "merchantAccount": ACCOUNT,
            "paymentPspReference": payment.id,
            "pspReference": refund.id,
            "reference": refund.key,
            "status": "half-done" if "strange_status" in call.faults else "received",
            "amount": {
                "currency": self.shown_currency(call, refund.currency),
                "value": self.shown_amount(call, refund.amount),
            },
        }
        reply = json_reply(201, shown, refund=refund.id)
        if key:
            self.shelf.keep("answer", key, reply.body.decode())
        return reply

    def told_refund(self, refund: Refund, late: bool) -> list[Told]:
        """REFUND with its success, or REFUNDED_REVERSED."""
        event = "REFUNDED_REVERSED" if late else "REFUND"
        success = "true" if late or refund.state == "succeeded" else "false"
        return [self.item(event, refund.id, refund.payment, refund.key, refund.amount, refund.currency, success)]

    def told_dispute(self, payment: Payment, amount: Minor, stage: str, more: Mapping[str, Any]) -> list[Told]:
        """CHARGEBACK, or CHARGEBACK_REVERSED, or SECOND_CHARGEBACK."""
        event = {"opened": "CHARGEBACK", "won": "CHARGEBACK_REVERSED", "lost": "SECOND_CHARGEBACK"}[stage]
        return [self.dispute_item(event, self._disputes.told(payment, amount, stage, more, self.now()))]

    def dispute_item(self, event: str, one: dict[str, Any]) -> Told:
        """A notification about a dispute."""
        told = self.item(event, one["id"], one["payment"], "", one["amount"], one["currency"], "true")
        return Told(told.id, told.kind, {**told.content, "additionalData": self.more_of(one)})

    def _let_in(self, call: Call) -> bool:
        return call.headers.get("x-api-key") == API_KEY

    def item(
        self,
        event: str,
        name: str,
        payment: str,
        key: str,
        amount: Minor,
        currency: str,
        success: str,
        reason: str = "",
    ) -> Told:
        """A notification. `reason`: why it did not succeed."""
        made = datetime.fromtimestamp(self.now(), UTC).isoformat()
        item = {
            "eventCode": event,
            "success": success,
            "pspReference": name,
            "originalReference": payment,
            "merchantAccountCode": ACCOUNT,
            "merchantReference": key,
            "amount": {"value": amount, "currency": currency},
            "eventDate": made,
            "reason": "" if success == "true" else reason or "refund refused",
        }
        return Told(f"{event}:{name}", event, item)

    def dress(self, told: Told, at: int, wrong: bool) -> tuple[Mapping[str, str], bytes]:
        """The notification with its item signed; it carries no time."""
        item = dict(told.content)
        fields = (
            item["pspReference"], item["originalReference"], ACCOUNT, item["merchantReference"],
            str(item["amount"]["value"]), item["amount"]["currency"], item["eventCode"], item["success"],
        )  # fmt: skip
        key = binascii.unhexlify("ff" * 32 if wrong else HMAC_KEY)
        sign = base64.b64encode(hmac.new(key, ":".join(fields).encode(), hashlib.sha256).digest()).decode()
        item["additionalData"] = {**item.get("additionalData", {}), "hmacSignature": sign}
        body = {"live": "false", "notificationItems": [{"NotificationRequestItem": item}]}
        return {"Content-Type": "application/json"}, json.dumps(body).encode()

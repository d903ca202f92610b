"""A stand-in for PayPal: tokens, refunds of captures with request ids, events signed with a certificate."""

from __future__ import annotations

import base64
import json
import secrets
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar

from amends.basics.currencies import EXPONENTS
from amends.basics.money import Minor, UnableToReadAmount, read_minor, write_minor
from amends.fakes.calls import Call, Reply, Route, Told, json_reply
from amends.fakes.disputes import Disputes
from amends.fakes.keys import kept_pair
from amends.fakes.ledger import Payment, Refund, UnableToMove
from amends.fakes.paypal_disputes import PayPalDisputeDoors
from amends.fakes.paypal_holds import issue
from amends.fakes.paypal_orders import PayPalOrderDoors

CLIENT_ID = "amends-fake-client"
SECRET = "amends-fake-secret"
WEBHOOK_ID = "WH-AMENDS-FAKE"
TOKEN_SECONDS = 900
_STATUS = {"pending": "PENDING", "succeeded": "COMPLETED", "failed": "FAILED"}
_ISSUES = {
    "over": "REFUND_AMOUNT_EXCEEDED",
    "currency": "CURRENCY_MISMATCH",
    "amount": "INVALID_PARAMETER_VALUE",
    "disputed": "REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK",
    "moves": "TRANSACTION_REFUSED",
}


class FakePayPal(PayPalDisputeDoors, PayPalOrderDoors):
    """PayPal as far as money comes back, and comes in for a case."""

    name: ClassVar[str] = "paypal"

    def __init__(self, store: str | None = None, seed: int = 0, latency_ms: int = 0) -> None:
        """See `Fake`."""
        self._underway: set[str] = set()
        super().__init__(store, seed, latency_ms)
        self._disputes = Disputes(self.shelf, "PP-D-")
        self.pair = kept_pair(self.shelf, "paypal")

    def routes(self) -> list[Route]:
        """Token, refund, and one refund read; disputes; money that comes in."""
        return [
            *self.dispute_routes(),
            *self.order_routes(),
            ("POST", "/v1/oauth2/token", self._token),
            ("POST", "/v2/payments/captures/(?P<id>[^/]+)/refund", self._create),
            ("GET", "/v2/payments/refunds/(?P<id>[^/]+)", self._read),
        ]

    def config(self) -> dict[str, Any]:
        """Keys of the fake account, and the certificate that its events are signed with."""
        return {
            "client_id": CLIENT_ID,
            "secret": SECRET,
            "webhook_id": WEBHOOK_ID,
            "certificate": self.pair.certificate(),
        }

    def error_reply(self, status: int, headers: Mapping[str, str] | None = None, message: str = "a fault") -> Reply:
        """PayPal's error object."""
        names = {401: "AUTHENTICATION_FAILURE", 404: "RESOURCE_NOT_FOUND", 429: "RATE_LIMIT_REACHED"}
        name = names.get(status, "INTERNAL_SERVER_ERROR" if status >= 500 else "INVALID_REQUEST")
        return json_reply(status, {"name": name, "message": message, "details": []}, headers)

    def mark_underway(self, call: Call, underway: bool) -> None:
        """The same request id meanwhile is refused with 409."""
        key = call.headers.get("paypal-request-id", "")
        (self._underway.add if underway else self._underway.discard)(key)

    def _token(self, call: Call) -> Reply:
        word = base64.b64encode(f"{CLIENT_ID}:{SECRET}".encode()).decode()
        if call.headers.get("authorization") != f"Basic {word}":
            return json_reply(401, {"error": "invalid_client", "error_description": "Client Authentication failed"})
        token = "A21" + secrets.token_hex(16)
        self.shelf.keep("token", token, self.now() + TOKEN_SECONDS)
        return json_reply(200, {"access_token": token, "token_type": "Bearer", "expires_in": TOKEN_SECONDS})

    def _is_let_in(self, call: Call) -> bool:
        token = call.headers.get("authorization", "").removeprefix("Bearer ")
        until = self.shelf.get("token", token)
        return until is not None and until > self.now()

    def _create(self, call: Call) -> Reply:
        if not self._is_let_in(call):
            return self.error_reply(401, message="Authentication failed due to invalid or expired token")
        key = call.headers.get("paypal-request-id", "")
        if key in self._underway:
            return self.error_reply(409, message="a request with this id is being worked on")
        if key and (kept := self.shelf.get("answer", key)):
            known = self.ledger.get(kept)
            return self.error_reply(404) if known is None else json_reply(200, self._shown(known))
        payment = self.ledger.payment(call.parts["id"])
        if payment is None:
            return self.error_reply(404, message="The specified resource does not exist.")
        reply = self._refunded(call, payment, key)
        if key and reply.status == 201:
            self.shelf.keep("answer", key, reply.refund)
        return reply

    def _refunded(self, call: Call, payment: Payment, key: str) -> Reply:
        content = call.json()
        told = content.get("amount") or {}
        currency = told.get("currency_code", payment.currency)
        try:
            digits = EXPONENTS.get(currency, 2)
            amount = read_minor(told["value"], digits) if told else self.ledger.left(payment.id)
        except (UnableToReadAmount, KeyError, TypeError):
            return issue("INVALID_PARAMETER_VALUE", "the amount cannot be read")
        if "refuse" in call.faults:
            return issue("REFUND_FAILED_INSUFFICIENT_FUNDS", "not enough money in the account")
        custom = str(content.get("custom_id") or "")
        refund = Refund(
            self.new_id("", 17).upper(), key, payment.id, amount, currency, "pending", self.now(),
            detail={"custom_id": custom},
        )  # fmt: skip
        try:
            self.take_refund(call, refund)
        except UnableToMove as fault:
            used_up = fault.why == "over" and self.ledger.left(payment.id) == 0
            return issue("CAPTURE_FULLY_REFUNDED" if used_up else _ISSUES[fault.why], str(fault))
        shown = self._shown(refund)
        value = write_minor(self.shown_amount(call, amount), digits)
        shown["amount"] = {"value": value, "currency_code": self.shown_currency(call, currency)}
        if "strange_status" in call.faults:
            shown["status"] = "HALF_DONE"
        notices = (self._event("PAYMENT.CAPTURE.REFUNDED", self._shown(refund)),) if refund.state == "succeeded" else ()
        return json_reply(201, shown, notices=notices, refund=refund.id)

    def _read(self, call: Call) -> Reply:
        refund = self.ledger.get(call.parts["id"])
        if not self._is_let_in(call):
            return self.error_reply(401, message="Authentication failed")
        return self.error_reply(404) if refund is None else json_reply(200, self._shown(refund))

    def _shown(self, refund: Refund) -> dict[str, Any]:
        digits = EXPONENTS.get(refund.currency, 2)
        return {
            "id": refund.id,
            "status": _STATUS[refund.state],
            "amount": {"value": write_minor(refund.amount, digits), "currency_code": refund.currency},
            "custom_id": refund.detail.get("custom_id", ""),
            "links": [{"rel": "up", "method": "GET", "href": f"/v2/payments/captures/{refund.payment}"}],
        }

    def told_refund(self, refund: Refund, late: bool) -> list[Told]:
        """PAYMENT.CAPTURE.REFUNDED, or PAYMENT.REFUND.FAILED."""
        kind = "PAYMENT.REFUND.FAILED" if refund.state == "failed" else "PAYMENT.CAPTURE.REFUNDED"
        return [self._event(kind, self._shown(refund))]

    def told_dispute(self, payment: Payment, amount: Minor, stage: str, more: Mapping[str, Any]) -> list[Told]:
        """CUSTOMER.DISPUTE.CREATED, or RESOLVED."""
        thing = self.shown_dispute(self._disputes.told(payment, amount, stage, more, self.now()))
        return [self._event("CUSTOMER.DISPUTE.CREATED" if stage == "opened" else "CUSTOMER.DISPUTE.RESOLVED", thing)]

    def _event(self, kind: str, thing: dict[str, Any]) -> Told:
        return Told(self.new_id("WH-"), kind, {"at": self.now(), "resource": thing})

    def dress(self, told: Told, at: int, wrong: bool) -> tuple[Mapping[str, str], bytes]:
        """The event under its signature."""
        made = datetime.fromtimestamp(told.content["at"], UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        event = {"id": told.id, "event_type": told.kind, "create_time": made, "resource": told.content["resource"]}
        body = json.dumps(event, separators=(",", ":")).encode()
        sent = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        message = f"{told.id}|{sent}|{'WH-WRONG' if wrong else WEBHOOK_ID}|{zlib.crc32(body)}".encode()
        return {
            "paypal-transmission-id": told.id,
            "paypal-transmission-time": sent,
            "paypal-transmission-sig": self.pair.sign(message),
            "paypal-auth-algo": "SHA256withRSA",
            "Content-Type": "application/json",
        }, body

"""A stand-in for Stripe: refunds with idempotency as the real one has it, lists, disputes told by signed webhooks."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any, ClassVar

from amends.basics.money import Minor
from amends.fakes.calls import Call, Reply, Route, Told, json_reply
from amends.fakes.disputes import Disputes
from amends.fakes.ledger import Payment, Refund, UnableToMove
from amends.fakes.stripe_disputes import StripeDisputeDoors
from amends.fakes.stripe_links import StripeLinkDoors

SECRET_KEY = "sk_test_amends_fake"
WEBHOOK_SECRET = "whsec_amends_fake"
_STATUS = {"pending": "pending", "succeeded": "succeeded", "failed": "failed"}


class FakeStripe(StripeDisputeDoors, StripeLinkDoors):
    """Stripe as far as money comes back, and comes in for a case."""

    name: ClassVar[str] = "stripe"

    def __init__(self, store: str | None = None, seed: int = 0, latency_ms: int = 0) -> None:
        """See `Fake`."""
        self._underway: set[str] = set()
        super().__init__(store, seed, latency_ms)
        self._disputes = Disputes(self.shelf, "dp_")

    def routes(self) -> list[Route]:
        """Create, list and read refunds; disputes; money that comes in."""
        return [
            *self.dispute_routes(),
            *self.intent_routes(),
            *self.link_routes(),
            ("POST", "/v1/refunds", self._create),
            ("GET", "/v1/refunds", self._list),
            ("GET", "/v1/refunds/(?P<id>[^/]+)", self._read),
        ]

    def config(self) -> dict[str, Any]:
        """Keys of the fake account."""
        return {"secret_key": SECRET_KEY, "webhook_secrets": [WEBHOOK_SECRET]}

    def error_reply(self, status: int, headers: Mapping[str, str] | None = None, message: str = "a fault") -> Reply:
        """Stripe's error object."""
        kind = "rate_limit_error" if status == 429 else "api_error" if status >= 500 else "invalid_request_error"
        return json_reply(status, {"error": {"type": kind, "message": message}}, headers)

    def remember_error(self, call: Call, reply: Reply) -> None:
        """A 5xx is replayed for its key, as the real one does."""
        if call.method == "POST" and (key := call.headers.get("idempotency-key")):
            self._keep(key, call, reply)

    def mark_underway(self, call: Call, underway: bool) -> None:
        """The same key meanwhile is refused with 409."""
        key = call.headers.get("idempotency-key", "")
        (self._underway.add if underway else self._underway.discard)(key)

    def _keep(self, key: str, call: Call, reply: Reply) -> None:
        kept = {"form": call.form(), "status": reply.status, "body": reply.body.decode()}
        self.shelf.keep("answer", key, kept)

    def _is_let_in(self, call: Call) -> bool:
        return call.headers.get("authorization") == f"Bearer {SECRET_KEY}"

    def _create(self, call: Call) -> Reply:
        if not self._is_let_in(call):
            return self.error_reply(401, message="Invalid API Key provided")
        key = call.headers.get("idempotency-key", "")
        if key in self._underway:
            return _error(
                409, "idempotency_error", "idempotency_key_in_use", "another request with this key is running"
            )
        if key and (kept := self.shelf.get("answer", key)):
            if kept["form"] != call.form():
                message = "Keys for idempotent requests can only be used with the same parameters"
                return _error(400, "idempotency_error", None, message)
            return Reply(kept["status"], kept["body"].encode(), {"Idempotent-Replayed": "true"})
        reply = self._refunded(call)
        if key and reply.status != 404:
            self._keep(key, call, reply)
        return reply

    def _refunded(self, call: Call) -> Reply:
        form = call.form()
        payment = self.ledger.payment(form.get("payment_intent") or form.get("charge") or "")
        if payment is None:
            return _error(404, "invalid_request_error", "resource_missing", "No such payment")
        amount = form.get("amount", str(self.ledger.left(payment.id)))
        if not amount.isdecimal():
            return _error(400, "invalid_request_error", "parameter_invalid_integer", f"Invalid integer: {amount}")
        if "refuse" in call.faults:
            return _error(400, "invalid_request_error", "insufficient_funds", "Insufficient funds in your account")
        metadata = {name[9:-1]: value for name, value in form.items() if name.startswith("metadata[")}
        refund = Refund(
            self.new_id("re_"), metadata.get("amends_key", ""), payment.id, int(amount), payment.currency, "pending",
            self.now(), detail={"metadata": metadata},
        )  # fmt: skip
        try:
            self.take_refund(call, refund)
        except UnableToMove as fault:
            used_up = fault.why == "over" and self.ledger.left(payment.id) == 0
            code = "charge_already_refunded" if used_up else {"disputed": "charge_disputed"}.get(fault.why)
            return _error(400, "invalid_request_error", code, str(fault))
        shown = self._shown(refund) | {
            "amount": self.shown_amount(call, refund.amount),
            "currency": self.shown_currency(call, refund.currency).lower(),
        }
        if "strange_status" in call.faults:
            shown["status"] = "half_done"
        return json_reply(200, shown, notices=(self._event("refund.created", self._shown(refund)),), refund=refund.id)

    def _shown(self, refund: Refund) -> dict[str, Any]:
        return {
            "id": refund.id,
            "object": "refund",
            "amount": refund.amount,
            "currency": refund.currency.lower(),
            "payment_intent": refund.payment,
            "charge": None,
            "created": refund.at,
            "metadata": refund.detail.get("metadata", {}),
            "reason": "requested_by_customer",
            "status": _STATUS[refund.state],
            "failure_reason": "expired_or_canceled_card" if refund.state == "failed" else None,
            "balance_transaction": None,
        }

    def _list(self, call: Call) -> Reply:
        if not self._is_let_in(call):
            return self.error_reply(401, message="Invalid API Key provided")
        query = call.query
        payment = query.get("payment_intent") or query.get("charge")
        found = [self._shown(refund) for refund in reversed(self.ledger.refunds(payment))]
        if after := query.get("starting_after"):
            places = [place for place, refund in enumerate(found) if refund["id"] == after]
            found = found[places[0] + 1 :] if places else []
        limit = min(100, int(query.get("limit", "10")))
        shown = {"object": "list", "data": found[:limit], "has_more": len(found) > limit, "url": "/v1/refunds"}
        return json_reply(200, shown)

    def _read(self, call: Call) -> Reply:
        refund = self.ledger.get(call.parts["id"])
        if refund is None or not self._is_let_in(call):
            return _error(404, "invalid_request_error", "resource_missing", "No such refund")
        return json_reply(200, self._shown(refund))

    def told_refund(self, refund: Refund, late: bool) -> list[Told]:
        """refund.updated, or refund.failed."""
        kind = "refund.failed" if refund.state == "failed" else "refund.updated"
        return [self._event(kind, self._shown(refund))]

    def told_dispute(self, payment: Payment, amount: Minor, stage: str, more: Mapping[str, Any]) -> list[Told]:
        """The dispute's own event, and the one that moves the money."""
        found = self._disputes.told(payment, amount, stage, more, self.now())
        thing = self.shown_dispute(found)
        told = [self._event("charge.dispute.created" if stage == "opened" else "charge.dispute.closed", thing)]
        if stage == "opened" and not found["inquiry"]:
            told.append(self._event("charge.dispute.funds_withdrawn", thing))
        elif stage == "won" and not found["inquiry"]:
            told.append(self._event("charge.dispute.funds_reinstated", thing))
        return told

    def _event(self, kind: str, thing: dict[str, Any]) -> Told:
        return Told(self.new_id("evt_"), kind, {"created": self.now(), "object": thing})

    def dress(self, told: Told, at: int, wrong: bool) -> tuple[Mapping[str, str], bytes]:
        """The event under its signature."""
        event = {"id": told.id, "object": "event", "type": told.kind, "created": told.content["created"],
                 "data": {"object": told.content["object"]}}  # fmt: skip
        body = json.dumps(event, separators=(",", ":")).encode()
        secret = "whsec_wrong" if wrong else WEBHOOK_SECRET
        sign = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
        return {"Stripe-Signature": f"t={at},v1={sign}", "Content-Type": "application/json"}, body


def _error(status: int, kind: str, code: str | None, message: str) -> Reply:
    return json_reply(status, {"error": {"type": kind, "code": code, "message": message}})

"""Stripe's payment intents as the fake has them: held on a saved card, captured once, cancelled, or let go by time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from amends.fakes.calls import Call, Reply, Route, Told, json_reply
from amends.fakes.fake import Fake
from amends.fakes.ledger import Payment

DAY: Final = 86_400
HOLD_DAYS: Final = 7
SAVED_HOLD_DAYS: Final = 5


class StripeIntentDoors(Fake):
    """The part of the fake Stripe on intents. What was paid or captured becomes a payment that can be refunded."""

    _underway: set[str]

    def intent_routes(self) -> list[Route]:
        """Make, list, read, capture, cancel."""
        name = "(?P<id>[^/]+)"
        return [
            ("POST", "/v1/payment_intents", lambda call: self.once(call, self._make_intent)),
            ("GET", "/v1/payment_intents", self._list_intents),
            ("GET", f"/v1/payment_intents/{name}", self._read_intent),
            ("POST", f"/v1/payment_intents/{name}/capture", lambda call: self.once(call, self._capture)),
            ("POST", f"/v1/payment_intents/{name}/cancel", lambda call: self.once(call, self._cancel)),
        ]

    def _is_let_in(self, call: Call) -> bool:
        raise NotImplementedError

    def _event(self, kind: str, thing: dict[str, Any]) -> Told:
        raise NotImplementedError

    def _keep(self, key: str, call: Call, reply: Reply) -> None:
        raise NotImplementedError

    def expire_holds(self) -> list[str]:
        """What is held too long is let go, and told; the ids."""
        with self.lock:
            late = [one for one in self.shelf.all("intent") if self._is_late(one)]
            notices = [self._event("payment_intent.canceled", self.intent_shown(self._lapse(one))) for one in late]
        self.send_notices(tuple(notices))
        return [one["id"] for one in late]

    def money_of(self, payment: str) -> dict[str, int]:
        """What is held of a payment, and what was taken, in minor units."""
        found = self.intent(payment)
        return {"held": found["amount"] if found["status"] == "requires_capture" else 0, "taken": found["received"]}

    def intent(self, name: str) -> dict[str, Any]:
        """An intent as it is now."""
        with self.lock:
            found: Any = self.shelf.get("intent", name)
            now: dict[str, Any] = self._lapse(found) if self._is_late(found) else found
            return now

    def new_intent(
        self, amount: int, currency: str, capture_method: str, metadata: dict[str, str], days: int
    ) -> dict[str, Any]:
        """An intent that is not confirmed yet, and not kept."""
        return {
            "id": self.new_id("pi_"),
            "amount": amount,
            "currency": currency.lower(),
            "capture_method": capture_method,
            "metadata": metadata,
            "status": "requires_confirmation",
            "customer": None,
            "payment_method": None,
            "received": 0,
            "before": self.now() + days * DAY,
            "error": None,
            "why": None,
        }

    def _make_intent(self, call: Call) -> Reply:
        form = call.form()
        amount = form.get("amount", "")
        if not amount.isdecimal() or int(amount) == 0:
            return self.wrong_call("Invalid integer: amount", "parameter_invalid_integer")
        days = SAVED_HOLD_DAYS if form.get("off_session") == "true" else HOLD_DAYS
        metadata = named(form, "metadata")
        intent = self.new_intent(int(amount), form.get("currency", ""), form.get("capture_method", ""), metadata, days)
        intent |= {"customer": form.get("customer"), "payment_method": form.get("payment_method")}
        known = [one.detail.get("payment_method") for one in self.ledger.payments()]
        if not intent["payment_method"] or intent["payment_method"] not in known:
            return self.wrong_call("No such PaymentMethod", "resource_missing")
        for fault, code, decline in (
            ("decline", "card_declined", "insufficient_funds"),
            ("authenticate", "authentication_required", "authentication_required"),
            ("refuse", "card_declined", "generic_decline"),
        ):
            if fault in call.faults:
                shown = self.intent_shown(self.decline(intent, code, decline))
                error = {
                    "type": "card_error",
                    "code": code,
                    "decline_code": decline,
                    "message": "Your card was declined.",
                }
                told = (self._event("payment_intent.payment_failed", shown),)
                return json_reply(402, {"error": {**error, "payment_intent": shown}}, notices=told)
        notices = tuple(self.confirmed(intent))
        self.log("held", payment=intent["id"], amount=intent["amount"])
        return json_reply(200, self._spoilt_intent(call, intent), notices=notices)

    def decline(self, intent: dict[str, Any], code: str, decline: str) -> dict[str, Any]:
        """The bank said no."""
        intent |= {"status": "requires_payment_method", "error": {"code": code, "decline_code": decline}}
        self.shelf.keep("intent", intent["id"], intent)
        return intent

    def confirmed(self, intent: dict[str, Any]) -> list[Told]:
        """The card said yes: held, or taken at once."""
        held = intent["capture_method"] == "manual"
        intent |= {"status": "requires_capture" if held else "succeeded", "received": 0 if held else intent["amount"]}
        self.shelf.keep("intent", intent["id"], intent)
        if not held:
            self._took(intent)
        kind = "payment_intent.amount_capturable_updated" if held else "payment_intent.succeeded"
        return [self._event(kind, self.intent_shown(intent))]

    def _took(self, intent: dict[str, Any]) -> None:
        self.ledger.capture(Payment(intent["id"], intent["received"], intent["currency"].upper(), self.now()))

    def _is_late(self, intent: dict[str, Any]) -> bool:
        return bool(intent["status"] == "requires_capture" and self.now() > intent["before"])

    def _lapse(self, intent: dict[str, Any]) -> dict[str, Any]:
        intent |= {"status": "canceled", "why": "automatic"}
        self.shelf.keep("intent", intent["id"], intent)
        self.log("expired", payment=intent["id"])
        return intent

    def _capture(self, call: Call) -> Reply:
        intent = self._intent_of(call)
        if intent is None:
            return self.wrong_call("No such payment_intent", "resource_missing", 404)
        if intent["status"] != "requires_capture" or "refuse" in call.faults:
            return self._unexpected(intent, "captured")
        amount = call.form().get("amount_to_capture", str(intent["amount"]))
        if not amount.isdecimal() or not 0 < int(amount) <= intent["amount"]:
            return self.wrong_call("The amount to capture is more than what is capturable", "amount_too_large")
        intent |= {"status": "succeeded", "received": int(amount)}
        self.shelf.keep("intent", intent["id"], intent)
        self._took(intent)
        self.log("captured", payment=intent["id"], amount=intent["received"])
        notices = (self._event("payment_intent.succeeded", self.intent_shown(intent)),)
        return json_reply(200, self._spoilt_intent(call, intent), notices=notices)

    def _cancel(self, call: Call) -> Reply:
        intent = self._intent_of(call)
        if intent is None:
            return self.wrong_call("No such payment_intent", "resource_missing", 404)
        if intent["status"] in ("canceled", "succeeded") or "refuse" in call.faults:
            return self._unexpected(intent, "canceled")
        intent |= {"status": "canceled", "why": "requested_by_customer"}
        self.shelf.keep("intent", intent["id"], intent)
        self.log("released", payment=intent["id"])
        notices = (self._event("payment_intent.canceled", self.intent_shown(intent)),)
        return json_reply(200, self._spoilt_intent(call, intent), notices=notices)

    def _intent_of(self, call: Call) -> dict[str, Any] | None:
        found = self.shelf.get("intent", call.parts["id"])
        return self.intent(found["id"]) if found else None

    def _read_intent(self, call: Call) -> Reply:
        if not self._is_let_in(call):
            return self.error_reply(401, message="Invalid API Key provided")
        if (intent := self._intent_of(call)) is not None:
            return json_reply(200, self._spoilt_intent(call, intent))
        paid = self.ledger.payment(call.parts["id"])
        if paid is None:
            return self.wrong_call("No such payment_intent", "resource_missing", 404)
        shown = {
            "id": paid.id,
            "object": "payment_intent",
            "amount": paid.amount,
            "amount_received": paid.amount,
            "currency": paid.currency.lower(),
            "status": "succeeded",
            "customer": paid.detail.get("customer"),
            "payment_method": paid.detail.get("payment_method"),
        }
        return json_reply(200, shown)

    def _list_intents(self, call: Call) -> Reply:
        customer = call.query.get("customer")
        found = [self.intent(one["id"]) for one in reversed(self.shelf.all("intent"))]
        return self.listed(call, [self.intent_shown(one) for one in found if customer in (None, one["customer"])])

    def intent_shown(self, one: dict[str, Any]) -> dict[str, Any]:
        """An intent as the vendor shows it."""
        held = one["status"] == "requires_capture"
        charge = {"payment_method_details": {"type": "card", "card": {"capture_before": one["before"]}}}
        return {
            "id": one["id"],
            "object": "payment_intent",
            "amount": one["amount"],
            "amount_capturable": one["amount"] if held else 0,
            "amount_received": one["received"],
            "currency": one["currency"],
            "capture_method": one["capture_method"],
            "customer": one["customer"],
            "payment_method": one["payment_method"],
            "metadata": one["metadata"],
            "status": one["status"],
            "last_payment_error": one["error"],
            "cancellation_reason": one["why"],
            "latest_charge": charge,
        }

    def _spoilt_intent(self, call: Call, intent: dict[str, Any]) -> dict[str, Any]:
        shown = self.intent_shown(intent)
        for name in ("amount_capturable", "amount_received"):
            shown[name] = self.shown_amount(call, shown[name]) if shown[name] else 0
        shown["currency"] = self.shown_currency(call, intent["currency"].upper()).lower()
        return shown | ({"status": "half_done"} if "strange_status" in call.faults else {})

    # What all of them need.

    def once(self, call: Call, work: Callable[[Call], Reply]) -> Reply:
        """The work, or the answer that this idempotency key was given before."""
        if not self._is_let_in(call):
            return self.error_reply(401, message="Invalid API Key provided")
        key = call.headers.get("idempotency-key", "")
        if key in self._underway:
            return self.wrong_call("another request with this key is running", "idempotency_key_in_use", 409)
        if key and (kept := self.shelf.get("answer", key)):
            if kept["form"] != call.form():
                message = "Keys for idempotent requests can only be used with the same parameters"
                return json_reply(400, {"error": {"type": "idempotency_error", "code": None, "message": message}})
            return Reply(kept["status"], kept["body"].encode(), {"Idempotent-Replayed": "true"})
        reply = work(call)
        if key and reply.status != 404:
            self._keep(key, call, reply)
        return reply

    def listed(self, call: Call, shown: list[dict[str, Any]]) -> Reply:
        """A page of a list."""
        if not self._is_let_in(call):
            return self.error_reply(401, message="Invalid API Key provided")
        if after := call.query.get("starting_after"):
            places = [place for place, one in enumerate(shown) if one["id"] == after]
            shown = shown[places[0] + 1 :] if places else []
        limit = min(100, int(call.query.get("limit", "10")))
        return json_reply(200, {"object": "list", "data": shown[:limit], "has_more": len(shown) > limit})

    def _unexpected(self, intent: dict[str, Any], verb: str) -> Reply:
        message = f"This PaymentIntent could not be {verb} because it has a status of {intent['status']}."
        error = {"type": "invalid_request_error", "code": "payment_intent_unexpected_state", "message": message}
        return json_reply(400, {"error": {**error, "payment_intent": self.intent_shown(intent)}})

    def wrong_call(self, message: str, code: str | None = None, status: int = 400) -> Reply:
        """The vendor's error about a call."""
        return json_reply(status, {"error": {"type": "invalid_request_error", "code": code, "message": message}})


def named(form: dict[str, str], prefix: str) -> dict[str, str]:
    start = f"{prefix}["
    return {name[len(start) : -1]: value for name, value in form.items() if name.startswith(start)}

"""PayPal's authorizations and captures as the fake has them: taken once, let go by word or by time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

from amends.basics.currencies import EXPONENTS
from amends.basics.money import UnableToReadAmount, read_minor, write_minor
from amends.fakes.calls import Call, Reply, Route, Told, json_reply
from amends.fakes.fake import Fake
from amends.fakes.ledger import Payment

DAY: Final = 86_400
HOLD_DAYS: Final = 29


class PayPalHoldDoors(Fake):
    """The part of the fake PayPal on what is held. What was captured can be refunded."""

    _underway: set[str]

    def hold_routes(self) -> list[Route]:
        """Capture and void."""
        hold = "/v2/payments/authorizations/(?P<id>[^/]+)"
        return [
            ("POST", f"{hold}/capture", lambda call: self.once(call, self._capture_hold)),
            ("POST", f"{hold}/void", lambda call: self.once(call, self._void_hold)),
        ]

    def _is_let_in(self, call: Call) -> bool:
        raise NotImplementedError

    def _event(self, kind: str, thing: dict[str, Any]) -> Told:
        raise NotImplementedError

    def expire_holds(self) -> list[str]:
        """What is held too long is let go, and told; the ids."""
        with self.lock:
            late = [one for one in self.shelf.all("authorization") if one["status"] == "CREATED" and self._is_late(one)]
            for one in late:
                one["status"] = "VOIDED"
                self.shelf.keep("authorization", one["id"], one)
            notices = [self._event("PAYMENT.AUTHORIZATION.VOIDED", self.hold_shown(one)) for one in late]
        self.send_notices(tuple(notices))
        return [one["id"] for one in late]

    def money_of(self, payment: str) -> dict[str, int]:
        """What is held of a payment (by its authorization or its capture), and what was taken, in minor units."""
        with self.lock:
            captures = [one for one in self.shelf.all("capture") if payment in (one["id"], one["hold"])]
            hold = self.shelf.get("authorization", payment)
            held = hold is not None and hold["status"] == "CREATED" and not self._is_late(hold)
            taken = sum([one["amount"] for one in captures if one["status"] == "COMPLETED"])
        return {"held": hold["amount"] if hold and held else 0, "taken": taken}

    def _is_late(self, hold: dict[str, Any]) -> bool:
        return bool(self.now() > hold["until"])

    def _capture_hold(self, call: Call) -> Reply:
        hold = self.shelf.get("authorization", call.parts["id"])
        if hold is None:
            return self.error_reply(404)
        ended = {"CAPTURED": "AUTHORIZATION_ALREADY_CAPTURED", "VOIDED": "AUTHORIZATION_VOIDED"}
        if hold["status"] != "CREATED" or self._is_late(hold):
            return issue(ended.get(hold["status"], "AUTHORIZATION_EXPIRED"), "it cannot be captured")
        amount = amount_of(call.json().get("amount"))
        if amount is None or amount > hold["amount"]:
            return issue("MAX_CAPTURE_AMOUNT_EXCEEDED", "more than was authorized")
        if "refuse" in call.faults:
            return issue("TRANSACTION_REFUSED", "the honour period is over, and the buyer's bank refuses")
        capture = self.captured(self.shelf.get("order", hold["order"]), amount, hold["id"])
        hold["status"] = "CAPTURED" if call.json().get("final_capture") else "PARTIALLY_CAPTURED"
        self.shelf.keep("authorization", hold["id"], hold)
        told = (self._event("PAYMENT.CAPTURE.COMPLETED", self.capture_shown(capture)),)
        return json_reply(201, self.capture_shown(capture, call), notices=told)

    def _void_hold(self, call: Call) -> Reply:
        hold = self.shelf.get("authorization", call.parts["id"])
        if hold is None:
            return self.error_reply(404)
        if hold["status"] != "CREATED" or "refuse" in call.faults:
            return issue("PREVIOUSLY_VOIDED" if hold["status"] == "VOIDED" else "PREVIOUSLY_CAPTURED", "too late")
        hold["status"] = "VOIDED"
        self.shelf.keep("authorization", hold["id"], hold)
        self.log("released", payment=hold["id"])
        told = (self._event("PAYMENT.AUTHORIZATION.VOIDED", self.hold_shown(hold)),)
        return json_reply(200, self.hold_shown(hold), notices=told)

    def captured(self, order: Any, amount: int, hold: str) -> dict[str, Any]:
        """A capture that went through; its payment can be refunded."""
        capture = {
            "id": self.new_id("", 17).upper(), "order": order["id"], "hold": hold, "status": "COMPLETED",
            "amount": amount, "currency": order["currency"], "custom_id": order["custom_id"],
        }  # fmt: skip
        self.shelf.keep("capture", capture["id"], capture)
        self.ledger.capture(Payment(capture["id"], amount, order["currency"], self.now()))
        self.log("captured", payment=capture["id"], amount=amount)
        return capture

    def hold_shown(self, one: Any, call: Call | None = None) -> dict[str, Any]:
        """An authorization."""
        return self._spoilt_money(one, call) | {
            "expiration_time": time_of(one["until"]),
            "supplementary_data": {"related_ids": {"order_id": one["order"]}},
        }

    def capture_shown(self, one: dict[str, Any], call: Call | None = None) -> dict[str, Any]:
        """A capture."""
        ids = {"order_id": one["order"]} | ({"authorization_id": one["hold"]} if one["hold"] else {})
        return self._spoilt_money(one, call) | {"final_capture": True, "supplementary_data": {"related_ids": ids}}

    def _spoilt_money(self, one: Any, call: Call | None) -> dict[str, Any]:
        amount, currency, status = one["amount"], one["currency"], one["status"]
        if call is not None:
            amount, currency = self.shown_amount(call, amount), self.shown_currency(call, currency)
            status = "HALF_DONE" if "strange_status" in call.faults else status
        return {
            "id": one["id"],
            "status": status,
            "amount": self.shown_money(amount, currency),
            "custom_id": one["custom_id"],
        }

    def shown_money(self, amount: int, currency: str) -> dict[str, str]:
        """An amount as the vendor writes it."""
        return {"value": write_minor(amount, EXPONENTS.get(currency, 2)), "currency_code": currency}

    def once(self, call: Call, work: Callable[[Call], Reply]) -> Reply:
        """The work, or the answer that this request id was given before. Only successes are kept."""
        if not self._is_let_in(call):
            return self.error_reply(401, message="Authentication failed due to invalid or expired token")
        key = call.headers.get("paypal-request-id", "")
        if key in self._underway:
            return self.error_reply(409, message="a request with this id is being worked on")
        if key and (kept := self.shelf.get("order_answer", key)):
            return Reply(200, kept.encode(), {"Content-Type": "application/json"})
        reply = work(call)
        if key and reply.status in (200, 201):
            self.shelf.keep("order_answer", key, reply.body.decode())
        return reply


def issue(code: str, description: str, status: int = 422) -> Reply:
    """A refusal with the vendor's word for it."""
    details = [{"issue": code, "description": description}]
    name = "UNPROCESSABLE_ENTITY" if status == 422 else "INVALID_REQUEST"
    return json_reply(status, {"name": name, "message": "semantically wrong", "details": details})


def amount_of(told: Any) -> int | None:
    """The minor units of an amount as the vendor writes it; None where it cannot be read."""
    try:
        return read_minor(told["value"], EXPONENTS.get(told["currency_code"], 2))
    except (UnableToReadAmount, KeyError, TypeError):
        return None


def time_of(seconds: int) -> str:
    """A time as the vendor writes it."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

"""PayPal's orders as the fake has them: approved by a buyer, then held or taken on the shop's word, let go by word or by time."""

from __future__ import annotations

import html
from typing import Any, Final

from amends.fakes.calls import Call, Reply, Route, Told, UnableToUnderstand, json_reply
from amends.fakes.ledger import UnableToMove
from amends.fakes.paypal_holds import DAY, HOLD_DAYS, PayPalHoldDoors, amount_of, issue, time_of

PAGE_SECONDS: Final = 3 * 3_600
CARDS: Final = ("good", "declined", "left")
"""How a buyer's visit ends: approved, approved with a card that will be declined, or gone away with the page still open."""


class PayPalOrderDoors(PayPalHoldDoors):
    """The part of the fake PayPal on orders and what is held by them. What was captured can be refunded."""

    def order_routes(self) -> list[Route]:
        """Orders, authorizations, and the page that a buyer sees."""
        order, name = "/v2/checkout/orders", "(?P<id>[^/]+)"
        return [
            ("POST", order, lambda call: self.once(call, self._make_order)),
            ("GET", f"{order}/{name}", self._read_order),
            ("POST", f"{order}/{name}/capture", lambda call: self.once(call, self._capture_order)),
            ("POST", f"{order}/{name}/authorize", lambda call: self.once(call, self._authorize_order)),
            *self.hold_routes(),
            ("GET", f"/checkoutnow/{name}", self._show_page),
            ("POST", f"/checkoutnow/{name}", self._use_page),
        ]

    def doors(self) -> tuple[tuple[str, str, Any], ...]:
        """What a buyer does, and what time does."""
        return (
            ("POST", "pages/([^/]+)/visit", lambda fake, call, name: fake.visit(name, call.json().get("card", "good"))),
            ("POST", "holds/expire", lambda fake, call, _: {"expired": fake.expire_holds()}),
        )

    # What buyers and time do.

    def visit(self, name: str, card: str = "good") -> dict[str, Any]:
        """A buyer comes to the page, and approves, or goes away. Raises `UnableToMove` where nothing can be approved."""
        if card not in CARDS:
            raise UnableToUnderstand(f"card: {card!r} should be one of {', '.join(CARDS)}")
        with self.lock:
            order = self._order(name)
            if order is None or order["status"] == "COMPLETED":
                raise UnableToMove("no_payment", f"the order {name} is not active")
            notices = self._visited(order, card)
        self.send_notices(tuple(notices))
        return order

    def _visited(self, order: dict[str, Any], card: str) -> list[Told]:
        if card == "left":
            return []
        order |= {"status": "APPROVED", "card": card, "updated": max(self.now(), order["updated"] + 1)}
        self.shelf.keep("order", order["id"], order)
        self.log("approved", order=order["id"], card=card)
        return [self._event("CHECKOUT.ORDER.APPROVED", self.order_shown(order))]

    def _order(self, name: str) -> dict[str, Any] | None:
        """An order as long as it is there: one that nobody approved is gone after three hours."""
        found: dict[str, Any] | None = self.shelf.get("order", name)
        if found and found["status"] != "COMPLETED" and self.now() > found["created"] + PAGE_SECONDS:
            return None
        return found

    # The page that a buyer sees.

    def _show_page(self, call: Call) -> Reply:
        order = self._order(call.parts["id"])
        if order is None or order["status"] == "COMPLETED":
            return Reply(410, b"this page takes no payment any more", {"Content-Type": "text/plain"})
        form = "".join(
            [f'<p><button name="card" value="{card}">{word}</button></p>'
             for card, word in (("good", "Approve"), ("declined", "Approve with a card that will be declined"))]
        )  # fmt: skip
        what = f"{html.escape(order['text'])}: {order['amount']} {order['currency']} (smallest unit)"
        body = f'<!doctype html><title>Fake page</title><h1>{what}</h1><form method="post">{form}</form>'
        return Reply(200, body.encode(), {"Content-Type": "text/html; charset=utf-8"})

    def _use_page(self, call: Call) -> Reply:
        order = self._order(call.parts["id"])
        if order is None or order["status"] == "COMPLETED":
            return Reply(410, b"this page takes no payment any more", {"Content-Type": "text/plain"})
        notices = tuple(self._visited(order, call.form().get("card", "good")))
        if order["back"]:
            return Reply(303, b"", {"Location": order["back"]}, notices)
        return Reply(200, b"approved", {"Content-Type": "text/plain"}, notices)

    # Orders.

    def _make_order(self, call: Call) -> Reply:
        content = call.json()
        source = (content.get("payment_source") or {}).get("paypal") or {}
        units = content.get("purchase_units") or []
        if content.get("intent") not in ("CAPTURE", "AUTHORIZE") or len(units) != 1:
            return issue("INVALID_PARAMETER_VALUE", "intent and one purchase unit are wanted", 400)
        amount = amount_of(units[0].get("amount"))
        if not amount or "refuse" in call.faults:
            return issue("CANNOT_BE_ZERO_OR_NEGATIVE" if amount == 0 else "PAYEE_ACCOUNT_RESTRICTED", "not possible")
        name = self.new_id("", 17).upper()
        order = {
            "id": name, "intent": content["intent"], "status": "PAYER_ACTION_REQUIRED", "amount": amount,
            "currency": units[0]["amount"]["currency_code"], "custom_id": units[0].get("custom_id", ""),
            "text": units[0].get("description", ""), "card": "", "hold": "", "capture": "",
            "back": (source.get("experience_context") or {}).get("return_url", ""), "created": self.now(),
            "updated": self.now(), "url": f"http://{call.headers.get('host', 'localhost')}/checkoutnow/{name}",
        }  # fmt: skip
        self.shelf.keep("order", name, order)
        self.log("order", id=name, amount=amount, intent=order["intent"])
        return json_reply(201, self.order_shown(order))

    def _read_order(self, call: Call) -> Reply:
        if not self._is_let_in(call):
            return self.error_reply(401, message="Authentication failed")
        order = self._order(call.parts["id"])
        return self.error_reply(404) if order is None else json_reply(200, self.order_shown(order, call))

    def _approved(self, call: Call, intent: str) -> dict[str, Any] | Reply:
        """The order, ready for the shop's word; else the refusal."""
        order = self._order(call.parts["id"])
        if order is None:
            return self.error_reply(404)
        if order["status"] == "COMPLETED":
            return issue(f"ORDER_ALREADY_{'CAPTURED' if intent == 'CAPTURE' else 'AUTHORIZED'}", "once only")
        if order["intent"] != intent:
            return issue("ACTION_DOES_NOT_MATCH_INTENT", "the order was made for something else")
        if order["status"] != "APPROVED":
            return issue("ORDER_NOT_APPROVED", "Payer has not yet approved the Order for payment.")
        if order["card"] == "declined" or "decline" in call.faults:
            order |= {"status": "PAYER_ACTION_REQUIRED", "updated": max(self.now(), order["updated"] + 1)}
            self.shelf.keep("order", order["id"], order)
            return issue("INSTRUMENT_DECLINED", "The instrument presented was declined.")
        return order

    def _capture_order(self, call: Call) -> Reply:
        order = self._approved(call, "CAPTURE")
        if isinstance(order, Reply):
            return order
        capture = self.captured(order, order["amount"], "")
        order |= {"status": "COMPLETED", "capture": capture["id"]}
        self.shelf.keep("order", order["id"], order)
        told = (self._event("PAYMENT.CAPTURE.COMPLETED", self.capture_shown(capture)),)
        return json_reply(201, self.order_shown(order, call), notices=told)

    def _authorize_order(self, call: Call) -> Reply:
        order = self._approved(call, "AUTHORIZE")
        if isinstance(order, Reply):
            return order
        hold = {
            "id": self.new_id("", 17).upper(), "order": order["id"], "status": "CREATED", "amount": order["amount"],
            "currency": order["currency"], "custom_id": order["custom_id"], "until": self.now() + HOLD_DAYS * DAY,
        }  # fmt: skip
        self.shelf.keep("authorization", hold["id"], hold)
        order |= {"status": "COMPLETED", "hold": hold["id"]}
        self.shelf.keep("order", order["id"], order)
        self.log("held", payment=hold["id"], amount=hold["amount"])
        told = (self._event("PAYMENT.AUTHORIZATION.CREATED", self.hold_shown(hold)),)
        return json_reply(201, self.order_shown(order, call), notices=told)

    # As the vendor shows them.

    def order_shown(self, one: dict[str, Any], call: Call | None = None) -> dict[str, Any]:
        """An order with what came of it."""
        unit: dict[str, Any] = {
            "custom_id": one["custom_id"],
            "amount": self.shown_money(one["amount"], one["currency"]),
        }
        payments: dict[str, Any] = {}
        if one["hold"]:
            payments["authorizations"] = [self.hold_shown(self.shelf.get("authorization", one["hold"]), call)]
        captures = [found for found in self.shelf.all("capture") if found["order"] == one["id"]]
        if captures:
            payments["captures"] = [self.capture_shown(found, call) for found in captures]
        return {
            "id": one["id"],
            "intent": one["intent"],
            "status": one["status"],
            "purchase_units": [unit | ({"payments": payments} if payments else {})],
            "create_time": time_of(one["created"]),
            "update_time": time_of(one["updated"]),
            "links": [{"rel": "payer-action", "method": "GET", "href": one["url"]}],
        }

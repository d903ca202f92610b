"""A stand-in for a WooCommerce shop: no idempotency, business errors with status 500, paging by headers, signed webhooks."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from amends.fakes.calls import Call, Reply, Route, Told, json_reply
from amends.fakes.ledger import Refund, UnableToMove
from amends.fakes.market import SoldOrder
from amends.fakes.platform import PlatformFake
from amends.fakes.woocommerce_shapes import amount_of, error, order_shape, refund_shape, seconds_of, time_of

KEY, SECRET = "ck_amends_fake", "cs_amends_fake"
WEBHOOK_SECRET = "whs_amends_fake"
_API: Final = "/wp-json/wc/v3/"
_NOT_CREATED: Final = "woocommerce_rest_cannot_create_order_refund"
_FAILURES_ALLOWED: Final = 5
_GATEWAYS: Final = {"stripe": ["products", "refunds"], "bacs": ["products"], "cod": ["products"]}


class FakeWooCommerce(PlatformFake):
    """A shop in euros. Where a buyer asks for something is not its business: cases put into it are never told."""

    name: ClassVar[str] = "woocommerce"
    currency: ClassVar[str] = "EUR"

    def __init__(self, store: str | None = None, seed: int = 0, latency_ms: int = 0) -> None:
        """See `Fake`."""
        self.failures = 0
        super().__init__(store, seed, latency_ms)
        self.courier.most_tries = 1  # the real one sends each message once

    def order_number(self) -> str:
        """Small whole numbers."""
        return str(1000 + len(self.market.orders) + 1)

    def routes(self) -> list[Route]:
        """What the house uses of it."""
        order = _API + "orders/(?P<id>[0-9]+)"
        return [
            ("GET", "/wp-json/", self._index),
            ("GET", _API + "orders", lambda call: self._in(call) or self._orders(call)),
            ("GET", order, lambda call: self._in(call) or self._order(call)),
            ("GET", order + "/refunds", lambda call: self._in(call) or self._refunds(call)),
            ("POST", order + "/refunds", lambda call: self._in(call) or self._refund(call)),
            ("GET", order + "/notes", lambda call: self._in(call) or self._notes(call)),
            ("POST", order + "/notes", lambda call: self._in(call) or self._note(call)),
            ("GET", _API + "payment_gateways/(?P<id>[^/]+)", lambda call: self._in(call) or self._gateway(call)),
            ("POST", _API + "webhooks", lambda call: self._in(call) or self._webhook(call)),
        ]

    def config(self) -> dict[str, Any]:
        """Keys of the fake shop."""
        return {"consumer_key": KEY, "consumer_secret": SECRET, "webhook_secret": WEBHOOK_SECRET}

    def error_reply(self, status: int, headers: Mapping[str, str] | None = None, message: str = "a fault") -> Reply:
        """WordPress's own errors are pages for people; what nobody answers and what cannot be read have codes."""
        codes = {404: "rest_no_route", 400: "rest_invalid_param"}
        if status in codes:
            return error(status, codes[status], message)
        body = f"<!DOCTYPE html><title>{status}</title><p>Briefly unavailable for scheduled maintenance.".encode()
        return Reply(status, body, {"Content-Type": "text/html", **(headers or {})})

    def _in(self, call: Call) -> Reply | None:
        """The refusal of a call without the right keys. Over plain http basic auth is not even looked at."""
        if call.headers.get("x-forwarded-proto") != "https":
            return error(401, "woocommerce_rest_cannot_view", "Sorry, you cannot list resources.")
        word = "Basic " + base64.b64encode(f"{KEY}:{SECRET}".encode()).decode()
        if call.headers.get("authorization") != word:
            return error(401, "woocommerce_rest_authentication_error", "Consumer secret is invalid.")
        return None

    def _index(self, call: Call) -> Reply:
        """Open to all. Here the keys of WooCommerce are taken for a password of WordPress, which they are not."""
        if "authorization" in call.headers:
            return error(401, "invalid_username", "Unknown username. Check again or try your email address.")
        return json_reply(200, {"name": "Amends Demo", "namespaces": ["wp/v2", "wc/v3"]})

    def _shape(self, order: SoldOrder) -> dict[str, Any]:
        return order_shape(order, self.ledger.refunds(order.payment), self.ledger.left(order.payment))

    def _orders(self, call: Call) -> Reply:
        """Changed after and before, both ends left out, in whole seconds."""
        query = call.query
        after, before = query.get("modified_after", "1970-01-01T00:00:01"), query.get("modified_before")
        until = seconds_of(before) if before else 1 << 40
        found = self.market.orders_changed(seconds_of(after) + 1, until)
        return _paged(call, [self._shape(order) for order in sorted(found, key=lambda order: int(order.number))])

    def _order(self, call: Call) -> Reply:
        order = self.market.orders.get(call.parts["id"])
        return json_reply(200, self._shape(order)) if order else _no_order()

    def _refunds(self, call: Call) -> Reply:
        order = self.market.orders.get(call.parts["id"])
        if order is None:
            return _no_order()
        return _paged(call, [refund_shape(refund) for refund in reversed(self.ledger.refunds(order.payment))])

    def _refund(self, call: Call) -> Reply:
        """Each call is a refund of its own, whatever its `meta_data` says."""
        order = self.market.orders.get(call.parts["id"])
        if order is None:
            return error(404, "woocommerce_rest_invalid_order_id", "Invalid order ID.")
        content = call.json()
        amount, by_gateway = amount_of(content.get("amount")), content.get("api_refund", True) is not False
        if amount < 0:
            return error(400, "woocommerce_rest_invalid_order_refund", "Refund amount must be greater than zero.")
        method = str(order.detail.get("payment_method") or "stripe")
        if amount > self.ledger.left(order.payment):
            return error(500, _NOT_CREATED, "Invalid refund amount.")
        if by_gateway and "refunds" not in _GATEWAYS.get(method, []):
            message = "The payment gateway for this order does not support automatic refunds."
            return error(500, _NOT_CREATED, message)
        if "refuse" in call.faults:
            return error(500, _NOT_CREATED, "The gateway has declined the refund.")
        return self._moved(call, order, content, by_gateway)

    def _moved(self, call: Call, order: SoldOrder, content: dict[str, Any], by_gateway: bool) -> Reply:
        meta = [{"id": place, **item} for place, item in enumerate(content.get("meta_data") or [])]
        key = next((str(item["value"]) for item in meta if item.get("key") == "amends_key"), "")
        refund = Refund(
            str(5000 + len(self.ledger.refunds()) + 1), key, order.payment, amount_of(content["amount"]), order.currency,
            "succeeded", self.now(),
            detail={
                "reason": content.get("reason") or "",
                "meta_data": meta,
                "line_items": content.get("line_items") or [],
                "moved": by_gateway,
            },
        )  # fmt: skip
        try:
            self.take_refund(call, refund)
        except UnableToMove as fault:
            return error(500, _NOT_CREATED, str(fault))
        self._touch(order)
        shown = refund_shape(refund)
        if "wrong_amount" in call.faults:
            shown["amount"] = f"{shown['amount'][:-1]}9"
        return json_reply(201, shown, notices=tuple(self.told_order(order, "updated")), refund=refund.id)

    def _touch(self, order: SoldOrder) -> None:
        order.updated_at = max(self.now(), order.updated_at)
        self.market.save_order(order)

    def _notes(self, call: Call) -> Reply:
        order = self.market.orders.get(call.parts["id"])
        return json_reply(200, list(order.detail.get("notes", []))) if order else _no_order()

    def _note(self, call: Call) -> Reply:
        order = self.market.orders.get(call.parts["id"])
        if order is None:
            return _no_order()
        notes = order.detail.setdefault("notes", [])
        note = {"id": 700 + len(notes), "note": call.json().get("note", ""), "customer_note": False,
                "date_created_gmt": time_of(self.now())}  # fmt: skip
        notes.append(note)
        self.market.save_order(order)
        return json_reply(201, note)

    def _gateway(self, call: Call) -> Reply:
        name = call.parts["id"]
        if name not in _GATEWAYS:
            return error(404, "woocommerce_rest_payment_gateway_invalid", "Resource does not exist.")
        return json_reply(200, {"id": name, "method_supports": _GATEWAYS[name]})

    def _webhook(self, call: Call) -> Reply:
        """Set where webhooks go; the new one is tried at once with a ping that nobody has signed."""
        url = str(call.json().get("delivery_url") or "")
        self.courier.aim(url)
        self.failures = 0
        ping = Told("ping", "ping", {})
        return json_reply(201, {"id": 1, "status": "active", "delivery_url": url}, notices=(ping,))

    def told_order(self, order: SoldOrder, what: str) -> list[Told]:
        """The order as it stands; none any more once the webhook has been turned off."""
        if self.failures >= _FAILURES_ALLOWED:
            return []
        topic = "order.created" if what == "sold" else "order.updated"
        return [Told(self.new_id("", 32), topic, {"order": order.number})]

    def told_refund(self, refund: Refund, late: bool) -> list[Told]:
        """A refund changes its order: that is told."""
        found = [order for order in self.market.orders.values() if order.payment == refund.payment]
        for order in found:
            self._touch(order)
        return [told for order in found for told in self.told_order(order, "updated")]

    def dress(self, told: Told, at: int, wrong: bool) -> tuple[Mapping[str, str], bytes]:
        """The order under its signature, or the ping."""
        if told.kind == "ping":
            return {"Content-Type": "application/x-www-form-urlencoded"}, b"webhook_id=1"
        with self.lock:
            body = json.dumps(self._shape(self.market.order(told.content["order"])), separators=(",", ":")).encode()
        secret = b"whs_wrong" if wrong else WEBHOOK_SECRET.encode()
        resource, _, event = told.kind.partition(".")
        return {
            "Content-Type": "application/json",
            "X-WC-Webhook-Topic": told.kind,
            "X-WC-Webhook-Resource": resource,
            "X-WC-Webhook-Event": event,
            "X-WC-Webhook-ID": "1",
            "X-WC-Webhook-Delivery-ID": told.id,
            "X-WC-Webhook-Signature": base64.b64encode(hmac.new(secret, body, hashlib.sha256).digest()).decode(),
        }, body

    def log(self, what: str, **detail: Any) -> None:
        """Count refusals in a row: at the fifth the real one turns the webhook off and says nothing more."""
        super().log(what, **detail)
        if what == "webhook":
            self.failures = 0 if 200 <= detail["status"] < 300 else self.failures + 1


def _no_order() -> Reply:
    return error(404, "woocommerce_rest_shop_order_invalid_id", "Invalid ID.")


def _paged(call: Call, found: list[dict[str, Any]]) -> Reply:
    """A page of a list, with the whole's size in the headers."""
    size, page = min(100, max(1, int(call.query.get("per_page", "10")))), max(1, int(call.query.get("page", "1")))
    headers = {"X-WP-Total": str(len(found)), "X-WP-TotalPages": str(-(-len(found) // size))}
    return json_reply(200, found[(page - 1) * size : page * size], headers)

"""What the fake Shopify tells by itself: webhooks about returns, orders, refunds and disputes, signed over their body."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any, Final

from amends.basics.money import Minor
from amends.fakes.calls import Told
from amends.fakes.ledger import Payment, Refund
from amends.fakes.market import Asked, SoldOrder
from amends.fakes.platform import PlatformFake
from amends.fakes.shopify_plain import moment
from amends.fakes.shopify_shapes import Shapes, refund_number

SHOP: Final = "nordhus.myshopify.com"
CLIENT_SECRET: Final = "shpss_amends_fake"
_TOPICS: Final = {
    "ask": "returns/request",
    "ask_again": "returns/reopen",
    "agree_return": "returns/approve",
    "refuse": "returns/decline",
    "confirm_receipt": "returns/process",
    "agree_refund": "returns/close",
    "withdraw": "returns/cancel",
    "run_out": "returns/cancel",
    "send_back": "reverse_deliveries/attach_deliverable",
}


class ShopifyPushes(PlatformFake):
    """The part of the stand-in that pushes."""

    shapes: Shapes

    def told_case(self, case: Asked, what: str) -> list[Told]:
        """What happened to a return."""
        if what not in _TOPICS:
            return []
        order = {"id": self.shapes.number(case.order), "admin_graphql_api_id": self.shapes.order_gid(case.order)}
        named = {"admin_graphql_api_id": self.shapes.return_gid(case.number), "name": case.number}
        topic = _TOPICS[what]
        content = named if topic.startswith("returns/") else {"return": named}
        return [Told(self.new_id(""), topic, {**content, "order": order})]

    def told_order(self, order: SoldOrder, what: str) -> list[Told]:
        """An order was placed."""
        named = {"id": self.shapes.number(order.number), "admin_graphql_api_id": self.shapes.order_gid(order.number)}
        return [Told(self.new_id(""), "orders/create", {**named, "name": order.number})]

    def told_refund(self, refund: Refund, late: bool) -> list[Told]:
        """A refund was made: whether or not its money has moved."""
        order = self._order_of(refund.payment)
        if order is None:
            return []
        content = {"id": refund_number(refund), "order_id": self.shapes.number(order.number)}
        return [Told(self.new_id(""), "orders/updated" if late else "refunds/create", content)]

    def told_dispute(self, payment: Payment, amount: Minor, stage: str, more: Mapping[str, Any]) -> list[Told]:
        """A dispute was opened or decided."""
        order = self._order_of(payment.id)
        topic = "disputes/create" if stage == "opened" else "disputes/update"
        content = {"id": 1, "order_id": self.shapes.number(order.number) if order else None, "type": "chargeback"}
        return [Told(self.new_id(""), topic, {**content, "status": "needs_response" if stage == "opened" else stage})]

    def _order_of(self, payment: str) -> SoldOrder | None:
        return next((order for order in self.market.orders.values() if order.payment == payment), None)

    def dress(self, told: Told, at: int, wrong: bool) -> tuple[Mapping[str, str], bytes]:
        """The webhook under its signature."""
        body = json.dumps(told.content, separators=(",", ":")).encode()
        secret = "shpss_wrong" if wrong else CLIENT_SECRET
        sign = base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()
        return {
            "Content-Type": "application/json",
            "X-Shopify-Topic": told.kind,
            "X-Shopify-Hmac-Sha256": sign,
            "X-Shopify-Shop-Domain": SHOP,
            "X-Shopify-API-Version": "2026-10",
            "X-Shopify-Event-Id": told.id,
            "X-Shopify-Webhook-Id": f"w-{told.id}",
            "X-Shopify-Triggered-At": moment(at) or "",
        }, body

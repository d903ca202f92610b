"""How the fake Shopify shows its orders, refunds and returns: plain values with every field that our documents ask for."""

from __future__ import annotations

from typing import Any, Final

from amends.basics.money import split
from amends.fakes.ledger import Refund
from amends.fakes.market import SoldLine, SoldOrder
from amends.fakes.platform import PlatformFake
from amends.fakes.shopify_plain import connection, listed, moment, money
from amends.fakes.shopify_returns import Returns

GATEWAY: Final = "shopify_payments"
_MONEY_STATES: Final = {"succeeded": "SUCCESS", "pending": "PENDING", "failed": "FAILURE"}


class Shapes(Returns):
    """Shows what one fake holds. Its lock is held."""

    def __init__(self, fake: PlatformFake) -> None:
        self.fake = fake

    def number(self, order: str) -> int:
        """The number behind an order's name."""
        return 5_000_000_000_000 + int(order.lstrip("#"))

    def order_gid(self, order: str) -> str:
        """The id of an order."""
        return f"gid://shopify/Order/{self.number(order)}"

    def updated(self, order: SoldOrder) -> int:
        """When anything about an order last changed."""
        times = [case.updated_at for case in self.fake.market.of_order(order.number)]
        return max([order.updated_at, *times, *[refund.at for refund in self.fake.ledger.refunds(order.payment)]])

    def order(self, order: SoldOrder) -> dict[str, Any]:
        """An order."""
        currency, payment = order.currency, self.fake.ledger.payment(order.payment)
        address: dict[str, Any] = {"__typename": "MailingAddress", "name": order.name, "phone": order.phone}
        address |= {"countryCodeV2": order.detail.get("country", "DE"), "provinceCode": order.detail.get("province")}
        shipping = {"__typename": "ShippingLine", "isRemoved": False, "taxLines": []}
        shipping["discountedPriceSet"] = money(order.shipping, currency)
        cases = sorted(self.fake.market.of_order(order.number), key=lambda case: case.asked_at)
        dispute = {"__typename": "OrderDisputeSummary", "id": "gid://shopify/OrderDisputeSummary/1"}
        dispute |= {"initiatedAs": "CHARGEBACK", "status": "NEEDS_RESPONSE"}
        refunds = self.fake.ledger.refunds(order.payment)
        return {
            "__typename": "Order",
            "id": self.order_gid(order.number),
            "name": order.number,
            "createdAt": moment(order.placed_at),
            "processedAt": moment(order.placed_at),
            "updatedAt": moment(self.updated(order)),
            "cancelledAt": None,
            "currencyCode": currency,
            "presentmentCurrencyCode": currency,
            "taxesIncluded": True,
            "edited": False,
            "note": order.detail.get("note"),
            "email": order.email,
            "phone": None,
            "displayFinancialStatus": self._financial(order),
            "displayFulfillmentStatus": "FULFILLED" if order.shipped_at else "UNFULFILLED",
            "shippingAddress": address,
            "billingAddress": address,
            "totalPriceSet": money(order.paid, currency),
            "shippingLines": connection([shipping | {"id": "1"}] if order.shipping else [], "ShippingLine"),
            "lineItems": connection([self.line(order, line) for line in order.lines], "LineItem"),
            "fulfillments": listed([self._parcel(order)] if order.shipped_at else []),
            "transactions": listed([self.sale(order), *[self.transaction(order, one) for one in refunds]]),
            "refunds": listed([self.refund(order, one) for one in refunds]),
            "disputes": [dispute] if payment and payment.disputed else [],
            "returns": connection([self.asked(case) for case in cases], "Return"),
        }

    def _financial(self, order: SoldOrder) -> str:
        left = self.fake.ledger.left(order.payment)
        return "REFUNDED" if not left else "PAID" if left == order.paid else "PARTIALLY_REFUNDED"

    def line(self, order: SoldOrder, line: SoldLine) -> dict[str, Any]:
        """A line of an order."""
        left = line.quantity - int(order.detail.get("taken_back", {}).get(line.id, 0))
        unit = split(line.paid, [1] * line.quantity)[0]
        return {
            "__typename": "LineItem",
            "id": f"gid://shopify/LineItem/{line.id}",
            "sku": line.sku,
            "title": line.title,
            "variantTitle": None,
            "quantity": line.quantity,
            "currentQuantity": left,
            "refundableQuantity": left,
            "originalUnitPriceSet": money(unit, order.currency),
            "originalTotalSet": money(line.paid, order.currency),
            "discountAllocations": [],
            "taxLines": listed([]),
        }

    def _parcel(self, order: SoldOrder) -> dict[str, Any]:
        lines = [self.sent_line(order, line) for line in order.lines]
        return {
            "__typename": "Fulfillment",
            "id": f"gid://shopify/Fulfillment/{self.number(order.number)}",
            "status": "SUCCESS",
            "displayStatus": "DELIVERED" if order.delivered_at else "IN_TRANSIT",
            "createdAt": moment(order.shipped_at),
            "deliveredAt": moment(order.delivered_at),
            "fulfillmentLineItems": connection(lines, "FulfillmentLineItem"),
        }

    def sent_line(self, order: SoldOrder, line: SoldLine) -> dict[str, Any]:
        """A line of a parcel."""
        identity = f"gid://shopify/FulfillmentLineItem/{line.id}"
        return {"__typename": "FulfillmentLineItem", "id": identity, "lineItem": self.line(order, line)}

    def sale(self, order: SoldOrder) -> dict[str, Any]:
        """The transaction by which an order was paid."""
        return {
            "__typename": "OrderTransaction",
            "id": f"gid://shopify/OrderTransaction/{self.number(order.number)}",
            "kind": "SALE",
            "status": "SUCCESS",
            "errorCode": None,
            "gateway": order.detail.get("gateway", GATEWAY),
            "paymentId": order.payment,
            "manualPaymentGateway": order.detail.get("gateway") == "manual",
            "processedAt": moment(order.paid_at),
            "amountSet": money(order.paid, order.currency),
            "parentTransaction": None,
        }

    def transaction(self, order: SoldOrder, refund: Refund) -> dict[str, Any]:
        """The transaction of a refund."""
        state = "strange" if refund.detail.get("strange") else refund.state
        return self.sale(order) | {
            "id": f"gid://shopify/OrderTransaction/{refund_number(refund)}1",
            "kind": "REFUND",
            "status": _MONEY_STATES.get(state, "HALF_DONE"),
            "errorCode": "GENERIC_ERROR" if state == "failed" else None,
            "paymentId": None,
            "processedAt": moment(refund.at),
            "amountSet": money(refund.amount, refund.currency),
            "parentTransaction": self.sale(order),
        }

    def refund(self, order: SoldOrder, refund: Refund) -> dict[str, Any]:
        """A refund."""
        case = next((one for one in self.fake.market.of_order(order.number) if one.refund == refund.id), None)
        taken = refund.detail.get("lines", [])
        items = [
            {
                "__typename": "RefundLineItem",
                "id": str(place),
                "quantity": item["quantity"],
                "lineItem": self.line(order, line),
            }
            for place, item in enumerate(taken)
            for line in order.lines
            if item["lineItemId"].endswith(f"/{line.id}")
        ]
        return {
            "__typename": "Refund",
            "id": f"gid://shopify/Refund/{refund_number(refund)}",
            "createdAt": moment(refund.at),
            "note": refund.detail.get("note"),
            "return": self.asked(case) if case else None,
            "refundLineItems": connection(items, "RefundLineItem"),
            "transactions": connection([self.transaction(order, refund)], "OrderTransaction"),
        }


def refund_number(refund: Refund) -> int:
    """The number that Shopify gives a refund of the ledger."""
    return int(refund.id.removeprefix("out_").removeprefix("rf")[:12], 16)

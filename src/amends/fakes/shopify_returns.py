"""How the fake Shopify shows a return: what is asked, the way back, what was found, what goes out in exchange."""

from __future__ import annotations

from typing import Any, Final

from amends.fakes.market import Asked, SoldLine, SoldOrder
from amends.fakes.platform import PlatformFake
from amends.fakes.shopify_plain import connection, moment

_STATUS: Final = {
    "requested": "REQUESTED",
    "refused": "DECLINED",
    "succeeded": "CLOSED",
    "closed": "CANCELED",
    "stepped_in": "DECLINED",
}
_REASONS: Final = {
    "quality": ("defective", "Defective or damaged"),
    "wrong_size": ("size-too-small", "Size too small"),
    "wrong_item": ("wrong-item", "Received the wrong item"),
    "not_as_described": ("not-as-described", "Item not as described"),
    "changed_mind": ("unwanted", "Changed my mind"),
}


class Returns:
    """Shows the returns of one fake. Its lock is held. `Shapes` gives it the orders."""

    fake: PlatformFake

    def order(self, order: SoldOrder) -> dict[str, Any]:
        """An order."""
        raise NotImplementedError

    def sent_line(self, order: SoldOrder, line: SoldLine) -> dict[str, Any]:
        """A line of a parcel."""
        raise NotImplementedError

    def return_gid(self, case: str) -> str:
        """The id of a return: of `#1001-R2` the order's number and the 2."""
        order, _, place = case.rpartition("-R")
        return f"gid://shopify/Return/{int(order.lstrip('#')) * 1000 + int(place)}"

    def asked(self, case: Asked) -> dict[str, Any]:
        """A return. Its order is shown only when it is asked for."""
        order = self.fake.market.order(case.order)
        lines = [line for line in order.lines if line.id in case.lines]
        decline = {"__typename": "ReturnDecline", "reason": case.detail.get("decline", "OTHER"), "note": None}
        return {
            "__typename": "Return",
            "id": self.return_gid(case.number),
            "name": case.number,
            "status": case.strange or _STATUS.get(case.standing, "OPEN"),
            "createdAt": moment(case.asked_at),
            "requestApprovedAt": moment(case.agreed_at),
            "closedAt": moment(case.ended_at),
            "decline": decline if case.standing == "refused" else None,
            "order": lambda info: self.order(order),
            "returnLineItems": connection(
                [self._asked_line(case, order, line) for line in lines], "ReturnLineItemType"
            ),
            "exchangeLineItems": connection(self._exchange(case, lines), "ExchangeLineItem"),
            "reverseFulfillmentOrders": connection(self._way_back(case, order, lines), "ReverseFulfillmentOrder"),
        }

    def _asked_line(self, case: Asked, order: SoldOrder, line: SoldLine) -> dict[str, Any]:
        handle, name = _REASONS.get(case.reason, ("other", "Other"))
        done = self.seen_of(case, line)
        return {
            "__typename": "ReturnLineItem",
            "id": f"gid://shopify/ReturnLineItem/{line.id}",
            "quantity": line.quantity,
            "processedQuantity": done,
            "unprocessedQuantity": line.quantity - done,
            "refundedQuantity": 0,
            "customerNote": case.text or None,
            "returnReasonNote": "",
            "returnReasonDefinition": {
                "__typename": "ReturnReasonDefinition",
                "id": f"gid://shopify/ReturnReasonDefinition/{len(handle)}",
                "handle": handle,
                "name": name,
            },
            "fulfillmentLineItem": self.sent_line(order, line),
        }

    def seen(self, case: Asked) -> bool:
        """Whether the goods of a return were looked at."""
        return bool(case.received_at) or case.standing in ("awaiting_replacement", "replacement_sent")

    def seen_of(self, case: Asked, line: SoldLine) -> int:
        """How many pieces of a line were looked at."""
        return line.quantity if self.seen(case) else int(case.detail.get("seen", {}).get(line.id, 0))

    def _exchange(self, case: Asked, lines: list[SoldLine]) -> list[dict[str, Any]]:
        if case.kind != "exchange":
            return []
        out = case.standing in ("replacement_sent", "succeeded")
        return [
            {
                "__typename": "ExchangeLineItem",
                "id": f"gid://shopify/ExchangeLineItem/{line.id}",
                "quantity": line.quantity,
                "processedQuantity": line.quantity if out else 0,
                "unprocessedQuantity": 0 if out else line.quantity,
            }
            for line in lines
        ]

    def _way_back(self, case: Asked, order: SoldOrder, lines: list[SoldLine]) -> list[dict[str, Any]]:
        """The reverse fulfilment order: there from the merchant's yes on, with a parcel once the buyer has sent one."""
        if case.standing in ("requested", "refused", "stepped_in"):
            return []
        number, sent = self.return_gid(case.number).rpartition("/")[2], case.waybill or case.standing == "returning"
        tracking = {
            "__typename": "ReverseDeliveryTrackingV2",
            "carrierName": case.carrier,
            "number": case.waybill or "RX1",
        }
        delivery = {
            "__typename": "ReverseDelivery",
            "id": f"gid://shopify/ReverseDelivery/{number}",
            "deliverable": {"__typename": "ReverseDeliveryShippingDeliverable", "tracking": tracking},
        }
        return [
            {
                "__typename": "ReverseFulfillmentOrder",
                "id": f"gid://shopify/ReverseFulfillmentOrder/{number}",
                "status": "CLOSED" if self.seen(case) else "OPEN",
                "lineItems": connection(
                    [self._back_line(case, order, line) for line in lines], "ReverseFulfillmentOrderLineItem"
                ),
                "reverseDeliveries": connection([delivery] if sent else [], "ReverseDelivery"),
            }
        ]

    def _back_line(self, case: Asked, order: SoldOrder, line: SoldLine) -> dict[str, Any]:
        found = {
            "__typename": "ReverseFulfillmentOrderDisposition",
            "type": case.detail.get("finding", "PROCESSING_REQUIRED"),
            "quantity": self.seen_of(case, line),
            "createdAt": moment(case.received_at or case.updated_at),
        }
        return {
            "__typename": "ReverseFulfillmentOrderLineItem",
            "id": f"gid://shopify/ReverseFulfillmentOrderLineItem/{line.id}",
            "totalQuantity": line.quantity,
            "fulfillmentLineItem": self.sent_line(order, line),
            "dispositions": [found] if self.seen_of(case, line) else [],
        }

"""How WooCommerce writes orders, refunds and errors: amounts as text, tax apart, times without an offset."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from amends.basics.money import Minor, read_minor, write_minor
from amends.fakes.calls import Reply, json_reply
from amends.fakes.ledger import Refund
from amends.fakes.market import SoldLine, SoldOrder

_TAX: Final = 19


def time_of(at: int) -> str | None:
    """Seconds since 1970 as the shop writes a moment in GMT; None for one that has not come."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S") if at else None


def seconds_of(text: str) -> int:
    """A moment without an offset, taken as GMT."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def status_of(order: SoldOrder, left: Minor) -> str:
    """The order's status."""
    told = str(order.detail.get("status") or "")
    return told or ("refunded" if not left else "completed" if order.shipped_at else "processing")


def order_shape(order: SoldOrder, refunds: Sequence[Refund], left: Minor) -> dict[str, Any]:
    """An order as `GET orders/{id}` tells it."""
    name, _, last = order.name.partition(" ")
    address = {
        "first_name": name,
        "last_name": last,
        "country": "DE",
        "state": "",
        "city": "Berlin",
        "postcode": "10115",
    }
    lines = [_line(line) for line in order.lines]
    freight = _split(order.shipping)
    parcel = [{"tracking_provider": "DHL", "tracking_number": order.waybill, "date_shipped": str(order.shipped_at)}]
    return {
        "id": int(order.number),
        "number": order.number,
        "order_key": f"wc_order_{order.number}",
        "version": "9.4.3",
        "status": status_of(order, left),
        "currency": order.currency,
        "prices_include_tax": True,
        "date_created_gmt": time_of(order.placed_at),
        "date_modified_gmt": time_of(order.updated_at),
        "date_paid_gmt": time_of(order.paid_at),
        "date_completed_gmt": time_of(order.shipped_at),
        "discount_total": "0.00",
        "shipping_total": freight["total"],
        "shipping_tax": freight["total_tax"],
        "total": write_minor(order.paid, 2),
        "billing": {**address, "email": order.email, "phone": order.phone},
        "shipping": address,
        "payment_method": str(order.detail.get("payment_method") or "stripe"),
        "payment_method_title": "Card",
        "transaction_id": order.payment,
        "line_items": lines,
        "shipping_lines": [{"id": int(order.number) * 100, "method_title": "DHL", **freight}] if order.shipping else [],
        "fee_lines": [],
        "coupon_lines": [],
        "refunds": [
            {"id": number_of(item), "reason": item.detail.get("reason", ""), "total": write_minor(-item.amount, 2)}
            for item in reversed(refunds)
        ],
        "meta_data": [{"id": 1, "key": "_wc_shipment_tracking_items", "value": parcel}] if order.shipped_at else [],
    }


def refund_shape(refund: Refund) -> dict[str, Any]:
    """A refund as `GET orders/{id}/refunds` tells it."""
    return {
        "id": number_of(refund),
        "date_created_gmt": time_of(refund.at),
        "amount": write_minor(refund.amount, 2),
        "reason": refund.detail.get("reason", ""),
        "refunded_by": 1,
        "refunded_payment": refund.detail.get("moved", True),
        "meta_data": refund.detail.get("meta_data", []),
        "line_items": [
            {
                "id": 1,
                "quantity": -int(item.get("quantity") or 0),
                "total": f"-{item.get('refund_total') or '0.00'}",
                "meta_data": [{"id": 2, "key": "_refunded_item_id", "value": str(item.get("id"))}],
            }
            for item in refund.detail.get("line_items", [])
        ],
    }


def number_of(refund: Refund) -> int:
    """The refund's number over there: one made outside has none of its own yet."""
    return int(refund.id) if refund.id.isdecimal() else 900_000 + sum([ord(letter) for letter in refund.id])


def error(status: int, code: str, message: str) -> Reply:
    """An error of the shop: its code says what it is, whatever the status."""
    return json_reply(status, {"code": code, "message": message, "data": {"status": status}})


def amount_of(value: Any) -> Minor:
    """An amount in minor units; below zero for what is none."""
    try:
        return read_minor(str(value), 2)
    except ValueError:
        return -1


def _split(gross: Minor) -> dict[str, Any]:
    net = gross * 100 // (100 + _TAX)
    tax = write_minor(gross - net, 2)
    return {"total": write_minor(net, 2), "total_tax": tax, "taxes": [{"id": 1, "total": tax}]}


def _line(line: SoldLine) -> dict[str, Any]:
    split = _split(line.paid)
    return {
        "id": int(line.id),
        "name": line.title,
        "sku": line.sku,
        "quantity": line.quantity,
        "subtotal": split["total"],
        "subtotal_tax": split["total_tax"],
        **split,
    }

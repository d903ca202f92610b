"""How Medusa 2 writes orders, returns and refunds: amounts as numbers, totals that shrink as goods come back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from amends.basics.money import Minor, write_minor
from amends.fakes.ledger import Refund
from amends.fakes.market import Asked, SoldLine, SoldOrder

_OWN: Final = {
    "requested": "requested",
    "awaiting_return": "requested",
    "awaiting_replacement": "received",
    "replacement_sent": "received",
    "succeeded": "received",
    "closed": "canceled",
}
"""A return's own status by where it stands."""


def amount(minor: Minor) -> float:
    """An amount as the server's JSON has it: a number."""
    return float(write_minor(minor, 2))


def time_of(at: int) -> str | None:
    """Seconds since 1970 as the server writes a moment; None for one that has not come."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z") if at else None


def seconds_of(text: str) -> float:
    """A moment."""
    return datetime.fromisoformat(text).timestamp()


def own_status(case: Asked) -> str:
    """The return's status. Goods on their way back are no status there: it stays `requested` until they are received."""
    if case.strange:
        return case.strange
    if case.standing == "returning":
        return "requested" if case.sent_back_at and not case.received_at else "received"
    if case.standing == "succeeded" and case.kind == "exchange":
        return "received"
    return _OWN.get(case.standing, "requested")


def return_shape(case: Asked, order: SoldOrder) -> dict[str, Any]:
    """A return with what the house asks for beside it."""
    came = own_status(case) == "received"
    items = [
        {
            "id": f"retitem_{case.number}_{place}",
            "item_id": line.id,
            "quantity": line.quantity,
            "received_quantity": line.quantity if came else 0,
            "note": case.text,
            "reason": {"value": case.reason, "label": case.reason},
        }
        for place, line in enumerate(order.lines)
        if line.id in case.lines
    ]
    exchange = (
        {"additional_items": [{"item_id": f"{case.number}_new", "quantity": 1}]} if case.kind == "exchange" else None
    )
    return {
        "id": case.number,
        "order_id": case.order,
        "exchange_id": f"oexc_{case.number}" if exchange else None,
        "claim_id": None,
        "status": own_status(case),
        "created_at": time_of(case.asked_at),
        "updated_at": time_of(case.updated_at),
        "requested_at": time_of(case.asked_at),
        "received_at": time_of(case.received_at or case.updated_at) if came else None,
        "canceled_at": time_of(case.ended_at) if case.standing == "closed" else None,
        "items": items,
        "fulfillments": [
            {"id": f"ful_{case.number}", "canceled_at": time_of(int(case.detail.get("label_canceled", 0)))}
        ],
        "exchange": exchange,
        "claim": None,
    }


def order_shape(order: SoldOrder, cases: Sequence[Asked], refunds: Sequence[Refund]) -> dict[str, Any]:
    """An order with its payment, refunds, parcels and the numbers of its returns."""
    name, _, last = order.name.partition(" ")
    back = [case for case in cases if own_status(case) == "received"]
    gone = {line for case in back for line in case.lines}
    owed = sum([case.amount for case in back if case.standing != "succeeded"]) - sum([one.amount for one in refunds])
    updated = max([order.updated_at, *(case.updated_at for case in cases)])
    sent = time_of(order.shipped_at)
    parcel = {
        "id": f"ful_{order.number}",
        "shipped_at": sent,
        "delivered_at": time_of(order.delivered_at),
        "canceled_at": None,
        "labels": [{"tracking_number": order.waybill}],
        "items": [{"line_item_id": line.id, "quantity": line.quantity} for line in order.lines],
    }
    return {
        "id": order.number,
        "display_id": len(order.number),
        "email": order.email,
        "status": "pending",
        "currency_code": order.currency.lower(),
        "created_at": time_of(order.placed_at),
        "updated_at": time_of(updated),
        "canceled_at": None,
        "metadata": {**order.detail.get("metadata", {}), **_marks(cases)},
        "discount_total": 0,
        "summary": {"pending_difference": amount(-max(owed, 0)) if owed > 0 else 0},
        "items": [_line(line, line.id in gone) for line in order.lines]
        + [_new(case) for case in cases if case.kind == "exchange"],
        "shipping_methods": [{"total": amount(order.shipping), "detail": {"return_id": None}}],
        "shipping_address": {"first_name": name, "last_name": last, "phone": order.phone, "country_code": "de"},
        "payment_collections": [{"payments": [_payment(order, refunds)]}],
        "fulfillments": [parcel] if sent else [],
        "transactions": [
            {"reference": "refund", "reference_id": one.id, "amount": amount(-one.amount)}
            for one in refunds
            if one.state == "succeeded"
        ],
        "returns": [{"id": case.number} for case in cases],
    }


def _marks(cases: Sequence[Asked]) -> dict[str, str]:
    """A case that was set to be agreed by hand carries the mark that agreeing leaves."""
    set_by_hand = [case for case in cases if case.standing == "awaiting_return" and not case.agreed_at]
    return {f"amends_agreed_{case.number}": "by-hand 2026-01-01T00:00:00+00:00" for case in set_by_hand}


def _payment(order: SoldOrder, refunds: Sequence[Refund]) -> dict[str, Any]:
    return {
        "id": order.payment,
        "currency_code": order.currency.lower(),
        "provider_id": "pp_stripe_stripe",
        "captured_at": time_of(order.paid_at),
        "amount": amount(order.paid),
        "captures": [{"id": f"capt_{order.number}", "amount": amount(order.paid)}],
        "refunds": [refund_shape(one) for one in refunds if one.state != "failed"],
    }


def refund_shape(refund: Refund) -> dict[str, Any]:
    """A refund of a payment."""
    return {
        "id": refund.id,
        "amount": amount(refund.amount),
        "note": refund.detail.get("note"),
        "payment_id": refund.payment,
        "created_at": time_of(refund.at),
    }


def _line(line: SoldLine, came_back: bool) -> dict[str, Any]:
    """A line sold. What has come back is taken out of its total."""
    now, back = (0, line.paid) if came_back else (line.paid, 0)
    return {
        "id": line.id,
        "title": "M",
        "product_title": line.title,
        "variant_sku": line.sku,
        "quantity": line.quantity,
        "unit_price": amount(line.paid // line.quantity),
        "is_tax_inclusive": True,
        "tax_total": 0,
        "total": amount(now),
        "return_received_total": amount(back),
        "refundable_total_per_unit": amount(now // line.quantity),
        "detail": {"quantity": line.quantity},
    }


def _new(case: Asked) -> dict[str, Any]:
    """The line that an exchange has put into the order."""
    sent = case.standing in ("replacement_sent", "succeeded")
    detail = {"shipped_quantity": int(sent), "delivered_quantity": int(case.standing == "succeeded")}
    return {"id": f"{case.number}_new", "product_title": "针织衫", "quantity": 1, "total": 0, "detail": detail}

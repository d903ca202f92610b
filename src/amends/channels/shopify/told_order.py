"""What Shopify tells of an order as the parts of a case file: lines as paid for, payments, parcels, the buyer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from amends.basics.money import Minor, split, write_minor
from amends.channels.case_form import said
from amends.channels.shopify.amounts import added, digits_of, minor
from amends.channels.shopify.columns import STATES_WITH_RULES
from amends.channels.shopify.numbers import tail
from amends.channels.shopify.order_money import moment, payments, refunds
from amends.channels.shopify.statuses import nodes
from amends.facts.channels import UnableToTalk
from amends.facts.imported import ShopSetting
from amends.facts.orders import Contact
from amends.facts.platforms import ToldOrder

_NOT_SENT: Final = frozenset({"CANCELLED", "ERROR", "FAILURE"})
_TRACES: Final = {
    "CARRIER_PICKED_UP": "picked_up",
    "DELAYED": "in_transit",
    "IN_TRANSIT": "in_transit",
    "OUT_FOR_DELIVERY": "out_for_delivery",
    "ATTEMPTED_DELIVERY": "out_for_delivery",
}


def told_order(order: Mapping[str, Any], shop: ShopSetting) -> ToldOrder:
    """The order as it stands. Raises `UnableToReadMoney`, and `UnableToTalk` where it does not say when it changed."""
    back = tuple(refund for _, refund in refunds(order))
    return ToldOrder(str(order["name"]), order_parts(order, shop), _contact(order), changed_at(order), back, order)


def changed_at(order: Mapping[str, Any]) -> datetime:
    """When anything about the order last changed."""
    found = moment(order.get("updatedAt"))
    if found is None:
        raise UnableToTalk("strange", f"order {order.get('name')}: updatedAt is {order.get('updatedAt')!r}")
    return found.astimezone(UTC)


def order_parts(order: Mapping[str, Any], shop: ShopSetting) -> dict[str, Any]:
    """Market, order, shipments and buyer of a case file."""
    digits = digits_of(order)
    shipping = _shipping(order, digits)
    lines, paid, shipping = _paid(order, shipping, digits)
    return said(
        market=_market(order) or shop.market,
        order=said(
            id=str(order["name"]),
            currency=str(order["presentmentCurrencyCode"]),
            placed_at=order.get("createdAt"),
            paid_at=_paid_at(order),
            shipping_paid=write_minor(shipping, digits),
            lines=[
                _line(line, shop, bought, amount, digits) for (line, bought), amount in zip(lines, paid, strict=True)
            ],
            payments=payments(order) or None,
        ),
        shipments=_shipments(order, {str(line["id"]) for line, _ in lines}),
        buyer=said(name=(order.get("shippingAddress") or order.get("billingAddress") or {}).get("name")),
    )


def line_paid(line: Mapping[str, Any], taxes_included: bool, digits: int) -> Minor:
    """What the buyer paid for the whole line: price less every discount, with tax."""
    tax = 0 if taxes_included else added(line.get("taxLines"), "priceSet", digits)
    off = added(line.get("discountAllocations"), "allocatedAmountSet", digits)
    return max(0, minor(line, "originalTotalSet", digits) - off) + tax


def _shipping(order: Mapping[str, Any], digits: int) -> Minor:
    total = 0
    for line in nodes(order, "shippingLines"):
        if not line.get("isRemoved"):
            total += minor(line, "discountedPriceSet", digits)
            total += 0 if order.get("taxesIncluded") else added(line.get("taxLines"), "priceSet", digits)
    return total


def _paid(
    order: Mapping[str, Any], shipping: Minor, digits: int
) -> tuple[list[tuple[Mapping[str, Any], int]], list[Minor], Minor]:
    """Lines with the pieces really bought, what each cost, and the shipping; lines and shipping sum to the order's total.

    Duties, tips and rounding lie on top of the lines' prices: they are shared over the lines. What an edit took off an order
    was never bought and is left out (`taken_back` says what of it was refunded instead).
    """
    taken = order.get("taken_back") or {}
    lines, paid = [], []
    for line in nodes(order, "lineItems"):
        quantity, kept = int(line["quantity"]), int(line["currentQuantity"])
        bought = quantity if not order.get("edited") else min(quantity, kept + taken.get(str(line["id"]), 0))
        if bought > 0:
            whole = line_paid(line, bool(order.get("taxesIncluded")), digits)
            lines.append((line, bought))
            paid.append(split(whole, [bought, quantity - bought])[0])
    rest = minor(order, "totalPriceSet", digits) - sum(paid) - shipping
    if rest < 0:
        less = min(shipping, -rest)
        shipping, rest = shipping - less, rest + less
    if rest and paid:
        total = max(0, sum(paid) + rest)
        paid = split(total, paid if any(paid) else [1] * len(paid))
    return lines, paid, shipping


def _line(line: Mapping[str, Any], shop: ShopSetting, bought: int, paid: Minor, digits: int) -> dict[str, Any]:
    title = " - ".join([str(part) for part in (line.get("title"), line.get("variantTitle")) if part])
    unit = write_minor(minor(line, "originalUnitPriceSet", digits), digits)
    return said(
        id=tail(line["id"]),
        sku=line.get("sku"),
        title=title,
        quantity=bought,
        list_price=unit,
        paid=write_minor(paid, digits),
        category=shop.category,
    )


def _paid_at(order: Mapping[str, Any]) -> str | None:
    times = [
        str(one.get("processedAt"))
        for one in order.get("transactions") or []
        if one.get("kind") in ("SALE", "CAPTURE") and one.get("status") == "SUCCESS" and one.get("processedAt")
    ]
    return min(times) if times else None


def _shipments(order: Mapping[str, Any], known: set[str]) -> list[dict[str, Any]]:
    found = []
    for parcel in order.get("fulfillments") or []:
        if parcel.get("status") in _NOT_SENT:
            continue
        lines = [str((item.get("lineItem") or {}).get("id")) for item in nodes(parcel, "fulfillmentLineItems")]
        delivered = parcel.get("deliveredAt")
        trace = "delivered" if delivered else _TRACES.get(str(parcel.get("displayStatus")))
        mine = [tail(line) for line in dict.fromkeys(lines) if line in known]
        shipped = parcel.get("createdAt")
        if delivered and shipped and str(delivered) < str(shipped):
            shipped = None
        found.append(said(id=tail(parcel["id"]), lines=mine, shipped_at=shipped, delivered_at=delivered, trace=trace))
    return found


def _market(order: Mapping[str, Any]) -> str:
    address = order.get("shippingAddress") or order.get("billingAddress") or {}
    country, state = str(address.get("countryCodeV2") or ""), str(address.get("provinceCode") or "")
    return f"US-{state}" if country == "US" and state in STATES_WITH_RULES else country


def _contact(order: Mapping[str, Any]) -> Contact:
    address = order.get("shippingAddress") or order.get("billingAddress") or {}
    phone = order.get("phone") or address.get("phone")
    return Contact(str(order.get("email") or ""), str(phone or ""), str(address.get("name") or ""))

"""A WooCommerce order as ours: what each line really cost, what was paid and what has gone back."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from amends.basics.money import Minor, share, split
from amends.channels.case_form import said, shop_part, write
from amends.channels.kernel_rest import digits_of, items_of, market_of, minor_of, moment, part, stamp, text_of
from amends.channels.woocommerce.calls import every, meta_of
from amends.facts.channels import Access
from amends.facts.imported import ShopSetting
from amends.facts.orders import Contact
from amends.facts.platforms import ToldOrder, ToldRefund
from amends.facts.wire import WireAnswer, WireRequest

KEY: Final = "amends_key"
"""Under this name our key lies in a refund's `meta_data`."""
_METHODS: Final = {
    "stripe": "card",
    "woocommerce_payments": "card",
    "square_credit_card": "card",
    "paypal": "paypal",
    "ppcp-gateway": "paypal",
    "ppec_paypal": "paypal",
    "cod": "cod",
    "bacs": "bank",
    "cheque": "bank",
    "alipay": "alipay",
    "wechat": "wechat_pay",
}
_TRACKING: Final = "_wc_shipment_tracking_items"
"""Where the common shipment-tracking extensions leave what was sent; WooCommerce itself knows no parcels."""


def label(case: str) -> str:
    """What a refund of ours is called over there. It is kept before the gateway is called, our key only after."""
    return f"Amends {case}"[:80]


def told(access: Access, order: Mapping[str, Any]) -> Generator[WireRequest, WireAnswer, ToldOrder]:
    """The order, its refunds read from their own list where it has any: only there are their times and our key."""
    number, currency = text_of(order, "id"), text_of(order, "currency")
    refunds: tuple[ToldRefund, ...] = ()
    if part(order, "refunds"):
        listed = yield from every(access, f"orders/{number}/refunds")
        refunds = tuple(told_refund(item, currency, payment_name(order)) for item in reversed(listed))
    back = sum([refund.amount for refund in refunds])
    return ToldOrder(
        number, file_of(order, access.shop, back), contact_of(order),
        moment(text_of(order, "date_modified_gmt")) or datetime.fromtimestamp(0, UTC), refunds,
        dict(order),
    )  # fmt: skip


def told_refund(refund: Mapping[str, Any], currency: str, payment: str) -> ToldRefund:
    """A refund. One of ours that its gateway is still busy with is on its way; one recorded by hand counts as gone back."""
    key = text_of({"key": meta_of(refund, KEY)}, "key")
    busy = not key and part(refund, "refunded_payment") is not True and text_of(refund, "reason").startswith("Amends ")
    amount = abs(minor_of(text_of(refund, "amount"), digits_of(currency)))
    at = moment(text_of(refund, "date_created_gmt"))
    return ToldRefund(text_of(refund, "id"), amount, currency, at, key, payment, not busy)


def payment_name(order: Mapping[str, Any]) -> str:
    """What the order's one payment is called by us: the gateway's own number, where it tells one."""
    return text_of(order, "transaction_id") or "payment"


def file_of(order: Mapping[str, Any], shop: ShopSetting, back: Minor) -> dict[str, Any]:
    """The parts of a case file that the order tells."""
    currency = text_of(order, "currency")
    digits = digits_of(currency)
    total, shipping = minor_of(text_of(order, "total"), digits), _both(order, "shipping_total", "shipping_tax", digits)
    captured = total if part(order, "date_paid_gmt") else 0
    address = part(order, "shipping") if text_of(order, "shipping", "country") else part(order, "billing")
    payment = said(
        id=payment_name(order),
        method=_METHODS.get(text_of(order, "payment_method"), "platform"),
        captured=write(captured, currency),
        refunded=write(min(back, captured), currency),
        reference=text_of(order, "transaction_id"),
    )
    return said(
        shop=shop_part(shop),
        market=market_of(text_of(address, "country"), text_of(address, "state")),
        order={
            **said(
                id=text_of(order, "id"),
                currency=currency,
                placed_at=stamp(text_of(order, "date_created_gmt")),
                paid_at=stamp(text_of(order, "date_paid_gmt")),
                shipping_paid=write(min(shipping, total), currency),
                discounts=list(_discounts(order, currency)),
                lines=_lines(order, max(total - shipping, 0), shop, currency),
            ),
            "payments": [payment] if captured else [],
        },
        shipments=list(_shipments(order)),
        platform=said(status=text_of(order, "status")),
    )


def contact_of(order: Mapping[str, Any]) -> Contact:
    """How the buyer is reached: as the bill says."""
    name = " ".join([text_of(order, "billing", "first_name"), text_of(order, "billing", "last_name")]).strip()
    return Contact(text_of(order, "billing", "email"), text_of(order, "billing", "phone"), name)


def _both(thing: Any, net: str, tax: str, digits: int) -> Minor:
    """An amount with its tax; 0 where nothing is said."""
    return minor_of(text_of(thing, net) or "0", digits) + minor_of(text_of(thing, tax) or "0", digits)


def _lines(order: Mapping[str, Any], goods: Minor, shop: ShopSetting, currency: str) -> list[dict[str, Any]]:
    """Lines and fees. Rounded line by line they may miss the total by a cent, and a fee below zero is a discount: both are shared."""
    digits = digits_of(currency)
    rows = [(item, _both(item, "total", "total_tax", digits)) for item in items_of(order, "line_items")]
    fees = [(item, _both(item, "total", "total_tax", digits)) for item in items_of(order, "fee_lines")]
    rows = [(item, max(paid, 0)) for item, paid in rows] + [(item, paid) for item, paid in fees if paid > 0]
    if not rows:
        return []
    weights = [paid for _, paid in rows]
    paid = split(goods, weights if any(weights) else [1] * len(rows))
    return [_line(item, part_paid, shop, currency) for (item, _), part_paid in zip(rows, paid, strict=True)]


def _line(item: Mapping[str, Any], paid: Minor, shop: ShopSetting, currency: str) -> dict[str, Any]:
    pieces = part(item, "quantity")
    quantity = pieces if isinstance(pieces, int) and pieces > 0 else 1
    before = _both(item, "subtotal", "subtotal_tax", digits_of(currency)) if part(item, "subtotal") else None
    return said(
        id=text_of(item, "id"),
        sku=text_of(item, "sku"),
        title=text_of(item, "name"),
        quantity=quantity,
        list_price=write(share(before, 1, quantity), currency) if before is not None and before >= 0 else None,
        paid=write(paid, currency),
        category=shop.category,
    )


def _discounts(order: Mapping[str, Any], currency: str) -> Iterable[dict[str, Any]]:
    for coupon in items_of(order, "coupon_lines"):
        off = _both(coupon, "discount", "discount_tax", digits_of(currency))
        if off > 0:
            yield said(id=text_of(coupon, "code") or text_of(coupon, "id"), kind="order", off=write(off, currency))


def _shipments(order: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    """Parcels that an extension tells of; else one where the merchant has set the order to completed, which means sent."""
    parcels = meta_of(order, _TRACKING)
    known: set[str] = set()
    for parcel in parcels if isinstance(parcels, list) else []:
        waybill, at = text_of(parcel, "tracking_number"), text_of(parcel, "date_shipped")
        if waybill and waybill not in known:
            known.add(waybill)
            sent = datetime.fromtimestamp(int(at), UTC) if at.isdecimal() and len(at) < 12 else None
            yield said(id=waybill, shipped_at=sent.isoformat() if sent else None)
    completed = stamp(text_of(order, "date_completed_gmt"))
    if completed and not known:
        yield said(id="completed", shipped_at=completed)

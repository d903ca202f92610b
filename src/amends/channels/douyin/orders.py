"""What 抖店 tells of an order (`order.orderDetail`): the order and shipments of a case file. Buyers' names and numbers are sealed there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from amends.channels.case_form import said, write
from amends.channels.kernel_json import moment, parts, stamp, text, whole
from amends.facts.imported import ShopSetting

_METHODS: Final = {"0": "cod", "1": "wechat_pay", "2": "alipay", "4": "card", "5": "balance"}
"""`pay_type` where it is one of our methods; anything else is paid through the platform, which does not tell how."""


def order_part(order: Mapping[str, Any], shop: ShopSetting) -> dict[str, Any] | None:
    """The `order` of a case file; None where it tells no line."""
    number, lines = text(order, "order_id"), [_line(line, shop) for line in parts(order, "sku_order_list")]
    if not number or not lines:
        return None
    paid = whole(order, "pay_amount")
    captured = (
        sum([whole(line, "pay_amount") or 0 for line in parts(order, "sku_order_list")]) if paid is None else paid
    )
    method = _METHODS.get(text(order, "pay_type"), "platform")
    return said(
        id=number,
        currency=shop.currency,
        placed_at=stamp(moment(order, "create_time")),
        paid_at=stamp(moment(order, "pay_time")),
        completed_at=stamp(moment(order, "finish_time")),
        ship_promised_by=stamp(moment(order, "exp_ship_time")),
        shipping_paid=write(whole(order, "post_amount"), shop.currency),
        lines=lines,
        payments=[{"id": "platform", "method": method, "captured": write(captured, shop.currency)}],
    )


def shipments_part(order: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The `shipments` of a case file: a parcel with its lines, delivered when the last of them was signed for or confirmed."""
    lines = {text(line, "order_id"): line for line in parts(order, "sku_order_list")}
    found: dict[str, dict[str, Any]] = {}
    for parcel in parts(order, "logistics_info"):
        name = text(parcel, "tracking_no") or text(parcel, "delivery_id")
        inside = [line for item in parts(parcel, "product_info") if (line := text(item, "sku_order_id")) in lines]
        if not name or name in found:
            continue
        shipped = moment(parcel, "ship_time") or moment(order, "ship_time")
        delivered = _delivered([lines[line] for line in inside] or list(lines.values()))
        if shipped and delivered and delivered < shipped:
            delivered = None  # an older parcel's; this one replaced it
        found[name] = said(
            id=name,
            lines=list(dict.fromkeys(inside)),
            shipped_at=stamp(shipped),
            delivered_at=stamp(delivered),
            trace="delivered" if delivered else None,
        )
    return list(found.values())


def _delivered(lines: list[Mapping[str, Any]]) -> Any:
    times = [moment(line, "logistics_receipt_time") or moment(line, "confirm_receipt_time") for line in lines]
    known = [time for time in times if time]
    return max(known) if known and len(known) == len(lines) else None


def _line(line: Mapping[str, Any], shop: ShopSetting) -> dict[str, Any]:
    """`pay_amount` is with the freight's share, what the buyer paid for the goods is the difference."""
    paid, post = whole(line, "pay_amount") or 0, whole(line, "post_amount") or 0
    gift = text(line, "given_product_type") == "FREE"
    return said(
        id=text(line, "order_id"),
        sku=text(line, "out_sku_id") or text(line, "code") or text(line, "sku_id"),
        title=text(line, "product_name"),
        quantity=whole(line, "item_num"),
        list_price=write(whole(line, "origin_amount"), shop.currency),
        paid=write(max(paid - post, 0), shop.currency),
        category=shop.category,
        traits=["gift"] if gift else None,
    )

"""What 微信小店 tells of an order (`order/get`): the order and shipments of a case file. Buyers' names are not read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from amends.channels.case_form import said, write
from amends.channels.kernel_json import moment, part, parts, stamp, text, whole
from amends.facts.imported import ShopSetting

NOT_SHIPPED: Final = frozenset({20})


def lines_by_sku(order: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The order's lines by our id of each: its SKU, or the platform's own number of the line where a SKU stands twice."""
    found: dict[str, Mapping[str, Any]] = {}
    for line in parts(order, "order_detail", "product_infos"):
        name = text(line, "sku_id")
        if name in found:
            name = text(line, "product_unique_id") or f"{name}-{len(found) + 1}"
        if name:
            found[name] = line
    return found


def order_part(order: Mapping[str, Any], shop: ShopSetting) -> dict[str, Any] | None:
    """The `order` of a case file; None where it tells no line."""
    lines, number = lines_by_sku(order), text(order, "order_id")
    if not number or not lines:
        return None
    price, pay = part(order, "order_detail", "price_info"), part(order, "order_detail", "pay_info")
    goods = sum([whole(line, "real_price") or 0 for line in lines.values()])
    freight = whole(price, "freight") or 0
    deadlines = [at for line in lines.values() if (at := moment(line, "delivery_deadline"))]
    return said(
        id=number,
        currency=shop.currency,
        placed_at=stamp(moment(order, "create_time")),
        paid_at=stamp(moment(pay, "pay_time")),
        ship_promised_by=stamp(min(deadlines)) if deadlines else None,
        shipping_paid=write(freight, shop.currency),
        lines=[_line(name, line, shop) for name, line in lines.items()],
        payments=[
            said(
                id="wechat_pay",
                method="wechat_pay",
                captured=write(goods + freight, shop.currency),
                reference=text(pay, "transaction_id"),
            )
        ],
    )


def _line(name: str, line: Mapping[str, Any], shop: ShopSetting) -> dict[str, Any]:
    """`real_price` is what was paid for all pieces after every discount."""
    return said(
        id=name,
        sku=text(line, "sku_code") or text(line, "out_sku_id") or text(line, "sku_id"),
        title=text(line, "title"),
        quantity=whole(line, "sku_cnt"),
        list_price=write(whole(line, "sale_price"), shop.currency),
        paid=write(whole(line, "real_price") or 0, shop.currency),
        category=shop.category,
        traits=["gift"] if whole(line, "is_free_gift") == 1 else None,
    )


def shipments_part(order: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The `shipments` of a case file. When a parcel was signed for is not told."""
    known, found = lines_by_sku(order), {}
    for parcel in parts(order, "order_detail", "delivery_info", "delivery_product_info"):
        name = text(parcel, "waybill_id")
        inside = [sku for item in parts(parcel, "product_infos") if (sku := text(item, "sku_id")) in known]
        if name and name not in found:
            found[name] = said(
                id=name, lines=list(dict.fromkeys(inside)), shipped_at=stamp(moment(parcel, "delivery_time"))
            )
    return list(found.values())

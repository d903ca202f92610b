"""What `afterSale.Detail` tells, as a case. With `order.orderDetail` beside it where the shop's app may read orders."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Final

from amends.channels.case_form import said, shop_part, write
from amends.channels.douyin.detail import Detail
from amends.channels.douyin.orders import order_part, shipments_part
from amends.channels.douyin.statuses import (
    ARBITRATED,
    AUTO_AUDITS,
    BLAMED,
    KINDS,
    MERCHANTS_TURN,
    ON_BEHALF,
    PROOF_WANTED,
    STATUSES,
)
from amends.channels.events import latest
from amends.channels.kernel_case import case_made, reason_told, status_unknown, unreadable
from amends.channels.kernel_json import listed, moment, part, parts, stamp, text, whole
from amends.facts.imported import CaseMade, Remark, RowRefused, ShopSetting, State
from amends.facts.platforms import OVER, ToldCase, ToldRefund

_BEIJING: Final = timezone(timedelta(hours=8))
_SHORT: Final = 40
_ORDER_UNREAD: Final = Remark(
    "order_unread",
    "无法读取订单（缺少 order.orderDetail 权限？），只有售后涉及的商品，没有付款方式和签收时间",
    "the order could not be read (the right to order.orderDetail?): only the lines of the case, no payment method, no time of delivery",
)


def told_case(detail: Detail, order: Mapping[str, Any], shop: ShopSetting) -> ToldCase:
    """The case as it stands now."""
    known = STATUSES.get(detail.status)
    updated = moment(detail.info, "update_time") or moment(detail.info, "apply_time") or datetime.fromtimestamp(0, UTC)
    refunds, alarms = _refunds(detail, shop)
    if known is None:
        alarms = (status_unknown(detail.status or "?"), *alarms)
    return ToldCase(
        number=detail.number,
        made=_made(detail, order, shop, updated),
        status=detail.status[:80],
        standing=known.standing if known else None,
        updated_at=updated,
        version=detail.version,
        deadline=_deadline(detail),
        final=detail.final,
        refunds=refunds,
        by_itself=_by_itself(detail),
        alarms=alarms,
        raw={**detail.data, "shop_order_detail": order} if order else detail.data,
    )


def listed_case(number: str, info: Mapping[str, Any], why: str) -> ToldCase:
    """What the list alone tells of a case that the platform does not show whole."""
    status = text(info, "aftersale_status")
    known = STATUSES.get(status)
    updated = moment(info, "update_time") or datetime.fromtimestamp(0, UTC)
    return unreadable(number, status[:80], known.standing if known else None, updated, why)


def _made(detail: Detail, order: Mapping[str, Any], shop: ShopSetting, updated: datetime) -> CaseMade | RowRefused:
    info, key = detail.info, detail.number
    kind, asked_at = KINDS.get(-1 if detail.kind is None else detail.kind), moment(info, "apply_time")
    whole_order = order_part(order, shop) if order else None
    bought = whole_order or _order_of_lines(detail, shop)
    if kind is None or asked_at is None or bought is None:
        return _refused(detail, kind)
    reason, remarks = reason_told(text(info, "reason"), *_labels(detail))
    if whole_order is None:
        remarks = (*remarks, _ORDER_UNREAD)
    case = said(
        case=key,
        shop=shop_part(shop),
        market=shop.market,
        order=bought,
        shipments=shipments_part(order) if whole_order else _shipments(detail),
        request=said(
            kind=kind,
            reason=reason,
            requested_at=stamp(asked_at),
            amount=write(detail.amount, shop.currency),
            lines=_asked_lines(detail, bought),
            message=text(info, "reason_remark"),
        ),
        evidence=[{"kind": "photo", "by": "buyer"} for link in listed(info, "evidence") if link],
        return_parcel=_return_parcel(detail),
        platform=_platform_part(detail),
    )
    known = STATUSES.get(detail.status)
    state: State = "closed" if known and known.standing in OVER else "open"
    return case_made(key, case, state, latest([stamp(updated)]), remarks)


def _refused(detail: Detail, kind: str | None) -> RowRefused:
    if kind is None:
        shown = text(detail.info, "after_sale_type_text") or text(detail.info, "after_sale_type") or "?"
        remark = Remark(
            "kind_unknown", f"售后类型「{shown}」不在已知取值内", f"the kind {shown!r} is not among the known ones"
        )
    else:
        remark = Remark(
            "incomplete", "售后单缺少申请时间或商品单", "the case tells no time of asking or no line of its order"
        )
    return RowRefused(remark, detail.number)


def _labels(detail: Detail) -> list[str]:
    return [text(label, "name") for label in parts(detail.info, "reason_second_labels")]


def _order_of_lines(detail: Detail, shop: ShopSetting) -> dict[str, Any] | None:
    """The order as far as the case itself tells of it: the lines that it is about, not their neighbours."""
    told = parts(detail.data, "order_info", "sku_order_infos")
    number = text(detail.data, "order_info", "shop_order_id")
    if not number or not told:
        return None
    paid = [whole(line, "pay_amount") or 0 for line in told]
    post = [whole(line, "post_amount") or 0 for line in told]
    lines = [
        said(
            id=text(line, "sku_order_id"),
            sku=text(line, "shop_sku_code") or text(line, "sku_id"),
            title=text(line, "product_name"),
            quantity=whole(line, "item_quantity"),
            paid=write(max(whole_paid - freight, 0), shop.currency),
            category=shop.category,
        )
        for line, whole_paid, freight in zip(told, paid, post, strict=True)
    ]
    return said(
        id=number,
        currency=shop.currency,
        placed_at=stamp(moment(told[0], "create_time")),
        shipping_paid=write(sum(post), shop.currency),
        lines=lines,
        payments=[{"id": "platform", "method": "platform", "captured": write(sum(paid), shop.currency)}],
    )


def _asked_lines(detail: Detail, bought: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The lines asked about; how many pieces is told only for the case as a whole, so only a single line can say it."""
    has = {line.get("id", ""): line.get("quantity") or 1 for line in bought["lines"]}
    told = [
        line
        for item in parts(detail.data, "order_info", "sku_order_infos")
        if (line := text(item, "sku_order_id")) in has
    ]
    many = whole(detail.info, "after_sale_apply_count")
    if len(told) == 1 and many and 0 < many <= has[told[0]]:
        return [{"id": told[0], "quantity": many}]
    return [{"id": line} for line in dict.fromkeys(told)]


def _shipments(detail: Detail) -> list[dict[str, Any]]:
    names = [text(parcel, "tracking_no") for parcel in parts(detail.data, "process_info", "logistics_info", "order")]
    return [{"id": name} for name in dict.fromkeys(names) if name]


def _return_parcel(detail: Detail) -> dict[str, Any]:
    parcel = part(detail.data, "process_info", "logistics_info", "return")
    if not text(parcel, "tracking_no"):
        return {}
    return said(
        shipped_at=stamp(moment(parcel, "logistics_time")),
        waybill=text(parcel, "tracking_no"),
        carrier=text(parcel, "company_name") or text(parcel, "company_code"),
    )


def _platform_part(detail: Detail) -> dict[str, Any]:
    known = STATUSES.get(detail.status)
    arbitration = part(detail.data, "process_info", "arbitrate_info")
    wanted = detail.arbitrate == PROOF_WANTED
    opened = detail.arbitrate not in (None, 0)
    return said(
        status=known.says.zh if known else text(detail.info, "after_sale_status_desc") or detail.status,
        deadline=stamp(_deadline(detail)),
        dispute_opened_at=stamp(moment(arbitration, "arbitrate_create_time")) if opened else None,
        evidence_asked_at=stamp(moment(arbitration, "arbitrate_update_time")) if wanted else None,
        ruling=_ruling(detail),
    )


def _ruling(detail: Detail) -> str:
    blamed = BLAMED.get(whole(detail.data, "process_info", "arbitrate_info", "arbitrate_blame") or 0)
    ended = ARBITRATED.get(detail.arbitrate or 0, "")
    return f"{ended}；责任方：{blamed}" if ended and blamed else ended


def _deadline(detail: Detail) -> datetime | None:
    """The platform's countdown while it is the merchant's turn: of the case, or of the proof that is wanted."""
    if detail.status in MERCHANTS_TURN:
        return moment(detail.info, "status_deadline")
    if detail.status == f"arbitrate:{PROOF_WANTED}":
        arbitration = part(detail.data, "process_info", "arbitrate_info")
        return moment(arbitration, "arbitrate_status_deadline") or _clock(
            text(arbitration, "arbitrate_status_deadline")
        )
    return None


def _clock(told: str) -> datetime | None:
    """A time as a clock in China shows it."""
    try:
        return datetime.strptime(told, "%Y-%m-%d %H:%M:%S").replace(tzinfo=_BEIJING).astimezone(UTC)
    except ValueError:
        return None


def _refunds(detail: Detail, shop: ShopSetting) -> tuple[tuple[ToldRefund, ...], tuple[Remark, ...]]:
    """The money goes its own way beside the status: 1 to pay, 2 under way, 3 paid, 4 failed, 5 paid and claimed from the merchant."""
    state = whole(detail.info, "refund_status")
    if state == 4:
        why = text(detail.info, "refund_fail_reason")[:120]
        zh, en = f"平台退款失败：{why}", f"the platform's refund failed: {why}"
        return (), (Remark("refund_failed", zh, en),)
    amount = whole(detail.info, "real_refund_amount") or detail.amount
    if state not in (2, 3, 5) or not amount:
        return (), ()
    at = moment(detail.info, "refund_time") or moment(detail.info, "update_time")
    return (ToldRefund(detail.number, amount, shop.currency, at if state != 2 else None, moved=state != 2),), ()


def _by_itself(detail: Detail) -> str:
    bits = listed(detail.info, "auto_audit_bits")
    alone = [bit for bit in bits if isinstance(bit, int) and bit != ON_BEHALF]
    names = [AUTO_AUDITS.get(bit, f"自动审核 {bit}") for bit in alone]
    return "、".join(names)[:_SHORT]

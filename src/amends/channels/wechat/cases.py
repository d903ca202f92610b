"""What `getaftersaleorder` tells, as a case, with its order and its complaint beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from amends.channels.case_form import said, shop_part, write
from amends.channels.events import latest
from amends.channels.kernel_case import case_made, reason_told, status_unknown
from amends.channels.kernel_json import moment, part, stamp, text, whole
from amends.channels.wechat.orders import NOT_SHIPPED, order_part, shipments_part
from amends.channels.wechat.statuses import (
    BY_THE_PLATFORM,
    COMPLAINTS_OVER,
    KINDS,
    MERCHANTS_TURN,
    PRICE_DIFFERENCE,
    REASONS,
    REFUND_FAILED,
    REFUNDED,
    REFUNDING,
    RULING,
    STATUSES,
)
from amends.facts.imported import CaseMade, Remark, RowRefused, ShopSetting, State
from amends.facts.platforms import OVER, ToldCase, ToldRefund

_PAID_UNKNOWN: Final = Remark(
    "paid_unknown",
    "无法读取订单，实付金额按申请退款金额计（至少付了这么多）",
    "the order could not be read; what was paid is taken as what is asked back, the least that it can be",
)


@dataclass(frozen=True, slots=True)
class Known:
    """A case with what belongs to it: `info` (`after_sale_order`), `complaint` and `order`; {} where there is none to be read."""

    info: Mapping[str, Any]
    complaint: Mapping[str, Any]
    order: Mapping[str, Any]

    @property
    def number(self) -> str:
        """The case's number."""
        return text(self.info, "after_sale_order_id")

    @property
    def own_status(self) -> str:
        """The case's own status."""
        return text(self.info, "status")

    @property
    def status(self) -> str:
        """The key of `STATUSES`: a complaint under way comes before the case's own status."""
        state = whole(self.complaint, "status")
        return self.own_status if state is None or state in COMPLAINTS_OVER else f"complaint:{state}"

    @property
    def version(self) -> str:
        """What the case is known again by; the platform does not ask for it."""
        return text(self.info, "update_time")

    @property
    def amount(self) -> int | None:
        """What is asked back, in fen."""
        return whole(self.info, "refund_info", "amount")


def told_case(known: Known, shop: ShopSetting) -> ToldCase:
    """The case as it stands now."""
    meaning = STATUSES.get(known.status)
    updated = moment(known.info, "update_time") or moment(known.info, "create_time") or datetime.fromtimestamp(0, UTC)
    alarms = [status_unknown(known.status or "?")] if meaning is None else []
    if known.own_status in REFUND_FAILED:
        alarms.append(_not_paid(known))
    return ToldCase(
        number=known.number,
        made=_made(known, shop, updated),
        status=known.status[:80],
        standing=meaning.standing if meaning else None,
        updated_at=updated,
        version=known.version,
        deadline=_deadline(known),
        final=bool(moment(known.info, "complete_time")),
        refunds=_refunds(known, shop),
        by_itself=_by_itself(known),
        alarms=tuple(alarms),
        raw={"after_sale_order": known.info, "complaint": known.complaint, "order": known.order},
    )


def _made(known: Known, shop: ShopSetting, updated: datetime) -> CaseMade | RowRefused:
    info, asked_at = known.info, moment(known.info, "create_time")
    whole_order = order_part(known.order, shop)
    bought = whole_order or _order_of_line(known, shop)
    kind = _kind(known)
    if kind is None or asked_at is None or bought is None:
        return _refused(known, kind)
    code = REASONS.get(text(info, "reason"))
    reason, remarks = (code, ()) if code else reason_told(text(info, "reason_text"), text(info, "reason"))
    if whole_order is None:
        remarks = (*remarks, _PAID_UNKNOWN)
    meaning = STATUSES.get(known.status)
    case = said(
        case=known.number,
        shop=shop_part(shop, ["fast_refund"] if part(info, "product_info", "fast_refund") is True else []),
        market=shop.market,
        order=bought,
        shipments=shipments_part(known.order),
        request=said(
            kind=kind,
            reason=reason,
            requested_at=stamp(asked_at),
            amount=write(known.amount, shop.currency),
            lines=_asked_lines(known, bought),
        ),
        return_parcel=said(
            waybill=text(info, "return_info", "waybill_id"), carrier=text(info, "return_info", "delivery_name")
        ),
        platform=said(
            status=meaning.says.zh if meaning else known.status,
            deadline=stamp(_deadline(known)),
            ruling=BY_THE_PLATFORM[RULING] if whole(info, "refund_info", "refund_reason") == RULING else None,
        ),
    )
    state: State = "closed" if meaning and meaning.standing in OVER else "open"
    return case_made(known.number, case, state, latest([stamp(updated)]), remarks)


def _kind(known: Known) -> str | None:
    if text(known.info, "sub_type") == PRICE_DIFFERENCE:
        return "price_adjustment"
    kind = KINDS.get(text(known.info, "type"))
    return "cancel" if kind == "refund_only" and whole(known.order, "status") in NOT_SHIPPED else kind


def _refused(known: Known, kind: str | None) -> RowRefused:
    if kind is None:
        shown = text(known.info, "type") or "?"
        remark = Remark(
            "kind_unknown", f"售后类型「{shown}」不在已知取值内", f"the kind {shown!r} is not among the known ones"
        )
    else:
        remark = Remark(
            "incomplete", "售后单缺少申请时间或订单商品", "the case tells no time of asking or no line of its order"
        )
    return RowRefused(remark, known.number)


def _order_of_line(known: Known, shop: ShopSetting) -> dict[str, Any] | None:
    """The order as far as the case itself tells of it, where orders may not be read: what was paid is at least what is asked back."""
    number, sku = text(known.info, "order_id"), text(known.info, "product_info", "sku_id")
    if not number or not sku or known.amount is None:
        return None
    asked = write(known.amount, shop.currency)
    line = said(id=sku, sku=text(known.info, "product_info", "sku_code") or sku, category=shop.category, paid=asked)
    quantity = whole(known.info, "product_info", "count")
    payment = {"id": "wechat_pay", "method": "wechat_pay", "captured": asked}
    return {
        "id": number,
        "currency": shop.currency,
        "lines": [line | ({"quantity": quantity} if quantity else {})],
        "payments": [payment],
    }


def _asked_lines(known: Known, bought: Mapping[str, Any]) -> list[dict[str, Any]]:
    sku, many = text(known.info, "product_info", "sku_id"), whole(known.info, "product_info", "count")
    for line in bought["lines"]:
        if line.get("id") == sku:
            fits = many is not None and 0 < many <= (line.get("quantity") or 1)
            return [said(id=sku, quantity=many if fits else None)]
    return []


def _deadline(known: Known) -> datetime | None:
    """An older document calls `deadline` the seconds that are left; such a small number is no instant and is not told."""
    return moment(known.info, "deadline") if known.status in MERCHANTS_TURN and _is_instant(known) else None


def _is_instant(known: Known) -> bool:
    return (whole(known.info, "deadline") or 0) > (whole(known.info, "create_time") or 0)


def _refunds(known: Known, shop: ShopSetting) -> tuple[ToldRefund, ...]:
    if known.own_status not in REFUNDED and known.own_status != REFUNDING:
        return ()
    if not known.amount:
        return ()
    moved = known.own_status in REFUNDED
    at = moment(known.info, "complete_time") or moment(known.info, "update_time") if moved else None
    return (ToldRefund(known.number, known.amount, shop.currency, at, payment="wechat_pay", moved=moved),)


def _by_itself(known: Known) -> str:
    found = BY_THE_PLATFORM.get(whole(known.info, "refund_info", "refund_reason") or 0, "")
    fast = part(known.info, "product_info", "fast_refund") is True and known.own_status in REFUNDED
    return found or ("极速退款" if fast else "")


def _not_paid(known: Known) -> Remark:
    why = text(known.info, "refund_resp", "message")[:120]
    return Remark(
        "refund_failed",
        f"平台退款失败，需线下退款并上传凭证：{why}",
        f"the platform could not pay ({why}); the merchant must pay elsewhere and upload the proof over there",
    )

"""Reading after-sales of 拼多多: the list says which changed, the detail says each whole.

The detail wants the order's number beside the after-sale's, so a case's number here is both: ``ORDER-ID``. The list writes amounts in
yuan and the detail in fen; only the detail is read.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from datetime import datetime
from typing import Any, Final

from amends.channels.case_form import said
from amends.channels.kernel_china import read_moment, rows_of
from amends.channels.kernel_json import part, text, whole
from amends.channels.kernel_slices import Slice, more_left, next_rows
from amends.channels.kernel_told import Read, ReadLine, told_of, unknown_kind, untold
from amends.channels.pinduoduo.pop import call
from amends.channels.pinduoduo.words import (
    BY_ITSELF,
    KINDS,
    NOT_SENT_BACK,
    PAID,
    SENT_BACK,
    STATUSES,
    STEPPED_IN,
    UNDERWAY,
)
from amends.facts.channels import Access, UnableToTalk
from amends.facts.imported import ShopSetting
from amends.facts.platforms import OVER, Page, ToldCase, ToldRefund, Window
from amends.facts.wire import Seal, WireAnswer, WireRequest

PAGE: Final = 50
WIDEST_SECONDS: Final = 1800
_ALL: Final = "1"
Row = dict[str, Any]


def number_of(order: str, after_sale: str) -> str:
    """The number of a case: that of its order, and its own."""
    return f"{order}-{after_sale}"


def changed(access: Access, window: Window, seal: Seal) -> Generator[WireRequest, WireAnswer, Page]:
    """One page of what changed, each after-sale read whole."""

    def asked(piece: Slice) -> Generator[WireRequest, WireAnswer, tuple[list[Row], bool]]:
        return _listed(access, seal, piece)

    rows, cursor = yield from next_rows(window, window.cursor, WIDEST_SECONDS, asked)
    cases = []
    for row in rows:
        number = number_of(text(row, "order_sn"), text(row, "id"))
        told = yield from one(access, number, seal)
        at = read_moment(row.get("updated_time")) or window.since
        why = "the order is another shop's, or is not kept any more"
        cases.append(told or untold(number, text(row, "after_sales_status"), at, row, why))
    return Page(tuple(cases), cursor=cursor)


def one(access: Access, number: str, seal: Seal) -> Generator[WireRequest, WireAnswer, ToldCase | None]:
    """One after-sale as it stands now."""
    order, _, after_sale = number.rpartition("-")
    if not order or not after_sale.isdigit():
        return None
    values = {"order_sn": order, "after_sales_id": after_sale}
    try:
        row = yield from call(access, seal, "pdd.refund.information.get", values)
    except UnableToTalk as fault:
        if fault.why == "missing":
            return None
        raise
    return _told(access.shop, row) if text(row, "id") else None


def _listed(access: Access, seal: Seal, piece: Slice) -> Generator[WireRequest, WireAnswer, tuple[list[Row], bool]]:
    values = {
        "after_sales_status": _ALL,
        "after_sales_type": _ALL,
        "start_updated_at": str(piece.since),
        "end_updated_at": str(piece.until - 1),
        "page": str(piece.page),
        "page_size": str(PAGE),
    }
    found = yield from call(access, seal, "pdd.refund.list.increment.get", values)
    if "refund_list" not in found:
        raise UnableToTalk("strange", f"the list has no refund_list, but {sorted(found)[:5]}")
    rows = rows_of(found, "refund_list")
    return rows, more_left(piece.page, PAGE, len(rows), whole(found, "total_count"))


def _told(shop: ShopSetting, row: Mapping[str, Any]) -> ToldCase:
    asked_at = read_moment(row.get("recreated_at"))
    updated = read_moment(row.get("updated_time")) or asked_at
    if updated is None:
        raise UnableToTalk("strange", f"after-sale {text(row, 'id')} came without a moment of change")
    number = number_of(text(row, "order_sn"), text(row, "id"))
    status = _status(row)
    kind, known = _kind(row)
    refunds = _refunds(row, number, status, shop, updated)
    fast = whole(row, "speed_refund_flag") == 1
    read = Read(
        number=number,
        order=text(row, "order_sn"),
        kind=kind,
        status=status,
        updated_at=updated,
        requested_at=asked_at,
        lines=[ReadLine("l1", whole(row, "order_amount"), _sku(row), "", whole(row, "goods_number"))],
        asked=whole(row, "refund_amount"),
        reason=text(row, "after_sales_reason"),
        message=text(row, "remark"),
        deadline=read_moment(row.get("expire_time")),
        shipments=_shipments(row),
        parcel=said(waybill=_waybill(row), carrier=text(row, "shipping_name")),
        labels=["fast_refund"] if fast else [],
        words=["纠纷退款"] if whole(row, "dispute_refund_status") == 1 else [],
        refunds=refunds,
        by_itself=BY_ITSELF.get(whole(row, "refund_operator_role") or 0, "") if refunds else "",
        alarms=() if known else (unknown_kind(text(row, "after_sales_type")),),
        raw=row,
    )
    return told_of(shop, read, STATUSES)


def _status(row: Mapping[str, Any]) -> str:
    """The status, told apart by whether the goods have been sent back, and by whether the platform has stepped in."""
    own = text(row, "after_sales_status")
    if text(row, "join_or_not") == "1" and own in STATUSES and STATUSES[own].standing not in OVER:
        return STEPPED_IN
    if own == "3" and not _waybill(row):
        return NOT_SENT_BACK
    return SENT_BACK if own == "14" and _waybill(row) else own


def _waybill(row: Mapping[str, Any]) -> str:
    swap = part(row, "exchange_shipping_detail")
    back = text(swap, "customer_send_back_trunk_number") if isinstance(swap, dict) else ""
    return text(row, "express_no") or back


def _kind(row: Mapping[str, Any]) -> tuple[str, bool]:
    kind = KINDS.get(whole(row, "after_sales_type") or 0)
    if kind == "refund_only" and whole(row, "shipping_status") == 0:
        return "cancel", True
    return kind or ("return_refund" if _waybill(row) else "refund_only"), kind is not None


def _sku(row: Mapping[str, Any]) -> str:
    return text(row, "out_sku_sn") or text(row, "sku_id")


def _shipments(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    if whole(row, "shipping_status") != 1:
        return []
    return [said(id="s1", trace="delivered" if text(row, "user_shipping_status") == "2" else None)]


def _refunds(
    row: Mapping[str, Any], number: str, status: str, shop: ShopSetting, at: datetime
) -> tuple[ToldRefund, ...]:
    amount = whole(row, "refund_amount")
    if status not in PAID or amount is None:
        return ()
    return (ToldRefund(number, amount, shop.currency, at, moved=status not in UNDERWAY),)

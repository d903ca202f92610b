"""A service after the sale, or a refund of a cancelled order, of 京东 as it is told.

The first writes amounts in yuan and moments in milliseconds, the second in fen and on Beijing's clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from amends.channels.case_form import said
from amends.channels.jd.words import (
    BY_ITSELF,
    KINDS,
    NOT_SENT,
    REFUND_DONE,
    SHIPPED_AGAIN,
    STATUSES,
    TO_SHIP,
)
from amends.channels.kernel_china import fen_of_yuan, read_moment
from amends.channels.kernel_json import part, text, whole
from amends.channels.kernel_told import Read, ReadLine, told_of, unknown_kind
from amends.facts.channels import UnableToTalk
from amends.facts.imported import Remark, ShopSetting
from amends.facts.platforms import ToldCase, ToldRefund

CANCEL: Final = "ra-"
"""Before the number of a cancelled order's refund: it and a service's number are counted apart and might be the same."""
_WHOLE_ORDER: Final = Remark(
    "whole_order",
    "取消订单退款不含商品明细，按整单一行收下",
    "a cancelled order's refund does not say which goods; it is taken as one line",
)


def service_told(shop: ShopSetting, row: Mapping[str, Any], money: Mapping[str, Any]) -> ToldCase:
    """One service. `money`: what is told of its refund, {} where nothing is."""
    number = text(row, "serviceId")
    asked_at = read_moment(row.get("applyTime"))
    updated = read_moment(row.get("updateDate")) or read_moment(row.get("updateTime")) or asked_at
    if not number or updated is None:
        raise UnableToTalk("strange", "a service came without its number or the moment of its last change")
    expects = whole(row, "customerExpect") or 0
    waybill = text(row, "expressCode")
    kind = KINDS.get(expects)
    bill = part(money, "sameOrderServiceBill") or {}
    questions = [text(row, "questionTypeCid2Name"), text(row, "questionTypeCid1Name")]
    reasons = [text(bill, "applyReason"), text(bill, "questionDesc"), *questions]
    read = Read(
        number=number,
        order=text(row, "orderId"),
        kind=kind or ("return_refund" if waybill else "refund_only"),
        status=_status(row, expects, waybill),
        updated_at=updated,
        requested_at=asked_at,
        lines=[
            ReadLine(
                text(row, "skuId") or "l1",
                fen_of_yuan(row.get("actualPayPrice")),
                text(row, "skuId"),
                text(row, "wareName"),
                whole(row, "serviceCount"),
            )
        ],
        reason=next((reason for reason in reasons if reason), ""),
        message=text(bill, "questionDesc"),
        agreed_at=read_moment(row.get("approveTime")) if waybill else None,
        parcel=said(waybill=waybill),
        shipments=[said(id="s1")],
        buyer=text(row, "customerPin"),
        refunds=_refunds(shop, money),
        alarms=() if kind else (unknown_kind(text(row, "customerExpect")),),
        raw={**row, "money": dict(money)} if money else row,
    )
    return told_of(shop, read, STATUSES)


def cancel_told(shop: ShopSetting, row: Mapping[str, Any]) -> ToldCase:
    """One refund of a cancelled order."""
    own = text(row, "id")
    asked_at = read_moment(row.get("applyTime"))
    updated = read_moment(row.get("modified")) or read_moment(row.get("checkTime")) or asked_at
    if not own or updated is None:
        raise UnableToTalk("strange", "a refund came without its number or the moment it was asked for")
    status, amount = f"refund/{text(row, 'status')}", whole(row, "applyRefundSum")
    over = STATUSES[status].standing == "succeeded" if status in STATUSES else False
    back = ToldRefund(f"{CANCEL}{own}", amount or 0, shop.currency, read_moment(row.get("checkTime")) or updated)
    read = Read(
        number=f"{CANCEL}{own}",
        order=text(row, "orderId"),
        kind="cancel",
        status=status,
        updated_at=updated,
        requested_at=asked_at,
        lines=[ReadLine("l1", amount, title="整单")],
        asked=amount,
        reason=text(row, "reason") or "取消订单，不想要了",
        message=text(row, "checkRemark"),
        buyer=text(row, "buyerName"),
        refunds=(back,) if over and amount is not None else (),
        by_itself=BY_ITSELF.get(status, ""),
        remarks=(_WHOLE_ORDER,),
        raw=row,
    )
    return told_of(shop, read, STATUSES)


def _status(row: Mapping[str, Any], expects: int, waybill: str) -> str:
    own = text(row, "serviceStatus")
    if own == "10005" and not waybill:
        return NOT_SENT
    return TO_SHIP if own == "10007" and expects in SHIPPED_AGAIN else own


def _refunds(shop: ShopSetting, money: Mapping[str, Any]) -> tuple[ToldRefund, ...]:
    reference, amount = text(money, "afsRefundId"), fen_of_yuan(money.get("refoundAmount"))
    if not reference or amount is None or whole(money, "status") != REFUND_DONE:
        return ()
    return (ToldRefund(reference, amount, shop.currency, read_moment(money.get("completeTime"))),)

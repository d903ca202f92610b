"""What TOP tells of a case: the words and shapes of 淘宝 and 天猫."""

from __future__ import annotations

from typing import Any, Final

from amends.fakes.china import china_clock
from amends.fakes.china_words import reason_words, yuan
from amends.fakes.market import Asked, SoldOrder

_REFUND: Final = {
    "requested": "WAIT_SELLER_AGREE",
    "awaiting_return": "WAIT_BUYER_RETURN_GOODS",
    "returning": "WAIT_SELLER_CONFIRM_GOODS",
    "awaiting_replacement": "WAIT_SELLER_CONSIGN_GOODS",
    "replacement_sent": "WAIT_BUYER_CONFIRM_EXCHANGE_SELLER_SEND_GOODS",
    "refused": "SELLER_REFUSE_BUYER",
    "stepped_in": "SELLER_REFUSE_BUYER",
    "succeeded": "SUCCESS",
    "closed": "CLOSED",
}
_EXCHANGE: Final = {
    "requested": "1",
    "awaiting_return": "2",
    "returning": "3",
    "awaiting_replacement": "12",
    "replacement_sent": "13",
    "refused": "6",
    "stepped_in": "6",
    "succeeded": "5",
    "closed": "4",
}
_DISPUTE_TYPES: Final = {
    "return_refund": "REFUND_AND_RETURN",
    "exchange": "TAOBAO_EXCHANGE",
    "repair": "REPAIR",
    "resend": "RESHIPPING",
}


def version_of(case: Asked) -> int:
    """The lock: milliseconds of the last change, a different number for each."""
    return case.updated_at * 1000 + case.version % 1000


def phase_of(order: SoldOrder) -> str:
    """Whether the trade is still going on."""
    return "onsale" if not order.delivered_at else "aftersale"


def refund_row(case: Asked, order: SoldOrder) -> dict[str, Any]:
    """One refund, all fields."""
    line = next((line for line in order.lines if line.id in case.lines), order.lines[0])
    return {
        "refund_id": case.number,
        "tid": int(order.number),
        "oid": int(line.id),
        "alipay_no": alipay_no(order),
        "buyer_nick": "云**朵",
        "total_fee": yuan(order.paid),
        "refund_fee": yuan(case.amount),
        "payment": yuan(max(order.paid - case.amount, 0)),
        "status": case.strange or _REFUND[case.standing],
        "order_status": "WAIT_BUYER_CONFIRM_GOODS" if order.shipped_at else "WAIT_SELLER_SEND_GOODS",
        "good_status": _good_status(case, order),
        "has_good_return": case.kind in ("return_refund", "exchange", "repair"),
        "dispute_type": _DISPUTE_TYPES.get(case.kind, "REFUND"),
        "reason": reason_words(case.reason),
        "desc": case.text,
        "title": line.title,
        "outer_id": line.sku,
        "price": yuan(line.paid // max(line.quantity, 1)),
        "num": line.quantity,
        "created": china_clock(case.asked_at),
        "modified": china_clock(case.updated_at),
        "refund_phase": phase_of(order),
        "refund_version": version_of(case),
        "cs_status": _cs_status(case),
        "advance_status": 2 if case.by_itself == "fast_refund" else 0,
        "refund_remind_timeout": {
            "remind_type": 1,
            "exist_timeout": bool(case.deadline),
            "timeout": china_clock(case.deadline),
        },
        **_parcel(case, "sid", "company_name"),
        **({"good_return_time": china_clock(case.sent_back_at)} if case.sent_back_at else {}),
        **({"operation_contraint": case.detail["contraint"]} if case.detail.get("contraint") else {}),
    }


def exchange_row(case: Asked, order: SoldOrder) -> dict[str, Any]:
    """One exchange of 天猫, all fields."""
    line = next((line for line in order.lines if line.id in case.lines), order.lines[0])
    return {
        "dispute_id": case.number,
        "biz_order_id": order.number,
        "alipay_no": alipay_no(order),
        "buyer_nick": "云**朵",
        "status": case.strange or _EXCHANGE[case.standing],
        "num": line.quantity,
        "title": line.title,
        "bought_sku": line.sku,
        "price": yuan(line.paid // max(line.quantity, 1)),
        "payment": yuan(line.paid),
        "reason": reason_words(case.reason),
        "desc": case.text,
        "created": china_clock(case.asked_at),
        "modified": china_clock(case.updated_at),
        "time_out": china_clock(case.deadline),
        "refund_version": version_of(case),
        "refund_phase": phase_of(order),
        "cs_status": _cs_status(case),
        "good_status": _good_status(case, order),
        "seller_logistic_no": case.replacement_waybill,
        **_parcel(case, "buyer_logistic_no", "buyer_logistic_name"),
    }


def alipay_no(order: SoldOrder) -> str:
    """The payment's number as Alipay writes it: the day, then the rest of 28 digits."""
    return f"{china_clock(order.paid_at)[:10].replace('-', '')}{int(order.number) % 10**20:020d}"


def chosen(row: dict[str, Any], fields: str) -> dict[str, Any]:
    """The row as far as it was asked for."""
    return {name: row[name] for name in fields.replace(" ", "").split(",") if name in row}


def _cs_status(case: Asked) -> int:
    if case.standing == "stepped_in":
        return 3
    return {"ruling": 8}.get(case.by_itself, 1)


def _good_status(case: Asked, order: SoldOrder) -> str:
    if case.sent_back_at:
        return "BUYER_RETURNED_GOODS"
    return "BUYER_RECEIVED" if order.delivered_at else "BUYER_NOT_RECEIVED"


def _parcel(case: Asked, waybill: str, carrier: str) -> dict[str, str]:
    return {waybill: case.waybill, carrier: "顺丰速运"} if case.waybill else {}

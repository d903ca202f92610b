"""How 微信小店 writes cases, complaints and orders: ids are texts in cases and numbers in orders, money is in fen, times are in seconds."""

from __future__ import annotations

from typing import Any, Final

from amends.fakes.ledger import Refund
from amends.fakes.market import Asked, SoldOrder

TYPES: Final = {"refund_only": "REFUND", "return_refund": "RETURN", "exchange": "EXCHANGE", "resend": "RESHIP"}
REASONS: Final = {
    "quality": ("QUALITY_ISSUE", "质量问题"),
    "changed_mind": ("NO_REASON_7_DAYS", "七天无理由"),
    "wrong_item": ("SEND_WRONG_GOODS", "卖家发错货"),
    "not_received": ("10000007", "未收到商品"),
}
_REFUSED: Final = {
    "REFUND": ("MERCHANT_REJECT_REFUND", "MERCHANT_REJECT_REFUND"),
    "RETURN": ("MERCHANT_REJECT_RETURN", "MERCHANT_REJECT_RETURN"),
    "EXCHANGE": ("MERCHANT_REJECT_EXCHANGE", "MERCHANT_REJECT_RESHIP"),
}
_REFUND_REASONS: Final = {"fast_refund": 4, "ruling": 5}
DEFAULT_COMPLAINT: Final = 106


def type_of(case: Asked) -> str:
    """`type`."""
    return TYPES[case.kind]


def status_of(case: Asked, refund: Refund | None) -> str:
    """`status`; an exchange is received and shipped again in one and the same."""
    if case.strange:
        return case.strange
    if case.standing in ("refused", "stepped_in"):
        return _REFUSED[type_of(case)][1 if case.sent_back_at else 0]
    if case.standing == "succeeded":
        return _ended(case, refund)
    return {
        "requested": "MERCHANT_PROCESSING",
        "awaiting_return": "USER_WAIT_RETURN",
        "returning": "MERCHANT_WAIT_RECEIPT",
        "awaiting_replacement": "MERCHANT_WAIT_RECEIPT",
        "replacement_sent": "USER_WAIT_RECEIPT",
        "closed": "RETURN_CLOSED" if case.sent_back_at or case.agreed_at else "USER_CANCELD",
    }[case.standing]


def _ended(case: Asked, refund: Refund | None) -> str:
    if refund is not None and refund.state != "succeeded":
        return "PLATFORM_REFUNDING" if refund.state == "pending" else "PLATFORM_REFUND_FAIL"
    ends = {"REFUND": "MERCHANT_REFUND_SUCCESS", "RETURN": "MERCHANT_RETURN_SUCCESS"}
    return ends.get(type_of(case), "MERCHANT_EXCHANGE_SUCCESS")


def complaint_of(case: Asked) -> str:
    """`complaint_id`; "" where the buyer has not complained."""
    return f"8{case.number}" if case.standing == "stepped_in" or case.by_itself == "ruling" else ""


def after_sale_order(case: Asked, order: SoldOrder, refund: Refund | None) -> dict[str, Any]:
    """The answer of `getaftersaleorder`."""
    code, words = REASONS.get(case.reason, ("10000008", case.reason))
    line = next(line for line in order.lines if line.id in case.lines)
    reasons = _REFUND_REASONS.get(case.by_itself, 3 if refund else 0)
    again = {"waybill_id": case.replacement_waybill, "delivery_id": case.replacement_carrier}
    return {
        "after_sale_order_id": case.number,
        "status": status_of(case, refund),
        "type": type_of(case),
        "sub_type": "DEFAULT",
        "order_id": order.number,
        "product_info": {
            "product_id": "1",
            "sku_id": line.id,
            "count": line.quantity,
            "fast_refund": case.by_itself == "fast_refund",
        },
        "refund_info": {"amount": case.amount, "refund_reason": reasons},
        "return_info": {"waybill_id": case.waybill, "delivery_id": case.carrier, "delivery_name": case.carrier},
        "exchange_delivery_info": again if case.replacement_waybill else {},
        "merchant_upload_info": {"reject_reason": case.detail.get("reject_reason", "")},
        "refund_resp": {"message": "商户余额不足"} if refund and refund.state == "failed" else {},
        "create_time": case.asked_at,
        "update_time": case.updated_at,
        "reason": code,
        "reason_text": words,
        "complaint_id": complaint_of(case),
        "deadline": case.deadline if case.standing in ("requested", "returning") else 0,
        "complete_time": case.ended_at,
    }


def complaint_order(case: Asked) -> dict[str, Any]:
    """The answer of `getcomplaintorder`."""
    over = case.standing != "stepped_in"
    history = [
        {"item_type": 3, "time": said["at"], "content": said["text"], "media_id_list": said["media"]}
        for said in case.said
        if said["what"] == "give_evidence"
    ]
    status = 112 if over else int(case.detail.get("complaint", DEFAULT_COMPLAINT))
    return {"after_sale_order_id": case.number, "order_id": case.order, "status": status, "history": history}


def order_of(order: SoldOrder) -> dict[str, Any]:
    """The `order` of `order/get`."""
    parcel = {
        "waybill_id": order.waybill,
        "delivery_id": "SF",
        "delivery_time": order.shipped_at,
        "product_infos": [{"product_id": "1", "sku_id": line.id, "product_cnt": line.quantity} for line in order.lines],
    }
    infos = [
        {
            "product_id": 1,
            "sku_id": line.id,
            "sku_cnt": line.quantity,
            "sku_code": line.sku,
            "title": line.title,
            "sale_price": -(-line.paid // line.quantity),
            "real_price": line.paid,
        }
        for line in order.lines
    ]
    return {
        "order_id": int(order.number),
        "status": 20 if not order.shipped_at else 100 if order.delivered_at else 30,
        "create_time": order.placed_at,
        "update_time": order.updated_at,
        "order_detail": {
            "product_infos": infos,
            "pay_info": {"pay_time": order.paid_at, "transaction_id": f"42{order.number}"},
            "price_info": {
                "product_price": order.paid - order.shipping,
                "freight": order.shipping,
                "order_price": order.paid,
            },
            "delivery_info": {"delivery_product_info": [parcel] if order.waybill else []},
        },
    }

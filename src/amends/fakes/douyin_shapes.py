"""How 抖店 writes cases and orders: ids are texts in the list and whole numbers in the detail, money is in fen, times are in seconds."""

from __future__ import annotations

from typing import Any, Final

from amends.fakes.ledger import Refund
from amends.fakes.market import Asked, SoldLine, SoldOrder

TYPES: Final = {
    "return_refund": 0, "refund_only": 1, "cancel": 2, "exchange": 3, "price_adjustment": 6, "resend": 7, "repair": 8,
}  # fmt: skip
REASONS: Final = {
    "quality": "质量问题",
    "changed_mind": "七天无理由退货",
    "wrong_size": "尺码不合适",
    "not_received": "未收到货",
    "damaged": "收到商品破损",
    "wrong_item": "商家发错货",
}
_SHIPPED_AGAIN: Final = ("exchange", "resend", "repair")
_AUDITS: Final = {"fast_refund": 3}
_REFUND_STATES: Final = {"pending": 2, "succeeded": 3, "failed": 4}


def status_of(case: Asked) -> int | str:
    """`after_sale_status`: by where the case stands and what it is; an exchange waits for its parcel in 11, as a return does."""
    if case.strange:
        return case.strange
    if case.standing == "awaiting_replacement":
        return 11 if case.kind == "exchange" else 8
    if case.standing == "succeeded":
        return 14 if case.kind in _SHIPPED_AGAIN and not case.refund else 12
    if case.standing in ("refused", "stepped_in"):
        return 29 if case.sent_back_at else 27
    return {"requested": 6, "awaiting_return": 7, "returning": 11, "replacement_sent": 13, "closed": 28}[case.standing]


def type_of(case: Asked) -> int:
    """`after_sale_type`."""
    return TYPES[case.kind]


def list_item(case: Asked, order: SoldOrder, refund: Refund | None) -> dict[str, Any]:
    """An item of `afterSale.List`."""
    status = status_of(case)
    info = {
        "aftersale_id": case.number,
        "aftersale_order_type": 1,
        "aftersale_type": type_of(case),
        "aftersale_status": 3 if status == 13 else status,
        "related_id": order.lines[0].id,
        "apply_time": case.asked_at,
        "update_time": case.updated_at,
        "status_deadline": case.deadline,
        "refund_amount": case.amount,
        "refund_status": _refund_status(case, refund),
        "arbitrate_status": _arbitrate_status(case),
        "aftersale_status_to_final_time": 0,
        "auto_audit_bits": _audits(case),
    }
    return {"aftersale_info": info, "order_info": {"shop_order_id": order.number}}


def detail(case: Asked, order: SoldOrder, refund: Refund | None) -> dict[str, Any]:
    """The answer of `afterSale.Detail`."""
    process = {
        "after_sale_info": _info(case, order, refund),
        "arbitrate_info": _arbitration(case),
        "logistics_info": _logistics(case, order),
        "after_sale_shop_remarks": [
            {"after_sale_id": int(case.number), "remark": said["text"], "create_time": said["at"], "operator": "api"}
            for said in case.said
            if said["what"] == "note"
        ],
        "record_logs_list": [],
    }
    lines = [_sku_order(line, order) for line in order.lines if line.id in case.lines]
    return {"process_info": process, "order_info": {"shop_order_id": int(order.number), "sku_order_infos": lines}}


def _info(case: Asked, order: SoldOrder, refund: Refund | None) -> dict[str, Any]:
    paid = bool(refund and refund.state == "succeeded")
    return {
        "after_sale_id": int(case.number),
        "after_sale_status": status_of(case),
        "after_sale_status_desc": "",
        "after_sale_type": type_of(case),
        "after_sale_order_type": 1,
        "refund_status": _refund_status(case, refund),
        "refund_total_amount": case.amount,
        "refund_post_amount": 0,
        "real_refund_amount": refund.amount if refund and paid else 0,
        "refund_time": refund.at if refund and paid else 0,
        "refund_fail_reason": "商家账户余额不足" if refund and refund.state == "failed" else "",
        "apply_time": case.asked_at,
        "update_time": case.updated_at,
        "reason": REASONS.get(case.reason, case.reason),
        "reason_code": 1,
        "reason_second_labels": [],
        "reason_remark": case.text,
        "evidence": [],
        "after_sale_apply_count": sum(line.quantity for line in order.lines if line.id in case.lines),
        "got_pkg": int(bool(order.delivered_at)),
        "status_deadline": case.deadline,
        "return_address_id": int(case.detail.get("address", 0)),
        "aftersale_status_to_final_time": 0,
        "auto_audit_bits": _audits(case),
    }


def _refund_status(case: Asked, refund: Refund | None) -> int:
    if refund is not None:
        return _REFUND_STATES[refund.state]
    return 0 if case.kind in _SHIPPED_AGAIN else 1


def _audits(case: Asked) -> list[int]:
    return [_AUDITS[case.by_itself]] if case.by_itself in _AUDITS else []


def _arbitrate_status(case: Asked) -> int:
    if case.standing == "stepped_in":
        return int(case.detail.get("arbitrate", 1))
    return 2 if case.by_itself == "ruling" else 0


def _arbitration(case: Asked) -> dict[str, Any] | None:
    status = _arbitrate_status(case)
    if not status:
        return None
    proof = next((said for said in reversed(case.said) if said["what"] == "give_evidence"), None)
    return {
        "arbitrate_id": f"9{case.number[1:]}",
        "arbitrate_status": status,
        "is_required_evidence": status == 4,
        "arbitrate_status_deadline": str(case.deadline),
        "arbitrate_create_time": case.refused_at or case.asked_at,
        "arbitrate_update_time": case.updated_at,
        "arbitrate_blame": 1 if status == 2 else 0,
        "arbitrate_evidence": {"images": proof["urls"], "describe": proof["text"]} if proof else None,
    }


def _logistics(case: Asked, order: SoldOrder) -> dict[str, Any]:
    def parcel(carrier: str, waybill: str, at: int) -> dict[str, Any]:
        return {"tracking_no": waybill, "company_name": carrier, "company_code": carrier, "logistics_time": at}

    sent, back = (
        parcel(order.carrier, order.waybill, order.shipped_at),
        parcel(case.carrier, case.waybill, case.sent_back_at),
    )
    again = parcel(case.replacement_carrier, case.replacement_waybill, case.updated_at)
    way = "exchange" if case.kind == "exchange" else "resend"
    return {
        "order": [{**sent, "logistics_state": 6}] if order.waybill else [],
        "return": back if case.waybill else None,
        **({way: again} if case.replacement_waybill else {}),
    }


def _sku_order(line: SoldLine, order: SoldOrder) -> dict[str, Any]:
    post = _post(line, order)
    return {
        "sku_order_id": int(line.id),
        "order_status": 5 if order.delivered_at else 3 if order.shipped_at else 2,
        "pay_amount": line.paid + post,
        "post_amount": post,
        "item_quantity": line.quantity,
        "create_time": order.placed_at,
        "product_name": line.title,
        "shop_sku_code": line.sku,
        "sku_pay_amount": line.paid,
    }


def _post(line: SoldLine, order: SoldOrder) -> int:
    """The freight lies on the first line."""
    return order.shipping if line is order.lines[0] else 0


def order_detail(order: SoldOrder) -> dict[str, Any]:
    """The `shop_order_detail` of `order.orderDetail`; the buyer's name and number are sealed."""
    inside = [{"sku_order_id": line.id, "product_count": line.quantity} for line in order.lines]
    parcel = {
        "tracking_no": order.waybill,
        "company": order.carrier,
        "ship_time": order.shipped_at,
        "product_info": inside,
    }
    return {
        "order_id": order.number,
        "shop_name": "示例旗舰店",
        "order_status": 5 if order.delivered_at else 3 if order.shipped_at else 2,
        "pay_type": 1,
        "create_time": order.placed_at,
        "pay_time": order.paid_at,
        "ship_time": order.shipped_at,
        "finish_time": 0,
        "update_time": order.updated_at,
        "pay_amount": order.paid,
        "post_amount": order.shipping,
        "encrypt_post_tel": "##sealed##",
        "encrypt_post_receiver": "##sealed##",
        "logistics_info": [parcel] if order.waybill else [],
        "sku_order_list": [
            {
                "order_id": line.id,
                "parent_order_id": order.number,
                "item_num": line.quantity,
                "product_name": line.title,
                "code": line.sku,
                "origin_amount": -(-line.paid // line.quantity),
                "pay_amount": line.paid + _post(line, order),
                "post_amount": _post(line, order),
                "logistics_receipt_time": order.delivered_at,
                "confirm_receipt_time": 0,
            }
            for line in order.lines
        ],
    }

"""How the fake WeChat Pay tells of a refund: in answers and, a little differently, in callbacks."""

from __future__ import annotations

from typing import Any, Final

from amends.basics.money import Minor
from amends.fakes.china import china_time
from amends.fakes.ledger import Payment, Refund

EVENTS: Final = {"SUCCESS": "REFUND.SUCCESS", "CLOSED": "REFUND.CLOSED", "ABNORMAL": "REFUND.ABNORMAL"}
_ACCOUNT: Final = "支付用户零钱"


def status_of(refund: Refund) -> str:
    """The refund's status in WeChat Pay's words."""
    if refund.state == "pending":
        return "ABNORMAL" if refund.detail.get("abnormal") else "PROCESSING"
    return "SUCCESS" if refund.state == "succeeded" else "CLOSED"


def stamp(at: int) -> str:
    """A moment in RFC 3339, China's time."""
    return china_time(at).isoformat()


def answered(refund: Refund, payment: Payment, status: str, amount: Minor, currency: str, now: int) -> dict[str, Any]:
    """The refund as an answer tells it; `status`, `amount` and `currency` as they are to be told."""
    shown = {
        "refund_id": refund.id,
        "out_refund_no": refund.key,
        "transaction_id": payment.id,
        "out_trade_no": payment.detail.get("out_trade_no", ""),
        "channel": "ORIGINAL",
        "user_received_account": _ACCOUNT,
        "create_time": stamp(refund.at),
        "status": status,
        "funds_account": "AVAILABLE",
        "amount": {
            "total": payment.amount,
            "refund": amount,
            "payer_total": payment.amount,
            "payer_refund": amount,
            "settlement_refund": amount,
            "settlement_total": payment.amount,
            "discount_refund": 0,
            "currency": currency,
        },
    }
    return shown if refund.state != "succeeded" else {**shown, "success_time": stamp(now)}


def called_back(refund: Refund, payment: Payment, merchant: str, now: int) -> dict[str, Any]:
    """The refund as a callback tells it, before it is sealed: `refund_status` here, and no currency."""
    return {
        "mchid": merchant,
        "out_trade_no": payment.detail.get("out_trade_no", ""),
        "transaction_id": payment.id,
        "out_refund_no": refund.key or refund.id,
        "refund_id": refund.id,
        "refund_status": status_of(refund),
        "success_time": stamp(now),
        "user_received_account": _ACCOUNT,
        "amount": {
            "total": payment.amount,
            "refund": refund.amount,
            "payer_total": payment.amount,
            "payer_refund": refund.amount,
        },
    }

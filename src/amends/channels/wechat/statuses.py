"""微信小店's own words for kinds, statuses, complaints, reasons and refunds, and what each means to us (the vendor's documents, 2026)."""

from __future__ import annotations

from typing import Final

from amends.facts.platforms import PlatformStatus, Standing
from amends.facts.rulebook import Says

MERCHANTS_TURN: Final = frozenset({"MERCHANT_PROCESSING", "MERCHANT_WAIT_RECEIPT", "MERCHANT_OVERDUE_REFUND"})
REFUNDED: Final = frozenset({"MERCHANT_REFUND_SUCCESS", "MERCHANT_RETURN_SUCCESS"})
REFUNDING: Final = "PLATFORM_REFUNDING"
REFUND_FAILED: Final = frozenset({"PLATFORM_REFUND_FAIL", "MERCHANT_REFUND_RETRY_FAIL"})


def _status(standing: Standing, zh: str, en: str) -> PlatformStatus:
    return PlatformStatus(standing, Says(en, zh))


COMPLAINTS: Final[dict[int, tuple[str, str]]] = {
    100: ("待商家处理纠纷", "complaint: the merchant is to answer"),
    101: ("待客服处理", "complaint: the platform's people are to look"),
    103: ("客服处理中", "complaint: the platform's people are at it"),
    104: ("待用户补充凭证", "complaint: the buyer is to give proof"),
    105: ("用户已补充凭证", "complaint: the buyer has given proof"),
    106: ("待商家补充凭证", "complaint: the merchant is to give proof"),
    107: ("商家已补充凭证", "complaint: the merchant has given proof"),
    108: ("待双方补充凭证", "complaint: both are to give proof"),
    109: ("双方补充凭证超时", "complaint: both were late with proof"),
    110: ("待商家确认", "complaint: the merchant is to confirm"),
    111: ("商家申诉中", "complaint: the merchant has appealed"),
    113: ("待客服核实", "complaint: the platform's people check"),
    114: ("重新退款中", "complaint: refunded once more"),
    305: ("用户补充凭证超时", "complaint: the buyer was late with proof"),
    307: ("商家补充凭证超时", "complaint: the merchant was late with proof"),
}
"""A complaint that is under way. 102 and 116 (withdrawn, closed), 112 and 115 (settled) are over: then the case's own status counts."""
COMPLAINTS_OVER: Final = frozenset({102, 112, 115, 116})
PROOF_WANTED: Final = frozenset({106, 108})

STATUSES: Final[dict[str, PlatformStatus]] = {
    "MERCHANT_PROCESSING": _status("requested", "商家受理中", "the merchant is to answer"),
    "USER_WAIT_CONFIRM_UPDATE": _status(
        "requested", "待用户处理商家协商", "the buyer is to answer the merchant's proposal"
    ),
    "USER_WAIT_HANDLE_MERCHANT_AFTER_SALE": _status(
        "requested", "待用户处理商家代发起的售后申请", "the buyer is to answer what the merchant asked on their behalf"
    ),
    "MERCHANT_OVERDUE_REFUND": _status("requested", "商家逾期未退款", "the merchant is late with the refund"),
    "PLATFORM_REFUND_FAIL": _status("requested", "平台退款失败", "the platform could not pay; the merchant must"),
    "USER_WAIT_CONFIRM": _status("requested", "待用户确认", "the buyer is to confirm a refund made elsewhere"),
    "USER_WAIT_RETURN": _status("awaiting_return", "待买家退货", "the buyer is to send back"),
    "WAIT_PACKAGE_INTERCEPT": _status("awaiting_return", "物流线上拦截中", "the carrier is stopping the parcel"),
    "MERCHANT_WAIT_RECEIPT": _status(
        "returning", "待商家收货", "the merchant is to receive (and, for an exchange, to ship)"
    ),
    "USER_WAIT_RECEIPT": _status("replacement_sent", "待用户收货", "the buyer is to receive the new goods"),
    "MERCHANT_REJECT_REFUND": _status("refused", "商家拒绝退款", "refund refused"),
    "MERCHANT_REJECT_RETURN": _status("refused", "商家拒绝退货退款", "return refused"),
    "MERCHANT_REJECT_EXCHANGE": _status("refused", "商家拒绝换货", "exchange refused"),
    "MERCHANT_REJECT_RESHIP": _status("refused", "商家拒绝发货", "shipping again refused"),
    "PLATFORM_REFUNDING": _status("succeeded", "平台退款中", "agreed; the platform is paying"),
    "MERCHANT_REFUND_SUCCESS": _status("succeeded", "退款完成", "refunded"),
    "MERCHANT_RETURN_SUCCESS": _status("succeeded", "退货退款完成", "returned and refunded"),
    "MERCHANT_EXCHANGE_SUCCESS": _status("succeeded", "换货完成", "exchanged"),
    "USER_CANCELD": _status("closed", "用户取消申请", "withdrawn by the buyer"),
    "RETURN_CLOSED": _status("closed", "退货退款关闭", "return closed"),
    "MERCHANT_FAIL": _status("closed", "售后关闭", "closed"),
    "MERCHANT_REFUND_RETRY_FAIL": _status(
        "closed", "商家打款失败，客服关闭售后", "closed: the merchant's payment failed"
    ),
    **{f"complaint:{number}": _status("stepped_in", zh, en) for number, (zh, en) in COMPLAINTS.items()},
}

KINDS: Final = {"REFUND": "refund_only", "RETURN": "return_refund", "EXCHANGE": "exchange", "RESHIP": "resend"}
PRICE_DIFFERENCE: Final = "REFUND_PRICE_DIFF"
REASONS: Final = {
    "INCORRECT_SELECTION": "ordered_by_mistake",
    "NO_LONGER_WANT": "changed_mind",
    "NO_EXPRESS_INFO": "delivery_delayed",
    "EMPTY_PACKAGE": "empty_parcel",
    "REJECT_RECEIVE_PACKAGE": "refused_delivery",
    "NOT_DELIVERED_TOO_LONG": "delivery_delayed",
    "NOT_MATCH_PRODUCT_DESC": "not_as_described",
    "QUALITY_ISSUE": "quality",
    "SEND_WRONG_GOODS": "wrong_item",
    "THREE_NO_PRODUCT": "quality",
    "FAKE_PRODUCT": "counterfeit",
    "NO_REASON_7_DAYS": "changed_mind",
}
"""`reason` to ours; later ones are numbers without a meaning and come with their words (`reason_text`)."""
BY_THE_PLATFORM: Final = {
    4: "未发货平台自动同意",
    5: "纠纷判定退款",
    6: "平台强制退款",
    8: "发货超时平台退款",
    9: "处理超时自动同意",
    10: "确认收货超时平台退款",
    11: "商家收货超时平台退款",
}
"""`refund_reason` where the money went without the merchant; 1, 2, 3 and 7 are the merchant's own."""
RULING: Final = 5

"""The words of 淘宝 and 天猫: every status that is witnessed, kinds of requests, and where the platform has stepped in."""

from __future__ import annotations

from typing import Final

from amends.facts.platforms import PlatformStatus, Standing
from amends.facts.rulebook import Says


def _status(standing: Standing, zh: str, en: str) -> PlatformStatus:
    return PlatformStatus(standing, Says(en, zh))


REFUND_STATUSES: Final[dict[str, PlatformStatus]] = {
    "WAIT_SELLER_AGREE": _status(
        "requested", "买家已申请，等待卖家同意", "the buyer has asked; the seller has to answer"
    ),
    "WAIT_BUYER_RETURN_GOODS": _status(
        "awaiting_return", "卖家已同意，等待买家退货", "agreed; the buyer has to send the goods back"
    ),
    "WAIT_SELLER_CONFIRM_GOODS": _status(
        "returning", "买家已退货，等待卖家确认收货", "sent back; the seller has to receive the goods"
    ),
    "SELLER_REFUSE_BUYER": _status("refused", "卖家拒绝", "the seller has refused; the buyer may act"),
    "CLOSED": _status("closed", "退款关闭", "closed without a refund"),
    "SUCCESS": _status("succeeded", "退款成功", "paid back"),
    "WAIT_SELLER_CONSIGN_GOODS": _status(
        "awaiting_replacement", "商家已收货，等待商家发出换货", "the seller has to send the replacement"
    ),
    "WAIT_SELLER_CONSIGN_GOOGDS": _status(
        "awaiting_replacement",
        "商家已收货，等待商家发出换货",
        "the seller has to send the replacement (spelt so over there)",
    ),
    "WAIT_BUYER_CONFIRM_EXCHANGE_SELLER_SEND_GOODS": _status(
        "replacement_sent", "换货已发出，等待买家确认", "the replacement is on its way"
    ),
    "EXCHANGE_WAIT_BUYER_CONFIRM_GOODS": _status(
        "replacement_sent", "换货已发出，等待买家确认收货", "the replacement is on its way"
    ),
    "WAIT_BUYER_CONFIRM_REDO_SEND_GOODS": _status(
        "replacement_sent", "已重新邮寄，等待买家确认", "sent once more; the buyer has to confirm"
    ),
    "EXCHANGE_TRANSFORM_TO_REFUND": _status(
        "requested", "换货关闭，转为退货退款", "the exchange became a request for money; the seller has to answer"
    ),
    "WAIT_SELLER_CONFIRM_RETURN_ADDRESS": _status(
        "requested", "等待卖家确认退货地址", "the seller has to confirm the return address"
    ),
    "POST_FEE_DISPUTE_WAIT_ACTIVATE": _status(
        "requested", "邮费单已创建，待激活", "a case about postage, not yet active"
    ),
}
EXCHANGE_STATUSES: Final[dict[str, PlatformStatus]] = {
    "exchange/1": _status("requested", "换货待处理", "an exchange is asked for; the seller has to answer"),
    "exchange/2": _status("awaiting_return", "换货：待买家退货", "exchange: the buyer has to send the goods back"),
    "exchange/3": _status("returning", "换货：买家已退货，待收货", "exchange: the seller has to receive the goods"),
    "exchange/4": _status("closed", "换货关闭", "exchange closed"),
    "exchange/5": _status("succeeded", "换货成功", "exchanged"),
    "exchange/6": _status("refused", "换货：待买家修改", "exchange refused; the buyer may change the request"),
    "exchange/12": _status(
        "awaiting_replacement", "待发出换货商品", "exchange: the seller has to send the replacement"
    ),
    "exchange/13": _status("replacement_sent", "换货已发出，待买家收货", "exchange: the replacement is on its way"),
    "exchange/14": _status("requested", "换货转为退款", "the exchange became a request for money"),
}
STEPPED_IN: Final[dict[int, str]] = {
    2: "需要客服介入",
    3: "客服已介入",
    4: "客服初审完成",
    5: "客服主管复审失败",
    10: "举证中",
    11: "申诉中",
}
CS_STATUSES: Final[dict[str, PlatformStatus]] = {
    "cs_status/2": _status("stepped_in", "需要客服介入", "the platform is asked to step in"),
    "cs_status/3": _status("stepped_in", "客服已介入", "the platform has stepped in"),
    "cs_status/4": _status("stepped_in", "客服初审完成", "the platform's first review is done"),
    "cs_status/5": _status("stepped_in", "客服主管复审失败", "the platform's second review failed"),
    "cs_status/10": _status("stepped_in", "客服介入：举证中", "the platform waits for evidence"),
    "cs_status/11": _status("stepped_in", "客服介入：申诉中", "an appeal is open"),
}
CS_OVER: Final[dict[int, str]] = {6: "客服处理完成", 7: "客服介入已撤销", 8: "客服判买家胜诉", 9: "客服判卖家胜诉"}
RULINGS: Final = frozenset({8, 9})
RULED_FOR_BUYER: Final = 8
ADVANCED: Final[dict[int, str]] = {2: "advance_paid", 5: "advance_settled"}
"""`advance_status` in which the platform has paid the buyer by itself (先行垫付)."""

KINDS: Final = {
    "REFUND": "refund_only",
    "REFUND_AND_RETURN": "return_refund",
    "TMALL_EXCHANGE": "exchange",
    "TAOBAO_EXCHANGE": "exchange",
    "REPAIR": "repair",
    "RESHIPPING": "resend",
}
"""`dispute_type` to `request.kind`; ``OTHERS`` goes by whether goods are sent back."""
SPECIAL_KINDS: Final = {"priceProtect": "price_adjustment", "cashBack": "compensation"}
NOT_SHIPPED: Final = frozenset({"WAIT_SELLER_SEND_GOODS"})
SHIPPED: Final = frozenset({"WAIT_BUYER_CONFIRM_GOODS", "TRADE_BUYER_SIGNED", "TRADE_FINISHED"})
ARRIVED: Final = frozenset({"BUYER_RECEIVED", "BUYER_RETURNED_GOODS"})

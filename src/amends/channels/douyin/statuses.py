"""抖店's own words for kinds, statuses, arbitration and refunds, and what each means to us.

The numbers stand in the comments of the vendor's generated clients (2023 to 2026). A status means different things for different kinds
(11: the goods are on their way back, and for an exchange the merchant then ships); where the case stands is the same. The list's answer
says 3 where everything else says 13: both are known.
"""

from __future__ import annotations

from typing import Final

from amends.facts.platforms import PlatformStatus, Standing
from amends.facts.rulebook import Says

ARBITRATING: Final = frozenset({1, 4, 5})
"""`arbitrate_status` while the platform's people are at it: at work, waiting for the merchant's proof, both parties talking."""
MERCHANTS_TURN: Final = frozenset({"6", "8", "11"})
"""In these the countdown (`status_deadline`) is the merchant's; in the others it is the buyer's or nobody's."""
PROOF_WANTED: Final = 4


def _status(standing: Standing, zh: str, en: str) -> PlatformStatus:
    return PlatformStatus(standing, Says(en, zh))


STATUSES: Final[dict[str, PlatformStatus]] = {
    "6": _status("requested", "待商家同意", "waiting for the merchant's yes"),
    "7": _status("awaiting_return", "待买家退货", "waiting for the buyer to send back"),
    "8": _status("awaiting_replacement", "待商家发货", "waiting for the merchant to ship (resend, repair)"),
    "11": _status("returning", "待商家二次同意", "sent back; waiting for the merchant's second yes"),
    "12": _status("succeeded", "售后成功", "succeeded"),
    "13": _status("replacement_sent", "待买家收货", "shipped again; waiting for the buyer to receive"),
    "3": _status("replacement_sent", "换货待买家收货", "as 13; the list's word for it"),
    "14": _status("succeeded", "换货/补寄/维修成功", "exchange, resend or repair succeeded"),
    "27": _status("refused", "商家一次拒绝", "refused at the first review"),
    "28": _status("closed", "售后失败", "failed and closed"),
    "29": _status("refused", "商家二次拒绝", "refused at the second review"),
    "51": _status("closed", "订单取消成功", "the order was cancelled"),
    "53": _status("succeeded", "逆向交易已完成", "the way back is complete"),
    "arbitrate:1": _status("stepped_in", "客服处理中", "the platform's people decide"),
    "arbitrate:4": _status("stepped_in", "待商家举证", "the platform waits for the merchant's proof"),
    "arbitrate:5": _status("stepped_in", "协商期", "both parties are to agree before the platform decides"),
}

KINDS: Final[dict[int, str]] = {
    0: "return_refund",
    1: "refund_only",
    2: "cancel",
    3: "exchange",
    4: "cancel",
    5: "cancel",
    6: "price_adjustment",
    7: "resend",
    8: "repair",
}
"""`after_sale_type` to `request.kind`: 0 退货退款, 1 已发货仅退款, 2 未发货仅退款, 3 换货, 4 and 5 取消, 6 价保, 7 补寄, 8 维修."""

ARBITRATED: Final[dict[int, str]] = {2: "仲裁结束，支持买家", 3: "仲裁结束，支持商家", 6: "仲裁结束", 255: "仲裁结束"}
BLAMED: Final[dict[int, str]] = {1: "商家", 2: "买家", 3: "双方", 4: "平台", 5: "达人"}

AUTO_AUDITS: Final[dict[int, str]] = {
    1: "发货前极速退",
    2: "小助手同意退款",
    3: "发货后极速退",
    4: "闪电退货",
    5: "跨境零秒退",
    6: "云仓拦截自动退",
    7: "小助手同意退货",
    8: "小助手同意拒签后退款",
    10: "治理自动同意(未发货)",
    11: "治理自动同意(已发货)",
    12: "拦截成功自动退",
    13: "质检免审",
    14: "协商方案自动同意",
    15: "平台卡券自动同意",
    16: "三方卡券自动同意",
    17: "治理一审同意退货",
    21: "物流异常极速退",
    27: "签收前垫资极速退",
}
"""`auto_audit_bits`: what was agreed to without the merchant."""
ON_BEHALF: Final = 9
"""The one bit that is none of these: the merchant asked on the buyer's behalf (代客发起)."""

"""The words of 京东: statuses of services after the sale (服务单) and of refunds of orders that are cancelled (退款申请单).

Only what two clients agree on is here. Left out, and so told with an alarm: 13000 and a refund's 16, which clients take differently.
"""

from __future__ import annotations

from typing import Final

from amends.facts.platforms import PlatformStatus, Standing
from amends.facts.rulebook import Says


def _status(standing: Standing, zh: str, en: str) -> PlatformStatus:
    return PlatformStatus(standing, Says(en, zh))


NOT_SENT: Final = "10005/not_sent"
TO_SHIP: Final = "10007/ship"
SERVICES: Final[dict[str, PlatformStatus]] = {
    "10000": _status("requested", "待审核领取", "waits to be taken up by somebody of the merchant's"),
    "10001": _status("requested", "待审核", "the merchant has to answer"),
    "10002": _status("refused", "待客户反馈", "the buyer has to say more"),
    "10004": _status("closed", "审核关闭", "closed at the review"),
    "10005": _status("returning", "待收货（客户已寄回）", "sent back; the merchant has to receive the goods"),
    NOT_SENT: _status("awaiting_return", "待收货（尚无寄回单号）", "agreed; the buyer has to send the goods back"),
    "10006": _status("returning", "待处理领取", "received; waits to be taken up"),
    "10007": _status("returning", "待处理", "received; the merchant has to decide"),
    TO_SHIP: _status(
        "awaiting_replacement", "待处理（换新或补发）", "received; the merchant has to send the replacement"
    ),
    "10009": _status("replacement_sent", "待用户确认", "the buyer has to confirm"),
    "10010": _status("succeeded", "完成", "done"),
    "10011": _status("closed", "取消", "taken back"),
    "10012": _status("requested", "客户已反馈", "the buyer has said more; the merchant has to answer"),
    "10013": _status("requested", "待审核和待客户反馈", "the merchant has to answer, and the buyer to say more"),
    "10041": _status("stepped_in", "已提交退款申请，京东处理中", "the refund is handed in; JD carries it out"),
    "1100": _status("stepped_in", "待维修中心接单", "waits for the repair centre"),
    "12000": _status("stepped_in", "上门维修中", "being repaired at the buyer's"),
    "14000": _status("stepped_in", "上门检测中", "being looked at at the buyer's"),
}
REFUNDS: Final[dict[str, PlatformStatus]] = {
    "refund/0": _status("requested", "取消订单退款：未审核", "a cancelled order: the merchant has to answer"),
    "refund/1": _status("stepped_in", "取消订单退款：商家审核通过，待京东财务", "agreed; JD's finance carries it out"),
    "refund/2": _status("refused", "取消订单退款：审核不通过", "refused; the buyer may act"),
    "refund/3": _status("succeeded", "取消订单退款：京东财务审核通过", "paid back by JD's finance"),
    "refund/4": _status("closed", "取消订单退款：京东财务审核不通过", "JD's finance did not pay"),
    "refund/5": _status("stepped_in", "取消订单退款：人工审核通过，待京东财务", "agreed; JD's finance carries it out"),
    "refund/6": _status("succeeded", "京东拦截并退款", "JD stopped the parcel and paid back"),
    "refund/7": _status("requested", "青龙拦截成功，待商家处理", "the parcel was stopped; the merchant has to answer"),
    "refund/8": _status(
        "requested", "青龙拦截失败，待商家处理", "the parcel was not stopped; the merchant has to answer"
    ),
    "refund/9": _status("succeeded", "强制关单并退款", "closed by JD and paid back"),
    "refund/10": _status("requested", "物流待跟进（线下拦截）", "the merchant has to follow the parcel"),
    "refund/11": _status("closed", "用户撤销", "taken back by the buyer"),
    "refund/17": _status("awaiting_return", "协商退货退款", "a return was agreed on; the buyer has to send back"),
    "refund/18": _status("closed", "协商关闭", "closed by agreement"),
    "refund/19": _status("stepped_in", "纠纷介入", "the platform has stepped in"),
    "refund/27": _status(
        "requested", "京东承诺拦截，待商家处理", "JD tries to stop the parcel; the merchant has to answer"
    ),
}
STATUSES: Final[dict[str, PlatformStatus]] = {**SERVICES, **REFUNDS}
KINDS: Final = {10: "return_refund", 11: "refund_only", 20: "exchange", 30: "repair", 80: "resend"}
"""`customerExpect` to `request.kind`."""
SHIPPED_AGAIN: Final = frozenset({20, 80})
BY_ITSELF: Final = {"refund/6": "intercepted", "refund/9": "closed_by_platform"}
REFUND_DONE: Final = 13
"""`status` of a service's refund: paid."""

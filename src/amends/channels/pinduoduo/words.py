"""The words of 拼多多: every status of an after-sale that its page names, and the kinds as its detail numbers them."""

from __future__ import annotations

from typing import Final

from amends.facts.platforms import PlatformStatus, Standing
from amends.facts.rulebook import Says


def _status(standing: Standing, zh: str, en: str) -> PlatformStatus:
    return PlatformStatus(standing, Says(en, zh))


SENT_BACK: Final = "14/sent_back"
NOT_SENT_BACK: Final = "3/not_sent_back"
STEPPED_IN: Final = "join_or_not/1"
STATUSES: Final[dict[str, PlatformStatus]] = {
    "0": _status("closed", "无售后", "no after-sale any more"),
    "2": _status("requested", "买家申请退款，待商家处理", "the buyer asks for money; the merchant has to answer"),
    "3": _status("returning", "退货退款，待商家处理（买家已寄回）", "sent back; the merchant has to receive the goods"),
    NOT_SENT_BACK: _status(
        "requested", "退货退款，待商家处理（尚未寄回）", "a return is asked for; the merchant has to answer"
    ),
    "4": _status("succeeded", "商家同意退款，退款中", "agreed by the merchant; the money is on its way"),
    "5": _status("succeeded", "平台同意退款，退款中", "agreed by the platform; the money is on its way"),
    "6": _status("refused", "驳回退款，待买家处理", "refused; the buyer may act"),
    "7": _status("awaiting_return", "已同意退货退款，待买家发货", "agreed; the buyer has to send the goods back"),
    "8": _status("stepped_in", "平台处理中", "the platform decides"),
    "9": _status("closed", "平台拒绝退款，退款关闭", "refused by the platform"),
    "10": _status("succeeded", "退款成功", "paid back"),
    "11": _status("closed", "买家撤销", "taken back by the buyer"),
    "12": _status("closed", "买家逾期未处理，退款失败", "the buyer let the time run out"),
    "13": _status("closed", "买家逾期，超过有效期", "the buyer let the time run out"),
    "14": _status(
        "requested", "换货/补寄，待商家处理", "an exchange or resend is asked for; the merchant has to answer"
    ),
    SENT_BACK: _status(
        "returning", "换货，待商家处理（买家已寄回）", "exchange: sent back; the merchant has to receive and to ship"
    ),
    "15": _status("awaiting_return", "换货/补寄，待买家处理", "exchange or resend: the buyer's turn"),
    "16": _status("succeeded", "换货/补寄成功", "exchanged or sent once more"),
    "17": _status("closed", "换货/补寄失败", "the exchange or resend came to nothing"),
    "18": _status("replacement_sent", "换货/补寄，待买家确认完成", "sent; the buyer has to confirm"),
    "21": _status("requested", "待商家同意维修", "a repair is asked for; the merchant has to answer"),
    "22": _status("awaiting_return", "维修：待买家寄出", "repair: the buyer has to send the goods"),
    "24": _status("closed", "维修关闭", "the repair came to nothing"),
    "25": _status("succeeded", "维修成功", "repaired"),
    "27": _status("replacement_sent", "维修：待买家确认收货", "repair: sent back; the buyer has to confirm"),
    "31": _status("awaiting_return", "已同意拒收退款，待买家拒收", "agreed; the buyer has to refuse the parcel"),
    "32": _status("awaiting_replacement", "补寄：待商家发货", "the merchant has to send"),
    "33": _status("requested", "待商家召回", "the merchant has to call the parcel back"),
    STEPPED_IN: _status("stepped_in", "平台介入", "the platform has stepped in"),
}
UNDERWAY: Final = frozenset({"4", "5"})
PAID: Final = frozenset({"4", "5", "10"})
KINDS: Final = {1: "refund_only", 2: "return_refund", 3: "exchange", 4: "resend", 5: "repair"}
"""`after_sales_type` of the *detail*; the list numbers them otherwise (2, 3, 4, 5), so the list's is never read."""
BY_ITSELF: Final = {3: "platform", 4: "system"}
"""`refund_operator_role` that is neither buyer nor merchant."""

"""What a reason code of a card network or a platform means, when it may be used, and what wins it. Dated, each with its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from amends.facts.rulebook import Says

Family = Literal[
    "fraud",
    "authorisation",
    "processing",
    "duplicate",
    "not_received",
    "not_as_described",
    "cancelled",
    "credit",
    "misrepresentation",
    "other",
]
SOURCES: Final[Mapping[str, Says]] = {
    "VCR": Says("Visa Core Rules, edition of 2026-04-18", "Visa 核心规则，2026-04-18 版"),
    "MCG": Says(
        "Mastercard Chargeback Guide, merchant edition of 2026-05-19", "万事达拒付指南（商户版），2026-05-19 版"
    ),
    "SEC": Says("secondary sources only", "仅有二手来源"),
    "PPD": Says("PayPal developer documents on disputes, 2026-06-16", "PayPal 开发者文档（争议），2026-06-16"),
    "DY-APP": Says(
        "Douyin, standard of proof for appeals, notice of 2026-07-30", "抖店《商家申诉举证标准》，2026-07-30"
    ),
    "DY-NEG": Says(
        "Douyin, rules on negative service, notice of 2026-07-24", "抖店《商家【消极服务】处置细则》，2026-07-24"
    ),
    "HOUSE": Says("this house's own wording; no limit is sourced", "本系统自拟说明，期限无来源"),
}


@dataclass(frozen=True, slots=True)
class Code:
    """A reason code. `file_days`: how long the other side may open it; `wait_days`: how long it must wait first; `outer_days`: from the
    payment, at the latest; `answer_days`: our time by the network; a processor's is shorter. None: no number with a source is known.

    `confidence`: H, M or L as graded in the source list; L is shown with a warning. `owed`: right where we owed the refund.
    """

    forum: str
    code: str
    family: Family
    title: Says
    means: Says
    wins: tuple[Says, ...]
    source: str
    confidence: str
    file_days: int | None = None
    wait_days: int | None = None
    outer_days: int | None = None
    answer_days: int | None = None
    since: date = date(2026, 4, 18)
    until: date | None = None
    owed: bool = False

    def in_force(self, on: date) -> bool:
        """Whether this row counts on a day."""
        return self.since <= on and (self.until is None or on < self.until)


_FAMILY_WINS: Final[Mapping[str, tuple[Says, ...]]] = {
    "fraud": (
        Says(
            "Signs that the cardholder took part: the same device or address of the internet as in earlier payments that nobody disputed, "
            "a match of the billing address or the security code, 3-D Secure",
            "能证明持卡人本人参与的迹象：与以往无争议付款相同的设备或 IP、账单地址或安全码匹配、3-D Secure 验证",
        ),
        Says("Proof of delivery to the address that belongs to the card", "送达该卡账单地址的签收凭证"),
        Says("The buyer's sign-in and use of the account after the payment", "买家付款后登录并使用账户的记录"),
    ),
    "authorisation": (
        Says("The approval that was given, with its code, time and amount", "已获得的授权：授权码、时间与金额"),
    ),
    "processing": (
        Says(
            "The record of the sale: amount, currency, card and day as they were sent",
            "交易记录：提交时的金额、币种、卡号与日期",
        ),
        Says("A correction or a credit that was already made", "已作出的更正或已退的款项"),
    ),
    "duplicate": (
        Says(
            "Two invoices and two deliveries: the payments are for two sales",
            "两份发票、两次发货：证明是两笔不同的交易",
        ),
        Says("That no other payment for this sale exists", "证明这笔交易不存在其他付款"),
        Says("A refund of one of the two that was already made", "其中一笔已退款的记录"),
    ),
    "not_received": (
        Says(
            "The carrier's proof of delivery to the full address, with day and signature",
            "承运商的签收凭证：完整地址、日期与签收人",
        ),
        Says(
            "The waybill's whole trace, the parcel's weight, and the packing video", "运单完整轨迹、包裹重量与打包视频"
        ),
        Says("The buyer's own message after the delivery", "买家在签收之后发来的消息"),
    ),
    "not_as_described": (
        Says("The listing as it stood at purchase, beside what was sent", "购买时的商品页面，与实际发出商品的对照"),
        Says("Photos and weight from packing, serial numbers", "打包时的照片、重量与序列号"),
        Says("That a replacement or a repair was given or offered", "已提供或已提出换货、维修的记录"),
        Says("That the buyer never tried to send it back", "买家从未尝试退货的记录"),
    ),
    "cancelled": (
        Says(
            "The cancellation terms as they were shown before payment, and the buyer's consent to them",
            "付款前展示的取消条款，以及买家的同意记录",
        ),
        Says(
            "That the payment came before the cancellation, or the service was used after it",
            "付款早于取消，或取消之后仍在使用的记录",
        ),
    ),
    "credit": (
        Says("The refund that was made: its number, amount and day", "已退款的凭证：编号、金额与日期"),
        Says(
            "That no refund was promised, with the talk in which it was declined",
            "从未承诺退款的证明，以及说明拒绝的沟通记录",
        ),
    ),
    "misrepresentation": (Says("The accurate terms that were shown before the sale", "成交前如实展示的条款"),),
    "other": (Says("Everything that shows that the sale was carried out as agreed", "能证明交易按约定履行的一切材料"),),
}


def wins_of(family: Family) -> tuple[Says, ...]:
    """What wins disputes of a family, strongest first."""
    return _FAMILY_WINS[family]


def code(
    forum: str,
    number: str,
    family: Family,
    title: tuple[str, str],
    means: tuple[str, str],
    source: str,
    confidence: str,
    *,
    wins: tuple[tuple[str, str], ...] = (),
    owed: bool = False,
    file_days: int | None = None,
    wait_days: int | None = None,
    outer_days: int | None = None,
    answer_days: int | None = None,
) -> Code:
    """A row, its words given as (English, Chinese); without `wins` the family's."""
    own = tuple([Says(*one) for one in wins])
    return Code(
        forum,
        number,
        family,
        Says(*title),
        Says(*means),
        own or wins_of(family),
        source,
        confidence,
        file_days,
        wait_days,
        outer_days,
        answer_days,
        owed=owed,
    )

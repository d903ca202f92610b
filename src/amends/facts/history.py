"""The case history as a table of plain columns: one row a case, nothing in it that a buyer wrote or is called by.

Three groups of columns. Of the case: who, where and when. The facts that a policy may name, by their own names
(`amends.facts.vocabulary`). And what law and platform give, from which any policy's decision follows without asking them again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

from amends.facts.rulebook import Says
from amends.facts.vocabulary import VOCABULARY

HistoryKind = Literal["bool", "integer", "number", "money", "code", "codes", "day"]
HistoryGroup = Literal["case", "fact", "law", "decided"]
HistoryRow = dict[str, Any]
"""One row: column to value, None for what is not known. Amounts in minor units, days in ISO 8601, sets as sorted lists."""


@dataclass(frozen=True, slots=True)
class HistoryColumn:
    """One column: its name, what it holds, which group it is of, and one definition."""

    name: str
    kind: HistoryKind
    group: HistoryGroup
    means: Says


PRICED: Final = ("refund_only", "return_refund", "compensation", "price_adjustment")
"""The remedies that pay money back."""


def _case(name: str, kind: HistoryKind, en: str, zh: str) -> HistoryColumn:
    return HistoryColumn(name, kind, "case", Says(en, zh))


def _law(name: str, kind: HistoryKind, en: str, zh: str) -> HistoryColumn:
    return HistoryColumn(name, kind, "law", Says(en, zh))


def _decided(name: str, kind: HistoryKind, en: str, zh: str) -> HistoryColumn:
    return HistoryColumn(name, kind, "decided", Says(en, zh))


_CASE: Final = (
    _case("case_number", "integer", "The house's own number of the case.", "售后单在本系统的编号。"),
    _case("shop", "code", "The shop's name.", "店铺名称。"),
    _case("month", "code", "Year and month of the request; the files are parted by it.", "申请的年月；文件按此分区。"),
    _case("asked_on", "day", "The day of the request, in the market's own calendar.", "申请日期（按市场当地日历）。"),
)  # fmt: skip
_FLOORS: Final = tuple(
    [
        column
        for remedy in PRICED
        for column in (
            _law(f"law_{remedy}_goods", "money", f"Of the goods' price, what law or platform give for {remedy}; unknown where they do not give it.", f"法律或平台规则下 {remedy} 应退的货款；无此权利则为空。"),
            _law(f"law_{remedy}_lines", "money", f"What was paid for the pieces for which {remedy} is given.", f"可主张 {remedy} 的商品的实付金额。"),
        )
    ]
)  # fmt: skip
_LAW: Final = (
    _law("law_stands", "bool", "Law or platform give something that nothing voids.", "法律或平台规则给予某项成立的权利。"),
    _law("law_doubtful", "bool", "Some right hangs on facts that are missing, so that a refusal does not stand.", "某项权利取决于尚缺的事实，因此不得拒绝。"),
    _law("law_gives_asked", "bool", "The remedy asked for is given, in whole or in part.", "所申请的处理全部或部分成立。"),
    _law("law_pick", "code", "The remedy that is offered where the one asked for is not given and the policy names none that is.", "所申请的处理不成立且政策未指定时所提供的处理。"),
    *_FLOORS,
    _law("law_refund_only_shipping", "money", "Outbound shipping that comes back with refund_only.", "仅退款时应退的发货运费。"),
    _law("law_return_refund_shipping", "money", "Outbound shipping that comes back with return_refund.", "退货退款时应退的发货运费。"),
    _law("law_freight", "code", "Who pays the way back for what was asked.", "所申请处理的退货运费由谁承担。"),
    _law("law_off", "money", "All that the rules let take off.", "规则允许的全部扣款。"),
    _law("law_off_gift", "money", "Of it, for gifts.", "其中赠品扣款。"),
    _law("law_off_free_shipping_lost", "money", "Of it, for free shipping lost.", "其中失去包邮的扣款。"),
    _law("law_off_discount_lost", "money", "Of it, for discounts lost.", "其中失去优惠的扣款。"),
    _law("law_compensation", "money", "Compensation that is owed on top.", "另应支付的赔偿。"),
    _law("law_review", "bool", "A rule wants a person to look.", "规则要求人工审核。"),
    _law("cap_compensation", "money", "The most that compensation may be; unknown where nothing caps it.", "补偿上限；无上限则为空。"),
    _law("cap_price_adjustment", "money", "The most that a price adjustment may be; unknown where nothing caps it.", "退差价上限；无上限则为空。"),
    _law("left", "money", "What the payments of the order can still give back.", "订单各笔支付尚可退金额。"),
    _law("outbound", "money", "Outbound shipping that comes back where no right says how much: all, where the merchant is at fault and all goods are asked about.", "无明确权利时应退的发货运费：商家责任且整单申请时为全部。"),
    _law("found_off", "money", "What the inspection takes off a refund that nothing entitles to.", "无权利依据的退款中，验货所得扣款。"),
)  # fmt: skip
_DECIDED: Final = (
    _decided("decided_outcome", "code", "What was decided.", "判定结果。"),
    _decided("decided_remedy", "code", "The remedy that was decided.", "判定的处理方式。"),
    _decided("decided_refund", "money", "The refund that was decided; unknown where there is none.", "判定的退款；无退款则为空。"),
    _decided("decided_handling", "code", "Whether a person was to look.", "是否由人工审核。"),
)  # fmt: skip

HISTORY: Final = (
    *_CASE,
    *[HistoryColumn(fact.name, fact.kind, "fact", fact.means) for fact in VOCABULARY.values()],
    *_LAW,
    *_DECIDED,
)
"""Every column, in the order in which files hold them."""

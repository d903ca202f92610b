"""Douyin's money: price cuts, compensation, price protection (DY-ZZ arts 16, 50, 66-67; DY-CAT)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from amends.basics.money import read_minor, write_minor
from amends.facts.case import Case
from amends.facts.codes import DEFECT
from amends.facts.rulebook import Cap, Finding, Grant, Params, Permit, Rule
from amends.rules.douyin.pack import DOUYIN
from amends.rules.kernel_shop_cn import percent_of_paid

PRICE: Final = frozenset({"price_adjustment"})
LARGE: Final = "large_item"


def _shown(case: Case, **amounts: int) -> dict[str, object]:
    return {name: write_minor(amount, case.order.digits) for name, amount in amounts.items()}


@DOUYIN.rule(
    "douyin.minor_flaw_reduction",
    "limits",
    "DY-ZZ art 16",
    governs="now",
    holds=(
        "A minor flaw: the price may come down by at most {percent} % of the amount paid ({paid}), that is {cap}; the same flaw counts once.",
        "轻微瑕疵：降价不超过实付 {paid} 的 {percent}%，即 {cap}；同一问题不重复主张。",
    ),
    unknown=(
        "A price cut is asked for a flaw; whether the flaw is minor is not known. For a minor one the limit is {cap} ({percent} % of {paid}).",
        "因瑕疵申请降价，是否属轻微瑕疵尚不清楚；轻微瑕疵降价上限为实付 {paid} 的 {percent}%，即 {cap}。",
    ),
)
def minor_flaw_reduction(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if case.request.kind != "price_adjustment" or case.request.reason not in DEFECT or case.defect.minor is False:
        return None
    percent = p["minor_flaw.percent"]
    cap = percent_of_paid(case, percent)
    facts = {"percent": percent, "minor": case.defect.minor, **_shown(case, paid=percent_of_paid(case, 100), cap=cap)}
    return rule.holds(facts, Cap(PRICE, cap)) if case.defect.minor else rule.unknown(facts, "defect.minor")


@DOUYIN.rule(
    "douyin.large_item_reduction",
    "limits",
    "DY-CAT 大件",
    governs="now",
    holds=(
        "A large item: the price may come down by at most {percent} % of the amount paid ({paid}) and {most}, that is {cap}.",
        "大件商品：降价不超过实付 {paid} 的 {percent}% 且最高 {most}，即 {cap}。",
    ),
)
def large_item_reduction(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if case.request.kind != "price_adjustment" or case.request.reason not in DEFECT or LARGE not in case.shop.labels:
        return None
    if case.order.currency != "CNY":
        return None
    percent, most = p["large_item.percent"], p["large_item.most"]
    cap = min(percent_of_paid(case, percent), read_minor(most, 2))
    facts = {
        "percent": percent,
        "most": most,
        "labels": [LARGE],
        **_shown(case, paid=percent_of_paid(case, 100), cap=cap),
    }
    return rule.holds(facts, Cap(PRICE, cap))


@DOUYIN.rule(
    "douyin.experience_compensation",
    "limits",
    "DY-ZZ arts 66-67",
    governs="now",
    holds=(
        "Compensation for a bad experience: at most {percent} % of the amount paid ({paid}) and {most}, that is {cap}; "
        "it counts towards damages that the law gives later.",
        "体验补偿：不超过实付 {paid} 的 {percent}% 且最高 {most}，即 {cap}；可抵扣后续法定赔偿。",
    ),
)
def experience_compensation(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    # Damages for fakes and expired goods are the law's matter, not a compensation for the experience.
    if (
        case.request.kind != "compensation"
        or case.request.reason in ("counterfeit", "expired")
        or case.order.currency != "CNY"
    ):
        return None
    percent, most = p["experience.percent"], p["experience.most"]
    cap = min(percent_of_paid(case, percent), read_minor(most, 2))
    facts = {"percent": percent, "most": most, **_shown(case, paid=percent_of_paid(case, 100), cap=cap)}
    return rule.holds(facts, Cap(frozenset({"compensation"}), cap))


@DOUYIN.rule(
    "douyin.price_protection",
    "entitles",
    "DY-ZZ art 50",
    governs="now",
    holds=(
        "The shop promised price protection and the drop is shown ({given}): the difference, {amount}, comes back, whatever made the price fall.",
        "商家承诺价保且降价有凭证（{given}）：应退差价 {amount}，活动、优惠券、达人渠道降价均计入。",
    ),
    unknown=(
        "The shop promised price protection; what the price fell to is not shown yet.",
        "商家承诺价保，但降价金额尚无凭证。",
    ),
)
def price_protection(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    request = case.request
    if (
        request.kind != "price_adjustment"
        or request.reason != "better_price"
        or "price_protection" not in case.shop.labels
    ):
        return None
    given = [item.kind for item in case.evidence]
    if request.amount is None or not given:
        missing = "request.amount" if request.amount is None else "evidence"
        return rule.unknown({"given": given}, missing, claims=(Grant("price_protection", PRICE),))
    facts = {"given": given, **_shown(case, amount=request.amount)}
    return rule.holds(facts, Grant("price_protection", PRICE, amount=request.amount), Permit("review"))

"""Goods that do not conform, the lemon law (Consumer Protection (Fair Trading) Act, part III)."""

from __future__ import annotations

from datetime import datetime

from amends.basics.periods import months_of_law
from amends.basics.zones import local
from amends.facts.case import Case
from amends.facts.rulebook import FREIGHT_MERCHANT, Finding, Grant, Params, Rule
from amends.facts.stage import delivered_at
from amends.rules.kernel_defects import (
    MONEY_ASKED,
    alleges_defect,
    appeared_at,
    is_about_what_was_in_the_parcel,
    lower_price,
    price_back,
    put_right,
    repairs_failed,
)
from amends.rules.sg.pack import SG


def _presumed_until(case: Case, p: Params) -> datetime:
    return months_of_law(delivered_at(case) or case.request.requested_at, p["lemon.presumption_months"], "SG")


def _is_presumed(case: Case, p: Params) -> bool:
    return appeared_at(case) < _presumed_until(case, p) and not is_about_what_was_in_the_parcel(case)


def _is_past_putting_right(case: Case) -> bool:
    return repairs_failed(case) > 0 or case.request.refused_at is not None


@SG.rule(
    "sg.lemon_law",
    "entitles",
    "CPFTA part III",
    holds=(
        "The goods do not conform ({reason}; confirmed: {confirmed}; found on {found_at}): what is found within {months} months of "
        "delivery (until {until}) is presumed to have been there. Open now: {remedies}.",
        "商品不符合约定（{reason}；已确认：{confirmed}；发现于 {found_at}）：交付起 {months} 个月内（至 {until}）发现的，推定交付时已存在。"
        "当前可选：{remedies}。",
    ),
    fails=("The alleged defect ({reason}) was examined and not confirmed.", "所称问题（{reason}）经核实不成立。"),
    unknown=(
        "A defect is alleged ({reason}) that nothing presumes (found {found_at}, presumed until {until}) and nobody has confirmed.",
        "消费者主张存在问题（{reason}），不能推定（发现于 {found_at}，推定至 {until}）且未经确认。",
    ),
)
def lemon_law(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not alleges_defect(case):
        return None
    until, confirmed = _presumed_until(case, p), case.defect.confirmed
    remedies = put_right(case) | price_back(case) if _is_past_putting_right(case) else put_right(case)
    facts = {
        "reason": case.request.reason,
        "confirmed": confirmed,
        "found_at": local(appeared_at(case), "SG"),
        "months": p["lemon.presumption_months"],
        "until": local(until, "SG"),
        "remedies": sorted(remedies),
    }
    if confirmed is False:
        return rule.fails(facts)
    grant = Grant("defect", remedies, FREIGHT_MERCHANT)
    if confirmed or _is_presumed(case, p):
        return rule.holds(facts, grant)
    return rule.unknown(facts, "defect.confirmed", claims=(grant,))


@SG.rule(
    "sg.lemon_law.remedy_order",
    "limits",
    "CPFTA part III",
    holds=(
        "Money was asked for, but repair or replacement comes first ({remedies}).",
        "消费者要求退款或减价，但应先修理或更换（{remedies}）。",
    ),
    fails=(
        "Failed repairs or replacements: {repairs_failed}; refused: {refused}. A reduced price or the money back is open.",
        "修理或更换失败 {repairs_failed} 次；被拒绝：{refused}。可减价或退款。",
    ),
)
def remedy_order(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    kind = case.request.kind
    if (
        kind not in MONEY_ASKED
        and kind != "price_adjustment"
        or not alleges_defect(case)
        or case.defect.confirmed is False
    ):
        return None
    facts = {"remedies": sorted(put_right(case)), "repairs_failed": repairs_failed(case)}
    facts["refused"] = case.request.refused_at is not None
    return rule.fails(facts) if _is_past_putting_right(case) else rule.holds(facts)


@SG.rule(
    "sg.lemon_law.price_reduction",
    "entitles",
    "CPFTA part III",
    holds=(
        "A price reduction is open; where the affected share is known ({share}), it goes up to that share of the price.",
        "可以要求减价；受影响比例已知（{share}）的，以该比例的价款为限。",
    ),
    unknown=(
        "A price reduction was asked for; whether the defect exists is not settled yet.",
        "消费者要求减价，问题是否属实尚未确认。",
    ),
)
def price_reduction(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if case.request.kind != "price_adjustment" or not alleges_defect(case) or not _is_past_putting_right(case):
        return None
    if case.defect.confirmed is False:
        return None
    facts = {"share": None if case.defect.share is None else str(case.defect.share)}
    if case.defect.confirmed or _is_presumed(case, p):
        return rule.holds(facts, *lower_price(case))
    return rule.unknown(facts, "defect.confirmed", claims=lower_price(case))

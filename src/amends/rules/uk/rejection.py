"""Faulty goods: rejecting them early, repair or replacement, rejecting them for good (Consumer Rights Act 2015)."""

from __future__ import annotations

from datetime import datetime

from amends.basics.periods import days_of_law, months_of_law
from amends.basics.zones import local, utc
from amends.facts.case import Case
from amends.facts.rulebook import FREIGHT_MERCHANT, Due, Finding, Grant, Params, Rule
from amends.facts.stage import delivered_at
from amends.rules.kernel_defects import (
    MONEY_ASKED,
    alleges_defect,
    lower_price,
    price_back,
    put_right,
    repairs_failed,
)
from amends.rules.uk.pack import UK


def _early_until(case: Case, p: Params) -> datetime:
    return days_of_law(delivered_at(case) or case.request.requested_at, p["short_term_reject.days"], "GB")


def _may_reject(case: Case, p: Params) -> bool:
    if case.request.kind not in MONEY_ASKED or not alleges_defect(case) or case.defect.confirmed is False:
        return False
    return case.request.requested_at < _early_until(case, p) or repairs_failed(case) > 0


@UK.rule(
    "uk.short_term_reject",
    "entitles",
    "CRA ss 20, 22",
    holds=(
        "Faulty ({reason}) and rejected on {requested_at}, inside the {days} days from delivery ({until}): the whole price comes back and "
        "the trader bears the way back.",
        "商品有问题（{reason}），并于 {requested_at} 在交付后 {days} 日内（至 {until}）拒收：全额退款，退货运费由经营者承担。",
    ),
    fails=(
        "No early rejection: the {days} days from delivery ended at {until} (asked on {requested_at}); defect confirmed: {confirmed}.",
        "不适用短期拒收：交付后 {days} 日的期限止于 {until}（申请时间 {requested_at}）；是否确认存在问题：{confirmed}。",
    ),
    unknown=(
        "A defect is alleged ({reason}) inside the {days} days ({until}); whether it exists is not settled yet.",
        "在 {days} 日内（至 {until}）主张存在问题（{reason}），是否属实尚未确认。",
    ),
)
def short_term_reject(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if case.request.kind not in MONEY_ASKED or not alleges_defect(case):
        return None
    until = _early_until(case, p)
    facts = {
        "reason": case.request.reason,
        "confirmed": case.defect.confirmed,
        "requested_at": local(case.request.requested_at, "GB"),
        "days": p["short_term_reject.days"],
        "until": local(until, "GB"),
    }
    if case.defect.confirmed is False or case.request.requested_at >= until:
        return rule.fails(facts)
    grant = Grant("defect", price_back(case), FREIGHT_MERCHANT)
    if case.defect.confirmed is None:
        return rule.unknown(facts, "defect.confirmed", claims=(grant,))
    return rule.holds(facts, grant)


@UK.rule(
    "uk.repair_or_replace",
    "entitles",
    "CRA ss 23-24",
    holds=(
        "Faulty ({reason}): the trader repairs or replaces at its own cost; open now: {remedies}.",
        "商品有问题（{reason}）：经营者自费修理或更换；当前可选：{remedies}。",
    ),
    fails=("The alleged defect ({reason}) was examined and not confirmed.", "所称问题（{reason}）经核实不成立。"),
    unknown=(
        "A defect is alleged ({reason}), but whether it exists is not settled yet.",
        "消费者主张存在问题（{reason}），是否属实尚未确认。",
    ),
)
def repair_or_replace(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not alleges_defect(case):
        return None
    remedies = put_right(case)
    facts = {"reason": case.request.reason, "confirmed": case.defect.confirmed, "remedies": sorted(remedies)}
    grant = Grant("defect", remedies, FREIGHT_MERCHANT)
    if case.defect.confirmed is None:
        return rule.unknown(facts, "defect.confirmed", claims=(grant,))
    return rule.holds(facts, grant) if case.defect.confirmed else rule.fails(facts)


@UK.rule(
    "uk.final_reject",
    "entitles",
    "CRA s 24",
    holds=(
        "Failed repairs or replacements: {repairs_failed}; {count} is enough. The buyer may reject the goods or keep them at a reduced price.",
        "修理或更换已失败 {repairs_failed} 次（{count} 次即可）：消费者可最终拒收，或减价保留商品。",
    ),
    fails=(
        "Failed repairs on record: {repairs_failed}; final rejection needs {count}, so repair or replacement comes first.",
        "记录在案的修理失败 {repairs_failed} 次；最终拒收须有 {count} 次，应先修理或更换。",
    ),
    unknown=(
        "A repair failed ({repairs_failed}), but whether the defect exists is not settled.",
        "修理已失败 {repairs_failed} 次，但问题是否属实尚未确认。",
    ),
)
def final_reject(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if case.request.kind not in MONEY_ASKED and case.request.kind != "price_adjustment" or not alleges_defect(case):
        return None
    count, failed = p["final_reject.count"], repairs_failed(case)
    facts = {"repairs_failed": failed, "count": count, "confirmed": case.defect.confirmed}
    if failed < count or case.defect.confirmed is False:
        return rule.fails(facts)
    grant = Grant("defect", price_back(case), FREIGHT_MERCHANT)
    if case.defect.confirmed is None:
        return rule.unknown(facts, "defect.confirmed", claims=(grant,))
    return rule.holds(facts, grant, *(lower_price(case) if case.request.kind == "price_adjustment" else ()))


@UK.rule(
    "uk.final_reject.no_deduction",
    "limits",
    "CRA s 24",
    holds=(
        "Rejected within {months} months of delivery (until {until}): nothing is taken off for use.",
        "在交付后 {months} 个月内（至 {until}）拒收：不得扣减使用费。",
    ),
    fails=(
        "Rejected later than {months} months after delivery ({until}): something may be taken off for use.",
        "在交付满 {months} 个月（{until}）之后拒收：可以扣减使用费。",
    ),
)
def no_deduction(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    signed = delivered_at(case)
    if case.request.kind not in MONEY_ASKED or signed is None or not alleges_defect(case) or not case.defect.confirmed:
        return None
    if repairs_failed(case) < p["final_reject.count"]:
        return None
    until = months_of_law(signed, p["final_reject.no_deduction_months"], "GB")
    facts = {"months": p["final_reject.no_deduction_months"], "until": local(until, "GB")}
    return rule.holds(facts) if case.request.requested_at < until else rule.fails(facts)


@UK.rule(
    "uk.rejection.refund_due",
    "requires",
    "CRA s 20",
    holds=(
        "Once the trader agrees that the goods are rejected, the money is due within {days} days, by {until}, the way it was paid and free of charge.",
        "经营者同意拒收后，须在 {days} 日内（{until} 前）按原支付方式免费退款。",
    ),
)
def refund_due(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not _may_reject(case, p) or not case.defect.confirmed:
        return None
    until = days_of_law(case.request.agreed_at or at, p["rejection.refund_days"], "GB")
    facts = {"days": p["rejection.refund_days"], "until": local(utc(until), "GB")}
    return rule.holds(facts, dues=(Due("merchant", "refund", until, "law_breach", on_accept=True),))

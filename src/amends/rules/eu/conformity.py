"""Conformity of goods: two years, who has to prove what, and which remedy comes first (Directive (EU) 2019/771)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from amends.basics.periods import months_of_law
from amends.basics.zones import local
from amends.facts.case import Case
from amends.facts.rulebook import FREIGHT_MERCHANT, Finding, Grant, Params, Rule
from amends.facts.stage import delivered_at, received_back_at, sent_back_at
from amends.rules.eu.pack import EU
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


def liable_until(case: Case, p: Params) -> datetime:
    """End of the seller's liability: two years from delivery, longer by what one repair adds where that is law."""
    months = p["conformity.months"] + (p["conformity.repair_extension_months"] if repairs_failed(case) else 0)
    return months_of_law(delivered_at(case) or case.request.requested_at, months, case.market)


def is_presumed(case: Case, p: Params) -> bool:
    """The defect showed early enough to be presumed there at delivery."""
    until = months_of_law(
        delivered_at(case) or case.request.requested_at, p["conformity.presumption_months"], case.market
    )
    return appeared_at(case) < until and not is_about_what_was_in_the_parcel(case)


def may_be_liable(case: Case, p: Params) -> bool:
    """A defect is alleged, showed in time, and was not found to be none."""
    return alleges_defect(case) and case.defect.confirmed is not False and appeared_at(case) < liable_until(case, p)


def is_past_putting_right(case: Case) -> bool:
    """A repair failed, or the seller refused to put it right: money is open now."""
    return repairs_failed(case) > 0 or case.request.refused_at is not None


@EU.rule(
    "eu.conformity",
    "entitles",
    "SGD arts 10, 13, 14",
    holds=(
        "The goods are not as the contract wants ({reason}); it showed on {found_at}, inside the {months} months from delivery ({until}). "
        "The seller puts it right free of charge; open now: {remedies}.",
        "商品不符合合同约定（{reason}），于 {found_at} 显现，在交付起 {months} 个月内（至 {until}）。经营者须免费补救；当前可选：{remedies}。",
    ),
    fails=(
        "No liability: it showed on {found_at}, the {months} months from delivery ended at {until}; defect confirmed: {confirmed}.",
        "经营者不承担责任：问题于 {found_at} 显现，交付起 {months} 个月的期限止于 {until}；是否确认存在：{confirmed}。",
    ),
    unknown=(
        "A defect is alleged ({reason}) that nothing presumes and nobody has confirmed; the seller is liable until {until} if it was there.",
        "消费者主张存在问题（{reason}），既不能推定也未经确认；如属实，经营者在 {until} 前承担责任。",
    ),
)
def conformity(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not alleges_defect(case):
        return None
    until, confirmed = liable_until(case, p), case.defect.confirmed
    remedies = put_right(case)
    if is_past_putting_right(case) and not case.defect.minor:
        remedies = remedies | price_back(case)
    facts: dict[str, Any] = {
        "reason": case.request.reason,
        "confirmed": confirmed,
        "found_at": local(appeared_at(case), case.market),
        "months": p["conformity.months"],
        "until": local(until, case.market),
        "remedies": sorted(remedies),
    }
    if confirmed is False or appeared_at(case) >= until:
        return rule.fails(facts)
    grant = Grant("defect", remedies, FREIGHT_MERCHANT)
    if confirmed or is_presumed(case, p):
        return rule.holds(facts, grant)
    return rule.unknown(facts, "defect.confirmed", claims=(grant,))


@EU.rule(
    "eu.conformity.presumption",
    "permits",
    "SGD art 11",
    holds=(
        "It showed on {found_at}, within {months} months of delivery: it is presumed to have been there then; the seller would have to prove otherwise.",
        "问题于 {found_at} 显现，在交付起 {months} 个月内：推定交付时即已存在，由经营者举证推翻。",
    ),
    fails=(
        "It showed on {found_at}, later than {months} months after delivery: nothing is presumed (a member state may set two years).",
        "问题于 {found_at} 显现，已超过交付后 {months} 个月：不再推定（成员国可规定两年）。",
    ),
)
def presumption(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if case.defect.confirmed is not None or is_about_what_was_in_the_parcel(case) or not may_be_liable(case, p):
        return None
    facts = {"found_at": local(appeared_at(case), case.market), "months": p["conformity.presumption_months"]}
    return rule.holds(facts) if is_presumed(case, p) else rule.fails(facts)


@EU.rule(
    "eu.conformity.remedy_order",
    "limits",
    "SGD art 13",
    holds=(
        "Money was asked for, but repair or replacement comes first ({remedies}); no repair has failed and none was refused.",
        "消费者要求退款，但应先修理或更换（{remedies}）；尚无修理失败或经营者拒绝补救的情形。",
    ),
    fails=(
        "Repair or replacement no longer comes first: failed repairs: {repairs_failed}; refused by the seller: {refused}.",
        "不再须先修理或更换：修理失败 {repairs_failed} 次，经营者拒绝：{refused}。",
    ),
)
def remedy_order(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if case.request.kind not in MONEY_ASKED or not may_be_liable(case, p):
        return None
    facts = {"remedies": sorted(put_right(case)), "repairs_failed": repairs_failed(case)}
    facts["refused"] = case.request.refused_at is not None
    return rule.fails(facts) if is_past_putting_right(case) else rule.holds(facts)


@EU.rule(
    "eu.conformity.minor",
    "limits",
    "SGD art 13(5)",
    holds=(
        "The defect is minor: the contract is not ended for it; a price reduction is the way once repair or replacement has failed.",
        "问题轻微：不得因此解除合同；修理或更换未成的，可要求减价。",
    ),
    fails=("The defect is not minor: the contract may be ended for it.", "问题并非轻微：可以解除合同。"),
)
def minor(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if case.request.kind not in MONEY_ASKED or case.defect.minor is None or not may_be_liable(case, p):
        return None
    facts = {"minor": case.defect.minor, "repairs_failed": repairs_failed(case)}
    return rule.holds(facts) if case.defect.minor else rule.fails(facts)


@EU.rule(
    "eu.conformity.price_reduction",
    "entitles",
    "SGD art 13",
    holds=(
        "A price reduction is open; where the affected share is known ({share}), it goes up to that share of the price.",
        "可以要求减价；受影响比例已知（{share}）的，以该比例的价款为限。",
    ),
    fails=("Repair or replacement comes before a price reduction.", "应先修理或更换，而后才可要求减价。"),
    unknown=(
        "A price reduction was asked for; whether the defect exists is not settled yet.",
        "消费者要求减价，问题是否属实尚未确认。",
    ),
)
def price_reduction(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if case.request.kind != "price_adjustment" or not may_be_liable(case, p):
        return None
    facts = {
        "share": None if case.defect.share is None else str(case.defect.share),
        "repairs_failed": repairs_failed(case),
    }
    if not is_past_putting_right(case):
        return rule.fails(facts)
    if case.defect.confirmed or is_presumed(case, p):
        return rule.holds(facts, *lower_price(case))
    return rule.unknown(facts, "defect.confirmed", claims=lower_price(case))


@EU.rule(
    "eu.conformity.repair_extension",
    "requires",
    "DIR 2024/1799",
    holds=(
        "The goods were repaired: the seller's liability is longer by {months} months, once; it now ends at {until}.",
        "商品已经修理：经营者的责任期限延长 {months} 个月（仅一次），现至 {until} 止。",
    ),
)
def repair_extension(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not repairs_failed(case) or not alleges_defect(case):
        return None
    return rule.holds(
        {"months": p["conformity.repair_extension_months"], "until": local(liable_until(case, p), case.market)}
    )


@EU.rule(
    "eu.conformity.refund_due",
    "requires",
    "SGD art 16(3)",
    holds=(
        "The contract is ended and the goods, or proof that they were sent, are here since {since}: the price is due now.",
        "合同已解除，且自 {since} 起已收到退货或寄出凭证：价款应即退还。",
    ),
)
def refund_due(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if case.request.kind not in MONEY_ASKED or case.defect.minor or not may_be_liable(case, p):
        return None
    moments = [moment for moment in (received_back_at(case), sent_back_at(case)) if moment]
    if not moments or not is_past_putting_right(case) or not (case.defect.confirmed or is_presumed(case, p)):
        return None
    return rule.holds({"since": local(min(moments), case.market)})

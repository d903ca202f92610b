"""The right of withdrawal: how long, what is left out, what the buyer has to do (Directive 2011/83/EU)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from amends.basics.periods import days_of_law
from amends.basics.zones import local
from amends.facts.case import Case
from amends.facts.rulebook import Due, ExcludeLines, Finding, Grant, Params, Rule
from amends.facts.stage import order_delivered_at, received_back_at, whole_order
from amends.rules.eu.pack import EU
from amends.rules.kernel_distance import (
    buyer_has_goods,
    goes_back,
    left_out,
    return_cost,
    seals_in_doubt,
    ways_back,
    window_end,
)

EXCEPTIONS: Final = frozenset(
    {"custom_made", "perishable", "sealed_hygiene", "sealed_media", "digital_started", "periodical"}
)


def stands(case: Case, p: Params) -> bool:
    """The purchase is being gone back on in time, and some of it is not left out of the right."""
    if not goes_back(case) or len(left_out(case, EXCEPTIONS)) == len(case.request.lines):
        return False
    months = 0 if case.withdrawal_informed else p["withdrawal.extra_months"]
    until = window_end(case, p["withdrawal.days"], months)
    return until is None or case.request.requested_at < until


def _grant(case: Case) -> Grant:
    shipping = min(case.order.shipping_paid, case.order.shipping_standard) if whole_order(case) else 0
    return Grant("no_reason", ways_back(case), return_cost(case, case.withdrawal_informed), shipping)


@EU.rule(
    "eu.withdrawal",
    "entitles",
    "CRD arts 9, 11",
    holds=(
        "The notice ({requested_at}) was sent inside the {days} days that begin when the last item comes⟦ and end at {until}⟧. "
        "The buyer may withdraw without a reason. Return freight: {payer}.",
        "撤回通知（{requested_at}）在收到最后一件商品起 {days} 日内⟦（至 {until} 止）⟧发出，消费者可无理由撤回合同；"
        "退货运费承担方：{payer}。",
    ),
    fails=(
        "The notice ({requested_at}) was sent after the {days} days from the last item were over ({until}).",
        "撤回通知（{requested_at}）晚于收到最后一件商品起 {days} 日的期限（{until}）。",
    ),
)
def withdrawal(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not goes_back(case):
        return None
    return _judge(rule, case, window_end(case, p["withdrawal.days"]), {"days": p["withdrawal.days"]})


@EU.rule(
    "eu.withdrawal.extended",
    "entitles",
    "CRD art 10; art 14(1)",
    holds=(
        "The trader did not inform of the right: the period ends {months} months after the first {days} days, at {until}; the notice "
        "({requested_at}) is inside it and the trader pays the way back.",
        "经营者未告知撤回权：期限在最初 {days} 日之后再延长 {months} 个月，至 {until} 止；通知（{requested_at}）在期限内，退货运费由经营者承担。",
    ),
    fails=(
        "The trader did not inform of the right, but the longer period is over too ({until}); the notice is of {requested_at}.",
        "经营者未告知撤回权，但延长后的期限（{until}）也已届满；通知时间为 {requested_at}。",
    ),
)
def extended(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if case.withdrawal_informed or not goes_back(case):
        return None
    days, months = p["withdrawal.days"], p["withdrawal.extra_months"]
    return _judge(rule, case, window_end(case, days, months), {"days": days, "months": months})


def _judge(rule: Rule, case: Case, until: datetime | None, numbers: dict[str, int]) -> Finding:
    asked, had = case.request.requested_at, order_delivered_at(case)
    facts = {
        "requested_at": local(asked, case.market),
        "delivered_at": had and local(had, case.market),
        **numbers,
        "until": until and local(until, case.market),
        "informed": case.withdrawal_informed,
    }
    if until is not None and asked >= until:
        return rule.fails(facts)
    grant = _grant(case)
    return rule.holds({**facts, "payer": grant.freight}, grant)


@EU.rule(
    "eu.withdrawal.exception",
    "excludes",
    "CRD art 16",
    of=("no_reason",),
    holds=(
        "There is no right of withdrawal for these goods: {grounds} (lines {lines}).",
        "以下商品不适用撤回权：{grounds}（商品行 {lines}）。",
    ),
    fails=("None of the goods is of a kind that has no right of withdrawal.", "商品不属于不适用撤回权的类别。"),
    unknown=(
        "The right is lost if the seal was broken after delivery (lines {lines}); that is not known and will show when the goods are back.",
        "密封商品送达后拆封即丧失撤回权（商品行 {lines}）；是否拆封尚不清楚，待收到退货后查验。",
    ),
)
def exception(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not goes_back(case):
        return None
    found = left_out(case, EXCEPTIONS)
    if found:
        return rule.holds(
            {"grounds": sorted(set(found.values())), "lines": list(found)}, ExcludeLines(frozenset(found))
        )
    doubtful = seals_in_doubt(case, EXCEPTIONS)
    if doubtful:
        return rule.unknown({"lines": doubtful, "seal_broken": None}, "goods.seal_broken")
    return rule.fails({"categories": sorted({item.line.category for item in case.request.lines})})


@EU.rule(
    "eu.withdrawal.ship_back",
    "requires",
    "CRD art 14(1)",
    holds=(
        "The buyer sends the goods back within {days} days of the notice, by {until}.",
        "消费者须在发出撤回通知起 {days} 日内（{until} 前）寄回商品。",
    ),
    fails=(
        "The goods were sent back on {shipped_at}, after the {days} days from the notice ({until}).",
        "商品于 {shipped_at} 寄回，晚于通知起 {days} 日的期限（{until}）。",
    ),
)
def ship_back(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if case.request.kind == "exchange" or not stands(case, p) or not buyer_has_goods(case):
        return None
    parcel = case.return_parcel
    if parcel and parcel.offered_collection:
        return None
    until = days_of_law(case.request.requested_at, p["withdrawal.ship_back_days"], case.market)
    sent = parcel.shipped_at if parcel else None
    facts = {"days": p["withdrawal.ship_back_days"], "until": local(until, case.market)}
    facts["shipped_at"] = sent and local(sent, case.market)
    if sent and sent >= until:
        return rule.fails(facts)
    if sent or received_back_at(case):
        return rule.holds(facts)
    return rule.holds(facts, dues=(Due("buyer", "ship_back", until, "law_breach"),))

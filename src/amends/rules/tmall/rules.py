"""Tmall's rules (TM-CNY, TM-TIME, TM-7D). Only everyday limits are known for Tmall: its own holiday values are not collected."""

from __future__ import annotations

from datetime import datetime

from amends.basics.periods import days_of_platform, hours_from_next_midnight
from amends.basics.zones import local
from amends.facts.case import Case
from amends.facts.rulebook import FREIGHT_BUYER, Finding, Grant, Params, Rule
from amends.facts.stage import delivered_at, is_unshipped
from amends.rules.kernel_shop_cn import CONFIRMABLE, is_closed_to_return, is_confirmed, is_no_reason_return, spoiled
from amends.rules.kernel_taobao import enrol_shared
from amends.rules.kernel_timers import REPAIR, enrol_change, number_if_any, refused_last
from amends.rules.tmall.pack import TMALL


def stopped(case: Case, p: Params) -> bool:
    """An intervention is under way: the timers of the request stand still (TM-TIME)."""
    opened = case.platform.dispute_opened_at
    if opened is None or case.platform.ruling:
        return False
    return bool(number_if_any(p, opened, "intervention.stops_timers"))


enrol_shared(TMALL, "TM-CNY", stops=stopped)
enrol_change(TMALL, REPAIR, "TM-CNY", stops=stopped)


@TMALL.rule(
    "tmall.no_reason_return",
    "entitles",
    "TM-7D",
    holds=(
        "The request ({requested_at}) falls inside the {hours} hours from 00:00 of the day after sign-off, which end at {until}.",
        "申请（{requested_at}）在签收次日零时起 {hours} 小时内（至 {until}）提出，符合天猫七天无理由退货。",
    ),
    fails=(
        "The request ({requested_at}) came after the {hours} hours from 00:00 of the day after sign-off were over ({until}).",
        "申请（{requested_at}）晚于签收次日零时起 {hours} 小时的期限（{until}）。",
    ),
)
def no_reason_return(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    signed = delivered_at(case)
    if signed is None or not is_no_reason_return(case) or spoiled(case):
        return None
    for item in case.request.lines:
        line = item.line
        if (
            is_closed_to_return(line, case.goods.seal_broken)
            or is_confirmed(line)
            and not CONFIRMABLE.isdisjoint(line.traits)
        ):
            return None
    asked, hours = case.request.requested_at, p["no_reason.hours"]
    until = hours_from_next_midnight(signed, hours, case.market)
    facts = {"requested_at": local(asked, case.market), "delivered_at": local(signed, case.market)}
    facts |= {"hours": hours, "until": local(until, case.market)}
    return (
        rule.holds(facts, Grant("no_reason", frozenset({"return_refund"}), FREIGHT_BUYER, 0))
        if asked < until
        else rule.fails(facts)
    )


@TMALL.rule(
    "tmall.after_sale_window",
    "requires",
    "TM-TIME",
    governs="request",
    holds=(
        "The order succeeded on {completed_at}; after-sale may be asked for on Tmall during {days} days, until {until}.",
        "订单于 {completed_at} 交易成功，{days} 天内（至 {until}）可在天猫申请售后。",
    ),
    fails=(
        "The order succeeded on {completed_at}; Tmall's everyday window of {days} days was over at {until} (some categories have 90 days). "
        "What the law gives is not touched by this.",
        "订单于 {completed_at} 交易成功，{days} 天的售后申请期已于 {until} 届满（部分类目为 90 天）；法定权利不受影响。",
    ),
)
def after_sale_window(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    done = case.order.completed_at
    if done is None:
        return None
    days = p["after_sale.days"]
    until = hours_from_next_midnight(done, days * 24, case.market)
    facts = {"completed_at": local(done, case.market), "days": days, "until": local(until, case.market)}
    return rule.holds(facts) if case.request.requested_at < until else rule.fails(facts)


@TMALL.rule(
    "tmall.intervention",
    "permits",
    "TM-TIME",
    governs="request",
    holds=(
        "The buyer can call Tmall in since {opens_at}.",
        "买家自 {opens_at} 起可申请天猫介入。",
    ),
    fails=(
        "The buyer cannot call Tmall in yet: for goods said not to have come, only from {opens_at} on.",
        "尚不能申请天猫介入：未收到货的退款申请须自 {opens_at} 起方可申请介入。",
    ),
)
def intervention(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    request = case.request
    if case.platform.dispute_opened_at:
        return None
    not_received = request.kind == "refund_only" and request.reason == "not_received" and not is_unshipped(case)
    opens = refused_last(case)
    if not_received:
        opens = days_of_platform(request.requested_at, p["intervention.not_received_days"])
    if opens is None:
        return None
    facts = {"opens_at": local(opens, case.market), "reason": request.reason}
    return rule.holds(facts) if opens <= at else rule.fails(facts)


@TMALL.rule(
    "tmall.timers_stopped",
    "flags",
    "TM-TIME",
    governs="request",
    holds=(
        "Tmall has been called in on {opened_at}: the timers of the request stand still, and go on with what was left of them "
        "if the merchant then agrees to the return.",
        "天猫已于 {opened_at} 介入：申请的各项时效暂停；介入期间商家同意退货的，按剩余时间继续计算。",
    ),
)
def timers_stopped(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    opened = case.platform.dispute_opened_at
    if opened is None or not stopped(case, p):
        return None
    return rule.holds({"opened_at": local(opened, case.market)})

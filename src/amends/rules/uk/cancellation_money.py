"""Money after a cancellation: delivery, deadline, what may be held back or taken off (Consumer Contracts Regulations, reg 34)."""

from __future__ import annotations

from datetime import datetime

from amends.basics.money import write_minor
from amends.basics.periods import days_of_law
from amends.basics.zones import local
from amends.facts.case import Case
from amends.facts.codes import DEFECT
from amends.facts.rulebook import Deduct, Due, Finding, Params, Permit, Rule
from amends.facts.stage import received_back_at, sent_back_at, whole_order
from amends.rules.kernel_distance import (
    MONEY_KINDS,
    buyer_has_goods,
    handled_states,
    is_known_unhandled,
    loss_found,
    never_came_back,
)
from amends.rules.uk.cancellation import stands
from amends.rules.uk.pack import UK


def _refund_runs_from(case: Case) -> datetime | None:
    """What starts the refund's 14 days: the notice where the trader fetches the goods or the buyer has none, else the goods or proof
    of sending, whichever came first; None while neither is there."""
    if not buyer_has_goods(case) or (case.return_parcel and case.return_parcel.offered_collection):
        return case.request.requested_at
    moments = [moment for moment in (received_back_at(case), sent_back_at(case)) if moment]
    return min(moments) if moments else None


@UK.rule(
    "uk.cancellation.standard_delivery",
    "limits",
    "CCR reg 34(2)-(3)",
    holds=(
        "Of the {paid} paid for delivery, {back} comes back: no more than the least expensive common delivery ({standard}).",
        "所付运费 {paid} 中退还 {back}：以最便宜的普通配送费（{standard}）为限。",
    ),
)
def standard_delivery(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    order = case.order
    if not order.shipping_paid or not whole_order(case) or not stands(case, p):
        return None
    facts = {
        "paid": write_minor(order.shipping_paid, order.digits),
        "standard": write_minor(order.shipping_standard, order.digits),
        "back": write_minor(min(order.shipping_paid, order.shipping_standard), order.digits),
    }
    return rule.holds(facts)


@UK.rule(
    "uk.cancellation.refund_due",
    "requires",
    "CCR reg 34(5)-(6)",
    holds=(
        "The money is due within {days} days of {since} (goods back, proof of sending, or the notice where the trader collects): by {until}.",
        "须在 {since}（收到退货、收到寄出凭证，或由经营者取件时的通知）起 {days} 日内退款：最迟 {until}。",
    ),
)
def refund_due(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if case.request.kind not in MONEY_KINDS or not stands(case, p):
        return None
    since = _refund_runs_from(case)
    if since is None:
        return None
    days = p["cancellation.refund_days"]
    until = days_of_law(since, days, "GB")
    facts = {"days": days, "since": local(since, "GB"), "until": local(until, "GB")}
    return rule.holds(facts, dues=(Due("merchant", "refund", until, "law_breach"),))


@UK.rule(
    "uk.cancellation.withhold",
    "permits",
    "CCR reg 34(5)-(6)",
    holds=(
        "Neither the goods nor proof of sending has arrived, and the trader did not offer to collect: the refund does not run yet.",
        "尚未收到退货，也没有寄出凭证，经营者亦未提出上门取件：退款期限尚未起算。",
    ),
    fails=(
        "The refund runs since {since}: the money may not be held back.",
        "退款期限已自 {since} 起算：不得暂扣退款。",
    ),
)
def withhold(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if case.request.kind not in MONEY_KINDS or not buyer_has_goods(case) or not stands(case, p):
        return None
    since = _refund_runs_from(case)
    if since is None:
        return rule.holds({"since": None}, Permit("withhold"))
    return rule.fails({"since": local(since, "GB")})


@UK.rule(
    "uk.cancellation.diminished_value",
    "permits",
    "CCR reg 34(9)",
    holds=(
        "The goods were handled beyond what trying them needs ({spoiled}): the right stays, and the loss of value may be taken off.",
        "商品的使用超出了查验所必需的程度（{spoiled}）：取消权不受影响，但可扣减由此造成的价值损失。",
    ),
    fails=(
        "Nothing may be taken off for loss of value (handled: {spoiled}; informed of the right: {informed}).",
        "不得扣减价值损失（使用痕迹：{spoiled}；已告知取消权：{informed}）。",
    ),
)
def diminished_value(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if case.request.kind not in MONEY_KINDS or case.request.reason in DEFECT or not stands(case, p):
        return None
    handled = handled_states(case)
    if not handled and not is_known_unhandled(case):
        return None
    facts = {
        "spoiled": handled,
        "informed": case.withdrawal_informed,
        "grade": case.inspection and case.inspection.grade,
    }
    if not handled or not case.withdrawal_informed:
        return rule.fails(facts)
    loss = loss_found(case)
    claims = (Deduct("diminished_value", loss),) if loss else ()
    return rule.holds(facts, Permit("deduct_diminished_value"), *claims)


@UK.rule(
    "uk.cancellation.not_returned",
    "limits",
    "CCR reg 34(5)-(6)",
    holds=(
        "Not everything came back: the price of the missing pieces, {amount}, is held back until they do.",
        "退回商品不齐：缺少部分的价款 {amount} 可暂扣，直至收到。",
    ),
)
def not_returned(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if case.request.kind not in MONEY_KINDS or case.request.reason in DEFECT or not stands(case, p):
        return None
    if not (held := never_came_back(case)):
        return None
    return rule.holds({"amount": write_minor(held, case.order.digits)}, Deduct("not_returned", held))

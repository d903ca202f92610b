"""Money after a withdrawal: how much of the delivery, when, by which way, and what may be held back or taken off."""

from __future__ import annotations

from datetime import datetime

from amends.basics.money import write_minor
from amends.basics.periods import days_of_law
from amends.basics.zones import local, utc
from amends.facts.case import Case
from amends.facts.codes import DEFECT
from amends.facts.rulebook import Deduct, Due, Finding, Params, Permit, Rule
from amends.facts.stage import received_back_at, sent_back_at, whole_order
from amends.rules.eu.pack import EU
from amends.rules.eu.withdrawal import stands
from amends.rules.kernel_distance import (
    MONEY_KINDS,
    buyer_has_goods,
    handled_states,
    is_known_unhandled,
    loss_found,
    never_came_back,
)


def _must_wait(case: Case) -> bool:
    """The goods are still out, nothing proves that they were sent, and the trader did not offer to fetch them."""
    if case.return_parcel and case.return_parcel.offered_collection:
        return False
    return buyer_has_goods(case) and received_back_at(case) is None and sent_back_at(case) is None


@EU.rule(
    "eu.withdrawal.standard_delivery",
    "limits",
    "CRD art 13(1)-(2)",
    holds=(
        "Of the {paid} paid for delivery, {back} comes back: no more than the cheapest standard delivery ({standard}).",
        "所付运费 {paid} 中退还 {back}：以最便宜的标准配送费（{standard}）为限。",
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


@EU.rule(
    "eu.withdrawal.refund_due",
    "requires",
    "CRD art 13(1), (3)",
    holds=(
        "All payments come back within {days} days of the notice ({requested_at}), and nothing may be held back any more: by {until}.",
        "须在收到撤回通知（{requested_at}）起 {days} 日内退还全部款项，且不得再暂扣：最迟 {until}。",
    ),
)
def refund_due(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if case.request.kind not in MONEY_KINDS or not stands(case, p) or _must_wait(case):
        return None
    days = p["withdrawal.refund_days"]
    until = days_of_law(case.request.requested_at, days, case.market)
    moments = [moment for moment in (received_back_at(case), sent_back_at(case)) if moment]
    offered = case.return_parcel and case.return_parcel.offered_collection
    if moments and not offered:
        until = max(until, utc(min(moments)))
    facts = {
        "days": days,
        "requested_at": local(case.request.requested_at, case.market),
        "until": local(until, case.market),
    }
    return rule.holds(facts, dues=(Due("merchant", "refund", until, "law_breach"),))


@EU.rule(
    "eu.withdrawal.withhold",
    "permits",
    "CRD art 13(3)",
    holds=(
        "Neither the goods nor proof of sending has arrived, and no collection was offered: the money may be held back until one does.",
        "尚未收到退货，也没有寄出凭证，经营者亦未提出上门取件：在此之前可暂不退款。",
    ),
    fails=(
        "The money may not be held back: goods back since {received_at}, sent with proof on {sent_at}, collection offered: {offered_collection}.",
        "不得暂扣退款：收到退货时间：{received_at}；寄出凭证时间：{sent_at}；已提出上门取件：{offered_collection}。",
    ),
)
def withhold(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if case.request.kind not in MONEY_KINDS or not buyer_has_goods(case) or not stands(case, p):
        return None
    received, sent, parcel = received_back_at(case), sent_back_at(case), case.return_parcel
    facts = {
        "received_at": received and local(received, case.market),
        "sent_at": sent and local(sent, case.market),
        "offered_collection": bool(parcel and parcel.offered_collection),
    }
    return rule.holds(facts, Permit("withhold")) if _must_wait(case) else rule.fails(facts)


@EU.rule(
    "eu.withdrawal.diminished_value",
    "permits",
    "CRD art 14(2)",
    holds=(
        "The goods were handled beyond what trying them needs ({spoiled}): the right stays, and the loss of value may be taken off.",
        "商品的使用超出了查验所必需的程度（{spoiled}）：撤回权不受影响，但可扣减由此造成的价值损失。",
    ),
    fails=(
        "Nothing may be taken off for loss of value (handled: {spoiled}; informed of the right: {informed}).",
        "不得扣减价值损失（使用痕迹：{spoiled}；已告知撤回权：{informed}）。",
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


@EU.rule(
    "eu.withdrawal.not_returned",
    "limits",
    "CRD art 13(3)",
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


@EU.rule(
    "eu.withdrawal.same_means",
    "requires",
    "CRD art 13(1)",
    holds=(
        "The money goes back by the means it was paid with ({methods}); another way needs the buyer's express consent and may cost nothing.",
        "按原支付方式退款（{methods}）；改用其他方式须经消费者明确同意，且不得收费。",
    ),
)
def same_means(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if case.request.kind not in MONEY_KINDS or not case.order.payments or not stands(case, p):
        return None
    return rule.holds({"methods": list(dict.fromkeys([payment.method for payment in case.order.payments]))})

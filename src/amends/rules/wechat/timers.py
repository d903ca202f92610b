"""WeChat's timers (WX, grade M: the documents bear no date, so no earlier limit is applied; a live deadline goes before)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from amends.basics.periods import days_of_platform
from amends.basics.zones import local
from amends.facts.case import Case
from amends.facts.rulebook import Due, Finding, Params, Rule
from amends.rules.kernel_timers import (
    MONEY,
    RETURN,
    Flow,
    earliest,
    enrol_refusal,
    enrol_respond,
    enrol_ship_back,
    number,
    return_nodes,
)
from amends.rules.wechat.pack import WECHAT

REFUND: Final = Flow("refund", lambda case: case.request.kind in MONEY)

enrol_respond(WECHAT, REFUND, "WX")
enrol_respond(WECHAT, RETURN, "WX")
enrol_refusal(WECHAT, REFUND, "WX", if_missed="right_lost")
enrol_refusal(WECHAT, RETURN, "WX", if_missed="right_lost")
enrol_ship_back(WECHAT, RETURN, "WX")


@WECHAT.rule(
    "wechat.return_refund.confirm_receipt",
    "requires",
    "WX",
    governs="request",
    holds=(
        "The goods are on their way back since {shipped_at}: the merchant confirms receipt within {days} days, by {until}.",
        "退货已于 {shipped_at} 寄出，商家须在 {days} 天内（{until} 前）确认收货。",
    ),
)
def confirm_receipt(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    node = earliest(*return_nodes(case))
    if case.request.kind != "return_refund" or node is None:
        return None
    days = number(p, case, node, "return_refund.confirm_days")
    until = days_of_platform(node, days)
    facts = {"shipped_at": local(node, case.market), "days": days, "until": local(until, case.market)}
    return rule.holds(facts, dues=(Due("merchant", "confirm_receipt", until, "unknown"),))


@WECHAT.rule(
    "wechat.after_sale_window",
    "requires",
    "WX",
    governs="request",
    holds=(
        "The order was completed on {completed_at}; by default after-sale may be asked for during {days} days, until {until}.",
        "订单于 {completed_at} 完成，默认 {days} 天内（至 {until}）可申请售后。",
    ),
    fails=(
        "The order was completed on {completed_at}; the default window of {days} days was over at {until}, unless the shop had extended it. "
        "What the law gives is not touched by this.",
        "订单于 {completed_at} 完成，默认 {days} 天售后期已于 {until} 届满（商家延长的除外）；法定权利不受影响。",
    ),
)
def after_sale_window(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    done = case.order.completed_at
    if done is None:
        return None
    days = p["after_sale.days"]
    until = days_of_platform(done, days)
    facts = {"completed_at": local(done, case.market), "days": days, "until": local(until, case.market)}
    return rule.holds(facts) if case.request.requested_at < until else rule.fails(facts)

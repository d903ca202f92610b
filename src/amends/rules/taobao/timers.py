"""Taobao's timers: everyday limits and their Spring Festival values (TB-CNY). A platform's day is 24 hours."""

from __future__ import annotations

from datetime import datetime

from amends.basics.periods import days_of_platform
from amends.basics.zones import local
from amends.facts.case import Case
from amends.facts.rulebook import Due, Finding, Params, Rule
from amends.rules.kernel_taobao import enrol_shared
from amends.rules.kernel_timers import (
    REPAIR,
    enrol_change,
    enrol_refusal,
    enrol_respond,
    enrol_ship_back,
    number,
    return_nodes,
)
from amends.rules.taobao.pack import TAOBAO

enrol_shared(TAOBAO, "TB-CNY")
enrol_respond(TAOBAO, REPAIR, "TB-CNY")
enrol_change(TAOBAO, REPAIR, "TB-CNY")
enrol_refusal(TAOBAO, REPAIR, "TB-CNY")
enrol_ship_back(TAOBAO, REPAIR, "TB-CNY")


@TAOBAO.rule(
    "taobao.repair.ship",
    "requires",
    "TB-CNY",
    governs="request",
    holds=(
        "The goods came in for repair on {received_at}: the merchant repairs and sends them back within {days} days, by {until}.",
        "送修商品于 {received_at} 进入商家处理，商家须在 {days} 天内（{until} 前）完成维修并寄回。",
    ),
)
def repair_ship(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    sent, signed = return_nodes(case)
    node = signed or sent
    if case.request.kind != "repair" or node is None:
        return None
    days = number(p, case, node, "repair.ship_days")
    until = days_of_platform(node, days)
    facts = {"received_at": local(node, case.market), "days": days, "until": local(until, case.market)}
    return rule.holds(facts, dues=(Due("merchant", "ship", until, "unknown"),))

"""Withdrawal from electronic commerce (전자상거래법 arts 17, 18)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from amends.basics.periods import days_of_law, months_of_law, working_days
from amends.basics.zones import local
from amends.facts.case import Case
from amends.facts.codes import DEFECT
from amends.facts.rulebook import FREIGHT_MERCHANT, Due, ExcludeLines, Finding, Grant, Params, Rule
from amends.facts.stage import delivered_at, received_back_at
from amends.rules.kernel_distance import (
    BACK,
    MONEY,
    MONEY_KINDS,
    goes_back,
    handled_states,
    left_out,
    return_cost,
    ways_back,
)
from amends.rules.kr.pack import KR

EXCEPTIONS: Final = frozenset({"perishable", "sealed_media", "digital_started"})
_UNLIKE_SHOWN: Final = frozenset({"return_refund", "refund_only", "exchange"})


def _in_time(case: Case, p: Params) -> bool:
    signed = delivered_at(case)
    return signed is None or case.request.requested_at < days_of_law(signed, p["withdrawal.days"], "KR")


@KR.rule(
    "kr.withdrawal",
    "entitles",
    "ECA art 17(1); art 18(9)",
    holds=(
        "Notice sent on {requested_at}, inside the {days} days from supply ({until}): the buyer may withdraw; for a change of mind the "
        "buyer pays the way back.",
        "于 {requested_at} 发出通知，在供货起 {days} 日内（至 {until}）：消费者可以撤回；因改变主意而撤回的，退货运费由消费者承担。",
    ),
    fails=(
        "The notice ({requested_at}) came after the {days} days from supply were over ({until}).",
        "通知（{requested_at}）晚于供货起 {days} 日的期限（{until}）。",
    ),
)
def withdrawal(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not goes_back(case):
        return None
    signed, asked = delivered_at(case), case.request.requested_at
    until = days_of_law(signed, p["withdrawal.days"], "KR") if signed else None
    facts = {"requested_at": local(asked, "KR"), "days": p["withdrawal.days"], "until": until and local(until, "KR")}
    if not _in_time(case, p):
        return rule.fails(facts)
    # Nothing on record gives the outbound delivery back.
    return rule.holds(facts, Grant("no_reason", ways_back(case), return_cost(case, informed=True), shipping=0))


@KR.rule(
    "kr.withdrawal.exception",
    "excludes",
    "ECA art 17(2)",
    of=("no_reason",),
    holds=(
        "The right is lost (lines {lines}): kind of goods: {grounds}; state they are in: {spoiled}.",
        "丧失撤回权（商品行 {lines}）：商品类别：{grounds}；商品状态：{spoiled}。",
    ),
    fails=("Nothing that takes the right away is known.", "没有已知的丧失撤回权的情形。"),
)
def exception(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not goes_back(case):
        return None
    found = left_out(case, EXCEPTIONS)
    # Damage that the buyer complains of is not damage by the buyer.
    spoiled = [] if case.request.reason in DEFECT and case.defect.confirmed is not False else handled_states(case)
    lines = [item.line.id for item in case.request.lines] if spoiled else list(found)
    if not lines:
        return rule.fails({"goods_used": case.goods.used, "seal_broken": case.goods.seal_broken})
    facts = {"grounds": sorted(set(found.values())), "spoiled": spoiled, "lines": lines}
    return rule.holds(facts, ExcludeLines(frozenset(lines)))


@KR.rule(
    "kr.withdrawal.false_description",
    "entitles",
    "ECA art 17(3)",
    holds=(
        "Not as shown or agreed ({reason}), and the notice ({requested_at}) is inside {months} months from supply and {days} days from "
        "knowing: until {until} the buyer may withdraw.",
        "商品与展示或约定不符（{reason}），通知（{requested_at}）在供货起 {months} 个月内且自知悉起 {days} 日内：至 {until} 止可以撤回。",
    ),
    fails=(
        "No withdrawal for goods unlike what was shown: the period ended at {until} (notice {requested_at}; confirmed: {confirmed}).",
        "不适用因与展示不符的撤回：期限止于 {until}（通知 {requested_at}；是否确认不符：{confirmed}）。",
    ),
    unknown=(
        "Said to be unlike what was shown ({reason}), inside the period ({until}); whether it is so is not settled yet.",
        "主张与展示不符（{reason}），在期限内（至 {until}）；是否属实尚未确认。",
    ),
)
def false_description(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    signed, request = delivered_at(case), case.request
    if request.reason not in DEFECT or request.kind not in _UNLIKE_SHOWN or signed is None:
        return None
    until = months_of_law(signed, p["false_description.months"], "KR")
    if case.defect.found_at:
        until = min(until, days_of_law(case.defect.found_at, p["false_description.known_days"], "KR"))
    facts = {
        "reason": request.reason,
        "confirmed": case.defect.confirmed,
        "requested_at": local(request.requested_at, "KR"),
        "months": p["false_description.months"],
        "days": p["false_description.known_days"],
        "until": local(until, "KR"),
    }
    if case.defect.confirmed is False or request.requested_at >= until:
        return rule.fails(facts)
    nothing_to_return = request.reason in ("missing_item", "empty_parcel")
    # The cost of the way back is the consumer's for a change of mind alone (art 18(9)).
    grant = Grant("defect", MONEY if nothing_to_return else BACK, FREIGHT_MERCHANT)
    if case.defect.confirmed is None:
        return rule.unknown(facts, "defect.confirmed", claims=(grant,))
    return rule.holds(facts, grant)


@KR.rule(
    "kr.withdrawal.refund_due",
    "requires",
    "ECA art 18(2)",
    holds=(
        "The goods are back since {received_at}: the price is due within {days} business days, by {until}.",
        "已于 {received_at} 收到退货，须在 {days} 个工作日内（{until} 前）退款。",
    ),
)
def refund_due(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    received = received_back_at(case)
    if received is None or case.request.kind not in MONEY_KINDS or not goes_back(case):
        return None
    unlike_shown = case.request.reason in DEFECT and case.defect.confirmed
    if not unlike_shown and (not _in_time(case, p) or left_out(case, EXCEPTIONS) or handled_states(case)):
        return None
    until = working_days(received, p["withdrawal.refund_working_days"], "KR")
    facts = {
        "received_at": local(received, "KR"),
        "days": p["withdrawal.refund_working_days"],
        "until": local(until, "KR"),
    }
    return rule.holds(facts, dues=(Due("merchant", "refund", until, "law_breach"),))

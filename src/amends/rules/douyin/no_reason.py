"""Douyin's seven-day return (DY-7D): the clock, what is left out, what the merchant may leave out, gifts, discounts for wear."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from amends.basics.money import write_minor
from amends.basics.periods import hours_from_next_midnight
from amends.basics.zones import local
from amends.facts.case import Case, Line
from amends.facts.rulebook import FREIGHT_BUYER, Deduct, ExcludeLines, Finding, Grant, Params, Permit, Rule
from amends.facts.stage import delivered_at, whole_order
from amends.rules.douyin.pack import DOUYIN
from amends.rules.kernel_distance import loss_found
from amends.rules.kernel_shop_cn import (
    CONFIRMABLE,
    is_closed_to_return,
    is_confirmed,
    is_no_reason_return,
    proofs,
    spoiled,
)

BACK: Final = frozenset({"return_refund"})
CHOICE_CATEGORIES: Final = frozenset({"food", "intimate", "gold", "second_hand"})
SECOND_HAND_DIGITAL: Final = frozenset({"electronics"})


def _is_second_hand(line: Line) -> bool:
    return "second_hand" in line.traits or line.category == "second_hand"


def _must_support(line: Line) -> bool:
    """Second-hand luxury and second-hand digital goods."""
    return _is_second_hand(line) and ("luxury" in line.traits or line.category in SECOND_HAND_DIGITAL)


def _may_leave_out(line: Line) -> bool:
    if _must_support(line):
        return False
    return not CONFIRMABLE.isdisjoint(line.traits) or line.category in CHOICE_CATEGORIES or _is_second_hand(line)


def _clock(case: Case, p: Params) -> tuple[datetime, dict[str, object]] | None:
    """When the seven-day clock is over, and the facts it was reckoned from; None while nothing was delivered."""
    signed = delivered_at(case)
    if signed is None:
        return None
    until = hours_from_next_midnight(signed, p["no_reason.hours"], "CN")
    facts = {"requested_at": local(case.request.requested_at, "CN"), "delivered_at": local(signed, "CN")}
    return until, {**facts, "hours": p["no_reason.hours"], "until": local(until, "CN")}


CLOCK: Final = (
    "The request ({requested_at}) falls inside the {hours} hours from 00:00 of the day after sign-off, which end at {until}.",
    "申请（{requested_at}）在签收次日零时起 {hours} 小时内（至 {until}）提出。",
)
CLOCK_OVER: Final = (
    "The request ({requested_at}) came after the {hours} hours from 00:00 of the day after sign-off were over ({until}).",
    "申请（{requested_at}）晚于签收次日零时起 {hours} 小时的期限（{until}）。",
)


@DOUYIN.rule("douyin.no_reason_return", "entitles", "DY-7D 2.1", governs="now", holds=CLOCK, fails=CLOCK_OVER)
def no_reason_return(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not is_no_reason_return(case) or (clock := _clock(case, p)) is None:
        return None
    until, facts = clock
    if case.request.requested_at >= until:
        return rule.fails(facts)
    return rule.holds(facts, Grant("no_reason", BACK, FREIGHT_BUYER, 0))


@DOUYIN.rule(
    "douyin.no_reason_return.not_supported",
    "excludes",
    "DY-7D 3",
    governs="now",
    of=("douyin.no_reason_return",),
    holds=(
        "Goods of a kind that Douyin's seven-day return does not cover (lines {lines}; {categories}).",
        "商品属于不支持七天无理由退货的类型（商品行 {lines}；{categories}）。",
    ),
)
def not_supported(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not is_no_reason_return(case):
        return None
    found = [item.line for item in case.request.lines if is_closed_to_return(item.line, case.goods.seal_broken)]
    if not found:
        return None
    facts = {"lines": [line.id for line in found], "categories": sorted({line.category for line in found})}
    return rule.holds(facts, ExcludeLines(frozenset(line.id for line in found)))


@DOUYIN.rule(
    "douyin.no_reason_return.merchant_choice",
    "excludes",
    "DY-7D 3",
    governs="now",
    of=("douyin.no_reason_return",),
    holds=(
        "Goods that the merchant may leave out, and did: the buyer confirmed it at purchase (lines {lines}).",
        "商品属于商家可选支持的类型，买家购买时已确认不支持七天无理由（商品行 {lines}）。",
    ),
    fails=(
        "Goods that the merchant may leave out (lines {lines}), but the buyer never confirmed that for this purchase.",
        "商品属于商家可选支持的类型（商品行 {lines}），但本次购买没有买家的有效确认。",
    ),
)
def merchant_choice(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not is_no_reason_return(case):
        return None
    may = [item.line for item in case.request.lines if _may_leave_out(item.line)]
    if not may:
        return None
    left_out = [line.id for line in may if is_confirmed(line)]
    if not left_out:
        return rule.fails({"lines": [line.id for line in may]})
    return rule.holds({"lines": left_out}, ExcludeLines(frozenset(left_out)))


@DOUYIN.rule(
    "douyin.no_reason_return.goods_intact",
    "requires",
    "DY-7D 2.3; DY-ZZ art 35",
    governs="now",
    of=("douyin.no_reason_return",),
    holds=(
        "Nothing speaks against the goods being intact; opening and a dented box do not count.",
        "商品未见影响二次销售的情形；拆封查验、包装适度变形不影响退货。",
    ),
    fails=("The goods are not intact: {spoiled}.", "商品已不完好：{spoiled}。"),
)
def goods_intact(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not is_no_reason_return(case):
        return None
    found = spoiled(case)
    return rule.fails({"spoiled": found}) if found else rule.holds({"spoiled": []})


@DOUYIN.rule(
    "douyin.no_reason_return.second_hand",
    "entitles",
    "DY-7D 3",
    governs="now",
    holds=(
        "Second-hand luxury or second-hand digital goods must come with the seven-day return, whatever was confirmed; asked for on "
        "{requested_at}, until {until}.",
        "二手奢侈品、二手数码商品必须支持七天无理由退货，买家是否确认均不影响；申请时间 {requested_at}，期限至 {until}。",
    ),
    fails=CLOCK_OVER,
)
def second_hand(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not is_no_reason_return(case) or not all(_must_support(item.line) for item in case.request.lines):
        return None
    if spoiled(case) or case.goods.tags_removed or case.goods.activated:
        return None
    if any(is_closed_to_return(item.line, case.goods.seal_broken) for item in case.request.lines):
        return None
    if (clock := _clock(case, p)) is None:
        return None
    until, facts = clock
    if case.request.requested_at >= until:
        return rule.fails(facts)
    return rule.holds(facts, Grant("no_reason", BACK, FREIGHT_BUYER, 0, final=True))


@DOUYIN.rule(
    "douyin.no_reason_return.lost_gift",
    "limits",
    "DY-7D 2.2",
    governs="now",
    holds=(
        "A gift stays with the buyer: its value, {amount}, is taken off; it is no ground to refuse.",
        "赠品未退回：按价值扣减 {amount}，不得因此拒绝退货。",
    ),
)
def lost_gift(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not is_no_reason_return(case) or not whole_order(case):
        return None
    asked = {item.line.id: item.quantity for item in case.request.lines}
    kept = [(line, line.quantity - asked.get(line.id, 0)) for line in case.order.lines if "gift" in line.traits]
    value = sum(
        [(line.list_price if line.gift_value is None else line.gift_value) or 0 for line, n in kept for _ in range(n)]
    )
    if not value:
        return None
    facts = {"gifts": [line.id for line, n in kept if n], "amount": write_minor(value, case.order.digits)}
    return rule.holds(facts, Deduct("gift", value))


@DOUYIN.rule(
    "douyin.resale_affected",
    "permits",
    "DY-ZZ art 35",
    governs="now",
    holds=(
        "Returned without a fault of the seller, and worth less now ({spoiled}, proof: {given}): a discounted refund is possible.",
        "非商家原因退货且影响二次销售（{spoiled}，凭证：{given}）：可协商折价退款。",
    ),
    fails=(
        "The merchant says the returned goods are worth less ({spoiled}) but has given no proof of it.",
        "商家主张退回商品影响二次销售（{spoiled}），但未提供凭证。",
    ),
)
def resale_affected(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not is_no_reason_return(case) or case.inspection is None or not (found := spoiled(case)):
        return None
    facts = {"spoiled": found, "given": proofs(case, "merchant")}
    if not facts["given"]:
        return rule.fails(facts)
    loss = loss_found(case)
    claims = (Deduct("diminished_value", loss),) if loss else ()
    return rule.holds(facts, Permit("deduct_diminished_value"), *claims)

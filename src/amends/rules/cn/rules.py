"""PRC law on going back on a purchase without a reason: seven days, exclusions, intact goods, money back."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from amends.basics.periods import days_of_law
from amends.basics.zones import local
from amends.facts.case import Case, Line
from amends.facts.codes import NO_REASON
from amends.facts.rulebook import Due, ExcludeLines, Finding, Grant, Params, Rule
from amends.facts.stage import (
    awaits_answer,
    delivered_at,
    delivered_no_earlier_than,
    is_received,
    is_unshipped,
    received_back_at,
)
from amends.rules.cn.intact import spoiled_states, states_looked_at
from amends.rules.cn.pack import CN

BACK: Final = frozenset({"return_refund"})
MONEY: Final = frozenset({"refund_only"})
SIGN_OFF: Final = "shipments[].delivered_at"


def is_no_reason(case: Case) -> bool:
    """The buyer alleges nothing, or nothing has been sent yet: no reason is needed."""
    request = case.request
    if request.kind not in ("return_refund", "refund_only", "exchange", "cancel"):
        return False
    return request.reason in NO_REASON or (request.kind in ("cancel", "refund_only") and is_unshipped(case))


@CN.rule(
    "cn.no_reason_return",
    "entitles",
    "XFF art 25; QRT art 10",
    holds=(
        "The notice ({requested_at}) is in time: the {days} days begin on the day after sign-off⟦ ({delivered_at}) and end at {until}⟧. "
        "The buyer may return without a reason.",
        "退货通知（{requested_at}）未超期：自签收⟦（{delivered_at}）⟧次日起 {days} 日⟦，至 {until} 止⟧；消费者有权无理由退货。",
    ),
    fails=(
        "The notice ({requested_at}) came after the {days} days from the day after sign-off were over ({until}).",
        "退货通知（{requested_at}）晚于签收次日起 {days} 日的期限（{until}）。",
    ),
    unknown=(
        "The goods were signed for, but it is not said when: whether the notice ({requested_at}) came inside the {days} days is open.",
        "商品已签收，但缺少签收时间，无法确认退货通知（{requested_at}）是否在签收次日起 {days} 日内发出。",
    ),
)
def no_reason_return(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not is_no_reason(case):
        return None
    days, asked, signed = p["no_reason.days"], case.request.requested_at, delivered_at(case)
    facts = {
        "requested_at": local(asked, "CN"),
        "delivered_at": signed and local(signed, "CN"),
        "days": days,
        "until": None,
    }
    if is_unshipped(case):
        return rule.holds(facts, Grant("no_reason", MONEY, "buyer"))
    grant = Grant("no_reason", BACK, "buyer", shipping=0)
    if signed is None:
        surely = not is_received(case) or asked < days_of_law(delivered_no_earlier_than(case), days, "CN")
        return rule.holds(facts, grant) if surely else rule.unknown(facts, SIGN_OFF, claims=(grant,))
    until = days_of_law(signed, days, "CN")
    facts["until"] = local(until, "CN")
    if asked >= until:
        return rule.fails(facts)
    return rule.holds(facts, grant)


def _is_left_out(line: Line, seal_broken: bool | None) -> str | None:
    if "custom_made" in line.traits:
        return "custom_made"
    if "perishable" in line.traits or line.category == "fresh":
        return "perishable"
    if "digital_started" in line.traits or line.category == "digital":
        return "digital_started"
    if "sealed_media" in line.traits and seal_broken:
        return "sealed_media"
    return "periodical" if line.category == "periodical" else None


@CN.rule(
    "cn.no_reason_return.statutory_exclusion",
    "excludes",
    "XFF art 25; QRT art 6",
    of=("cn.no_reason_return",),
    holds=(
        "The law leaves these goods out of the seven-day return: {grounds} (lines {lines}).",
        "该商品依法不适用七日无理由退货：{grounds}（商品行 {lines}）。",
    ),
    fails=("None of the goods is of a kind that the law leaves out.", "商品不属于法定不适用无理由退货的类别。"),
)
def statutory_exclusion(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not is_no_reason(case) or is_unshipped(case) and case.request.kind == "cancel" and not _has_custom(case):
        return None
    found = {
        item.line.id: why for item in case.request.lines if (why := _is_left_out(item.line, case.goods.seal_broken))
    }
    if not found:
        return rule.fails({"categories": sorted({item.line.category for item in case.request.lines})})
    return rule.holds({"grounds": sorted(set(found.values())), "lines": list(found)}, ExcludeLines(frozenset(found)))


def _has_custom(case: Case) -> bool:
    return any("custom_made" in item.line.traits for item in case.request.lines)


_CONFIRMABLE: Final = ("unsealing_sensitive", "activation_sensitive", "near_expiry_disclosed", "flaw_disclosed")


@CN.rule(
    "cn.no_reason_return.confirmed_exclusion",
    "excludes",
    "QRT arts 7, 20; TL art 19",
    of=("cn.no_reason_return",),
    holds=(
        "The buyer confirmed for this purchase that these goods ({traits}) cannot be returned (lines {lines}).",
        "消费者在本次购买时已单独确认该商品（{traits}）不适用无理由退货（商品行 {lines}）。",
    ),
    fails=(
        "The goods are of a kind ({traits}) that may be left out, but the buyer did not confirm it by an act of their own for this purchase.",
        "该商品（{traits}）可经确认排除，但本次购买没有消费者的有效单独确认（默认勾选无效），不得拒绝退货。",
    ),
)
def confirmed_exclusion(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not is_no_reason(case) or is_unshipped(case):
        return None
    traits = sorted({trait for item in case.request.lines for trait in _CONFIRMABLE if trait in item.line.traits})
    if not traits:
        return None
    confirmed = [
        item.line.id
        for item in case.request.lines
        if item.line.no_return_confirmed
        and not item.line.no_return_preticked
        and not item.line.traits.isdisjoint(_CONFIRMABLE)
    ]
    if not confirmed:
        return rule.fails({"traits": traits, "no_return_confirmed": False})
    return rule.holds(
        {"traits": traits, "lines": confirmed, "no_return_confirmed": True}, ExcludeLines(frozenset(confirmed))
    )


@CN.rule(
    "cn.no_reason_return.goods_intact",
    "requires",
    "QRT arts 8, 9; TL art 19",
    of=("no_reason",),
    holds=(
        "The goods are intact: quality, function, labels and accessories are as they were ({checked}). Opening to inspect does not matter.",
        "商品完好：品质、功能、标识、配件齐全（已核对：{checked}）；为查验而拆封、合理试用不影响完好。",
    ),
    fails=(
        "The goods are not intact for their category: {spoiled}.",
        "按品类标准商品已不完好：{spoiled}。",
    ),
    unknown=(
        "Whether the goods are intact will show when they are back; not known yet: {open}.",
        "商品是否完好待收货查验后确认；尚不清楚：{open}。",
    ),
)
def goods_intact(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not is_no_reason(case) or is_unshipped(case):
        return None
    spoiled = spoiled_states(case)
    grade = case.inspection.grade if case.inspection else None
    if spoiled:
        return rule.fails({"spoiled": spoiled, "grade": grade})
    looked_at = states_looked_at(case)
    still_open = [name for name in looked_at if getattr(case.goods, name) is None]
    if grade in ("A", "B") or not still_open:
        return rule.holds({"checked": looked_at, "grade": grade})
    return rule.unknown({"open": still_open, "grade": grade})


@CN.rule(
    "cn.no_reason_return.procedure",
    "requires",
    "QRT arts 11, 31",
    governs="request",
    holds=(
        "The return must be dealt with, with a true address, within {days} days of the notice ({until}); later is punishable.",
        "须在收到退货通知起 {days} 日内（{until} 前）办理退货手续并提供真实退货地址，逾期将被处罚。",
    ),
)
def procedure(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not is_no_reason(case) or not awaits_answer(case):
        return None
    until = days_of_law(case.request.requested_at, p["no_reason.procedure_days"], "CN")
    facts = {"days": p["no_reason.procedure_days"], "until": local(until, "CN")}
    return rule.holds(facts, dues=(Due("merchant", "respond", until, "law_breach"),))


@CN.rule(
    "cn.no_reason_return.refund_due",
    "requires",
    "XFF art 25; QRT art 13; CC arts 201-203",
    governs="request",
    holds=(
        "The goods were back on {received_at}: the price is due within {days} days, by {until}.",
        "已于 {received_at} 收到退货，须在 {days} 日内（{until} 前）退款。",
    ),
)
def refund_due(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    received = received_back_at(case)
    if received is None or not is_no_reason(case):
        return None
    until = days_of_law(received, p["no_reason.refund_days"], "CN")
    facts = {"received_at": local(received, "CN"), "days": p["no_reason.refund_days"], "until": local(until, "CN")}
    return rule.holds(facts, dues=(Due("merchant", "refund", until, "law_breach"),))

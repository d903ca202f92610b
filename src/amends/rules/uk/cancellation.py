"""The right to cancel a distance contract: how long, and what is left out (Consumer Contracts Regulations 2013)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from amends.basics.zones import local
from amends.facts.case import Case
from amends.facts.rulebook import ExcludeLines, Finding, Grant, Params, Rule
from amends.facts.stage import is_unshipped, order_delivered_at, whole_order
from amends.rules.kernel_distance import goes_back, left_out, return_cost, seals_in_doubt, ways_back, window_end
from amends.rules.uk.pack import UK

HYGIENE: Final = frozenset({"sealed_hygiene"})
OTHERS: Final = frozenset({"custom_made", "perishable", "sealed_media", "periodical"})
EXCEPTIONS: Final = HYGIENE | OTHERS


def stands(case: Case, p: Params) -> bool:
    """The contract is being cancelled in time, and some of it is not left out of the right."""
    if not goes_back(case) or len(left_out(case, EXCEPTIONS)) == len(case.request.lines):
        return False
    months = 0 if case.withdrawal_informed else p["cancellation.extra_months"]
    until = window_end(case, p["cancellation.days"], months)
    return until is None or case.request.requested_at < until


def _judge(rule: Rule, case: Case, until: datetime | None, numbers: dict[str, int]) -> Finding:
    asked, had = case.request.requested_at, order_delivered_at(case)
    facts = {
        "requested_at": local(asked, "GB"),
        "delivered_at": had and local(had, "GB"),
        **numbers,
        "until": until and local(until, "GB"),
        "informed": case.withdrawal_informed,
    }
    if until is not None and asked >= until:
        return rule.fails(facts)
    shipping = min(case.order.shipping_paid, case.order.shipping_standard) if whole_order(case) else 0
    return rule.holds(facts, Grant("no_reason", ways_back(case), return_cost(case, case.withdrawal_informed), shipping))


@UK.rule(
    "uk.cancellation",
    "entitles",
    "CCR regs 29-30",
    holds=(
        "The notice ({requested_at}) was sent inside the {days} days that begin when the last item comes⟦ and end at {until}⟧. "
        "The buyer may cancel without a reason.",
        "取消通知（{requested_at}）在收到最后一件商品后 {days} 日内⟦（至 {until} 止）⟧发出，消费者可无理由取消合同。",
    ),
    fails=(
        "The notice ({requested_at}) was sent after the {days} days were over ({until}).",
        "取消通知（{requested_at}）晚于 {days} 日的期限（{until}）。",
    ),
)
def cancellation(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not goes_back(case):
        return None
    return _judge(rule, case, window_end(case, p["cancellation.days"]), {"days": p["cancellation.days"]})


@UK.rule(
    "uk.cancellation.extended",
    "entitles",
    "CCR reg 31",
    holds=(
        "The trader did not inform of the right: the period is longer by {months} months and ends at {until}; the notice ({requested_at}) is inside it.",
        "经营者未告知取消权：期限延长 {months} 个月，至 {until} 止；通知（{requested_at}）在期限内。",
    ),
    fails=(
        "The trader did not inform of the right, but the longer period is over too ({until}); the notice is of {requested_at}.",
        "经营者未告知取消权，但延长后的期限（{until}）也已届满；通知时间为 {requested_at}。",
    ),
)
def extended(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if case.withdrawal_informed or not goes_back(case):
        return None
    days, months = p["cancellation.days"], p["cancellation.extra_months"]
    return _judge(rule, case, window_end(case, days, months), {"days": days, "months": months})


@UK.rule(
    "uk.cancellation.exception",
    "excludes",
    "CCR reg 28(3)",
    of=("no_reason",),
    holds=(
        "Sealed for health or hygiene and unsealed after delivery: the right to cancel is lost (lines {lines}).",
        "因健康或卫生原因密封的商品在送达后已拆封：取消权丧失（商品行 {lines}）。",
    ),
    fails=("The seal of the hygiene goods is whole.", "卫生密封完好。"),
    unknown=(
        "The right is lost if the hygiene seal was broken after delivery (lines {lines}); that will show when the goods are back.",
        "卫生密封送达后拆封即丧失取消权（商品行 {lines}）；是否拆封待收到退货后查验。",
    ),
)
def exception(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    lines = [item.line.id for item in case.request.lines if "sealed_hygiene" in item.line.traits]
    if not lines or not goes_back(case) or is_unshipped(case):
        return None
    found = left_out(case, HYGIENE)
    if found:
        return rule.holds({"lines": list(found), "seal_broken": True}, ExcludeLines(frozenset(found)))
    if seals_in_doubt(case, HYGIENE):
        return rule.unknown({"lines": lines, "seal_broken": None}, "goods.seal_broken")
    return rule.fails({"lines": lines, "seal_broken": case.goods.seal_broken})


@UK.rule(
    "uk.cancellation.other_exception",
    "excludes",
    "CCR reg 28",
    of=("no_reason",),
    holds=(
        "There is no right to cancel for these goods: {grounds} (lines {lines}).",
        "以下商品不适用取消权：{grounds}（商品行 {lines}）。",
    ),
    fails=("The goods are not of the other kinds without a right to cancel.", "商品不属于其他不适用取消权的类别。"),
)
def other_exception(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not goes_back(case):
        return None
    found = left_out(case, OTHERS)
    if found:
        return rule.holds(
            {"grounds": sorted(set(found.values())), "lines": list(found)}, ExcludeLines(frozenset(found))
        )
    return rule.fails({"categories": sorted({item.line.category for item in case.request.lines})})

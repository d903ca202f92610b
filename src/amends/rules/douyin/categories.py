"""Douyin's rules for categories: fresh goods, allergy, 3C (DY-CAT)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Final

from amends.basics.money import write_minor
from amends.basics.periods import days_of_platform, hours_from, hours_from_next_midnight
from amends.basics.zones import local
from amends.facts.case import Case
from amends.facts.rulebook import FREIGHT_MERCHANT, Finding, Grant, Params, Rule
from amends.facts.stage import delivered_at, is_received
from amends.rules.douyin.pack import DOUYIN
from amends.rules.kernel_shop_cn import percent_of_paid, proofs

FRESH_REASONS: Final = ("quality", "damaged", "not_as_described", "expired")
EXCHANGE_RETURN: Final = frozenset({"exchange", "return_refund"})
REPAIR: Final = frozenset({"repair"})


def _all(case: Case, category: str) -> bool:
    return all(item.line.category == category for item in case.request.lines)


def _is_bad_fresh(case: Case) -> bool:
    return case.request.reason in FRESH_REASONS and _all(case, "fresh") and is_received(case)


def _fresh_hours(case: Case, p: Params) -> int:
    """Hours of the feedback window that runs: broken, misdescribed, rot inside, rot that shows."""
    if case.request.reason == "damaged":
        return int(p["fresh.broken_hours"])
    if case.request.reason == "not_as_described":
        return int(p["fresh.misdescribed_hours"])
    if case.defect.visible is False:
        return int(p["fresh.hidden_days"]) * 24
    return int(p["fresh.visible_hours"])


@DOUYIN.rule(
    "douyin.fresh_feedback",
    "requires",
    "DY-CAT 生鲜",
    governs="now",
    of=("douyin.fresh_refund_band",),
    holds=(
        "Fresh goods, told of on {requested_at}: inside the {hours} hours after sign-off (until {until}).",
        "生鲜商品于 {requested_at} 反馈，在签收后 {hours} 小时内（至 {until}）。",
    ),
    fails=(
        "Fresh goods, told of on {requested_at}: the {hours} hours after sign-off were over at {until}.",
        "生鲜商品于 {requested_at} 反馈，已超过签收后 {hours} 小时（{until}）。",
    ),
    unknown=(
        "Fresh goods, told of on {requested_at}: the {hours} hours run from sign-off, whose time is not given.",
        "生鲜商品于 {requested_at} 反馈：{hours} 小时自签收起算，但缺少签收时间。",
    ),
)
def fresh_feedback(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    signed = delivered_at(case)
    if signed is None or not _is_bad_fresh(case):
        return None
    hours = _fresh_hours(case, p)
    until, asked = hours_from(signed, hours), case.request.requested_at
    facts = {
        "requested_at": local(asked, "CN"),
        "visible": case.defect.visible,
        "hours": hours,
        "until": local(until, "CN"),
    }
    return rule.holds(facts) if asked <= until else rule.fails(facts)


@DOUYIN.rule(
    "douyin.fresh_refund_band",
    "entitles",
    "DY-CAT 生鲜",
    governs="now",
    holds=(
        "{share} % of the fresh goods are bad: up to {percent} % of the amount paid, {cap}, come back without a return.",
        "生鲜问题占比 {share}%：可退实付的 {percent}% 以内，即 {cap}，无需退货。",
    ),
    fails=("The fresh goods were examined; the fault was not confirmed.", "生鲜问题经核实不成立。"),
    unknown=(
        "Fresh goods are said to be bad; how much of them, and whether it is so, decides the band.",
        "主张生鲜商品有问题：须确认是否属实及问题占比，以确定退款档位。",
    ),
)
def fresh_refund_band(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not _is_bad_fresh(case):
        return None
    defect = case.defect
    if defect.confirmed is False:
        return rule.fails({"confirmed": False})
    if defect.share is None or defect.confirmed is None:
        missing = "defect.share" if defect.share is None else "defect.confirmed"
        return rule.unknown({"share": defect.share}, missing, claims=(Grant("defect", frozenset({"refund_only"})),))
    percent = _band(defect.share, p)
    cap = percent_of_paid(case, percent)
    facts = {"share": f"{defect.share * 100:f}".rstrip("0").rstrip("."), "percent": percent}
    facts["cap"] = write_minor(cap, case.order.digits)
    amount = None if percent == 100 else cap
    return rule.holds(facts, Grant("defect", frozenset({"refund_only"}), amount=amount))


def _band(share: Decimal, p: Params) -> int:
    """Percent of the price for a share of bad goods: the bands' upper bounds are inclusive."""
    for band in p["fresh.bands"]:
        if share * 100 <= band["up_to"]:
            return int(band["refund"])
    return 100


@DOUYIN.rule(
    "douyin.allergy",
    "entitles",
    "DY-CAT 过敏",
    governs="now",
    holds=(
        "An allergy, told of inside {days} days of sign-off (until {until}), the place shown in a photo, at least {percent} % of the goods "
        "left: a full refund cannot be refused.",
        "过敏：签收后 {days} 天内（至 {until}）反馈，有患处照片，商品剩余不少于 {percent}%：不得拒绝全额退款。",
    ),
    fails=(
        "An allergy was told of on {requested_at}; Douyin's {days} days from sign-off were over at {until}.",
        "过敏于 {requested_at} 反馈，已超过签收后 {days} 天（{until}）。",
    ),
    unknown=(
        "An allergy is alleged inside {days} days of sign-off (until {until}): a photo of the place (given: {given}), and that at least "
        "{percent} % of the goods are left, decide.",
        "签收后 {days} 天内（至 {until}）反馈过敏：须有患处照片（已有：{given}），并确认商品剩余不少于 {percent}%。",
    ),
)
def allergy(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    signed = delivered_at(case)
    if case.request.reason != "allergy" or signed is None:
        return None
    days, asked, given = p["allergy.days"], case.request.requested_at, proofs(case, "buyer", ("photo", "video"))
    until = days_of_platform(signed, days)
    facts = {"requested_at": local(asked, "CN"), "days": days, "until": local(until, "CN"), "given": given}
    facts["percent"] = p["allergy.left_percent"]
    if asked > until:
        return rule.fails(facts)
    grant = Grant("allergy", frozenset({"return_refund"}), FREIGHT_MERCHANT)
    # The case file has no field for what is left: goods not used, or found as good as new, have it for certain.
    grade = case.inspection.grade if case.inspection else None
    if given and (case.goods.used is False or grade in ("A", "B")):
        return rule.holds(facts, grant)
    return rule.unknown(facts, "inspection.grade" if given else "evidence", claims=(grant,))


@DOUYIN.rule(
    "douyin.3c_quality",
    "entitles",
    "DY-CAT 3C",
    governs="now",
    holds=(
        "3C goods with a confirmed fault: return or exchange for {days} days from the day after receipt was confirmed (until {until}), then "
        "repair; after {repairs} failed repairs return or exchange. Open now: {remedies}.",
        "3C 商品质量问题属实：确认收货次日起 {days} 天内（至 {until}）可退换，此后保修；维修满 {repairs} 次仍不能正常使用可退换。当前可选：{remedies}。",
    ),
    fails=("The fault of the 3C goods was examined and not confirmed.", "3C 商品质量问题经核实不成立。"),
    unknown=(
        "A fault of 3C goods is alleged; whether it exists is not settled yet.",
        "主张 3C 商品质量问题，是否属实尚未确认。",
    ),
)
def quality_3c(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if case.request.reason != "quality" or not _all(case, "electronics") or not is_received(case):
        return None
    until = _until_3c(case, p)
    failed = case.defect.repairs_failed or 0
    early = until is None or case.request.requested_at < until
    remedies = EXCHANGE_RETURN if early or failed >= p["3c.repairs"] else REPAIR
    facts = {"confirmed": case.defect.confirmed, "days": p["3c.days"], "until": until and local(until, "CN")}
    facts |= {"repairs": p["3c.repairs"], "repairs_failed": case.defect.repairs_failed, "remedies": sorted(remedies)}
    grant = Grant("defect", remedies, FREIGHT_MERCHANT)
    if case.defect.confirmed is None:
        return rule.unknown(facts, "defect.confirmed", claims=(grant,))
    return rule.holds(facts, grant) if case.defect.confirmed else rule.fails(facts)


def _until_3c(case: Case, p: Params) -> datetime | None:
    """End of the 3C window; None while receipt is not confirmed (the order has not succeeded) and it has not begun."""
    done = case.order.completed_at
    return hours_from_next_midnight(done, 24 * p["3c.days"], "CN") if done else None


@DOUYIN.rule(
    "douyin.3c_exterior",
    "requires",
    "DY-CAT 3C",
    governs="now",
    of=("douyin.visible_defect", "douyin.damaged_parcel"),
    holds=(
        "A flaw on the outside of 3C goods, told of on {requested_at}, in time (until {until}).",
        "3C 商品外观瑕疵于 {requested_at} 反馈，在期限内（至 {until}）。",
    ),
    fails=(
        "A flaw on the outside of 3C goods has to be told of within {days} x 24 hours from 00:00 of the day after receipt was confirmed "
        "(until {until}); it was told of on {requested_at}.",
        "3C 商品外观瑕疵须在确认收货次日零时起 {days}×24 小时内（至 {until}）反馈，实际反馈时间 {requested_at}。",
    ),
)
def exterior_3c(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if case.request.reason not in ("damaged", "quality") or not case.defect.visible or not _all(case, "electronics"):
        return None
    until, asked = _until_3c(case, p), case.request.requested_at
    facts = {"requested_at": local(asked, "CN"), "days": p["3c.days"], "until": until and local(until, "CN")}
    return rule.holds(facts) if until is None or asked < until else rule.fails(facts)

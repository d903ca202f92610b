"""JD on disputes about the goods themselves (JD-2): quality ladder, flaws, false page, fresh goods."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from amends.basics.money import read_minor, write_minor
from amends.basics.periods import hours_from, hours_from_next_midnight
from amends.basics.zones import local
from amends.facts.case import Case
from amends.facts.rulebook import FREIGHT_MERCHANT, Cap, Due, Finding, Grant, Owed, Params, Rule
from amends.facts.stage import awaits_answer, delivered_at, received_back_at
from amends.rules.jd.pack import JD
from amends.rules.kernel_shop_cn import percent_of_paid, proofs

ALL_THREE: Final = frozenset({"return_refund", "exchange", "repair"})
EXCHANGE_REPAIR: Final = frozenset({"exchange", "repair"})
EXCHANGE_RETURN: Final = frozenset({"exchange", "return_refund"})
REPAIR_ONLY: Final = frozenset({"repair"})
SOFT: Final = frozenset({"shoes", "apparel", "bags", "jewellery"})
FLAWED: Final = ("quality", "damaged")


def _categories(case: Case) -> set[str]:
    return {item.line.category for item in case.request.lines}


@JD.rule(
    "jd.quality_ladder",
    "entitles",
    "JD-2",
    governs="request",
    holds=(
        "A confirmed quality fault: {return_days} days from the day after sign-off for return, exchange or repair (until {return_until}), "
        "{exchange_days} days for exchange or repair (until {exchange_until}), then repair; after {repairs} failed repairs exchange or "
        "return. Open now: {remedies}.",
        "质量问题属实：签收次日起 {return_days} 日内（至 {return_until}）可退货、换货或维修，{exchange_days} 日内（至 {exchange_until}）"
        "可换货或维修，此后保修；维修满 {repairs} 次仍不能正常使用可换货或退货。当前可选：{remedies}。",
    ),
    fails=("The quality fault was examined and not confirmed.", "质量问题经核实不成立。"),
    unknown=(
        "A quality fault is alleged; whether it exists is not settled yet.",
        "买家主张质量问题，是否属实尚未确认。",
    ),
)
def quality_ladder(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    signed = delivered_at(case)
    if case.request.reason != "quality" or signed is None or "fresh" in _categories(case):
        return None
    return_until, exchange_until = (
        hours_from_next_midnight(signed, 24 * p[f"quality.{name}_days"], "CN") for name in ("return", "exchange")
    )
    remedies = _rung(case, return_until, exchange_until, p["quality.repairs"])
    facts = {
        "confirmed": case.defect.confirmed,
        "return_days": p["quality.return_days"],
        "return_until": local(return_until, "CN"),
        "exchange_days": p["quality.exchange_days"],
        "exchange_until": local(exchange_until, "CN"),
        "repairs": p["quality.repairs"],
        "repairs_failed": case.defect.repairs_failed,
        "remedies": sorted(remedies),
    }
    grant = Grant("defect", remedies, FREIGHT_MERCHANT)
    if case.defect.confirmed is None:
        return rule.unknown(facts, "defect.confirmed", claims=(grant,))
    return rule.holds(facts, grant) if case.defect.confirmed else rule.fails(facts)


def _rung(case: Case, return_until: datetime, exchange_until: datetime, repairs: int) -> frozenset[str]:
    asked = case.request.requested_at
    if asked < return_until:
        return ALL_THREE
    if (case.defect.repairs_failed or 0) >= repairs:
        return EXCHANGE_RETURN
    return EXCHANGE_REPAIR if asked < exchange_until else REPAIR_ONLY


@JD.rule(
    "jd.quality_found.review",
    "requires",
    "JD-2 art 16",
    governs="request",
    holds=(
        "A quality fault was found: the merchant reviews the service order of {requested_at} within {hours} hours, by {until}, else JD refunds.",
        "已查明存在质量问题：商家须在 {hours} 小时内（{until} 前）审核 {requested_at} 的服务单，逾期京东退款。",
    ),
)
def quality_found(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if case.request.reason != "quality" or not case.defect.confirmed or not awaits_answer(case):
        return None
    hours, asked = p["quality_found.hours"], case.request.requested_at
    until = hours_from(asked, hours)
    facts = {"requested_at": local(asked, "CN"), "hours": hours, "until": local(until, "CN")}
    return rule.holds(facts, dues=(Due("merchant", "respond", until, "auto_refund"),))


@JD.rule(
    "jd.exchange.reship",
    "requires",
    "JD-2",
    governs="request",
    holds=(
        "Exchange after failed repairs; the goods were back on {received_at}: the new ones leave within {hours} hours, by {until}, "
        "else it becomes a return with refund.",
        "维修未果换货：退回商品于 {received_at} 收到，商家须在 {hours} 小时内（{until} 前）发出新货，否则转为退货退款。",
    ),
)
def exchange_reship(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    received = received_back_at(case)
    if case.request.kind != "exchange" or received is None or (case.defect.repairs_failed or 0) < p["quality.repairs"]:
        return None
    hours = p["exchange.reship_hours"]
    until = hours_from(received, hours)
    facts = {"received_at": local(received, "CN"), "hours": hours, "until": local(until, "CN")}
    return rule.holds(facts, dues=(Due("merchant", "ship", until, "auto_refund"),))


@JD.rule(
    "jd.false_page_compensation",
    "limits",
    "JD-2 art 11",
    governs="request",
    holds=(
        "The page was false: {percent} % of the amount paid ({paid}), at most {most}, that is {cap}; beside it return and refund.",
        "商品页面信息不实：按实付 {paid} 的 {percent}% 赔付，最高 {most}，即 {cap}；并支持退货退款。",
    ),
    fails=("A false page was alleged and not confirmed.", "主张页面信息不实，经核实不成立。"),
    unknown=(
        "A false page is alleged; only when it is confirmed are {cap} due ({percent} % of {paid}, at most {most}).",
        "主张页面信息不实；确认后按实付 {paid} 的 {percent}%、最高 {most} 赔付，即 {cap}。",
    ),
)
def false_page(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    request = case.request
    if (
        request.reason != "not_as_described"
        or request.kind not in ("compensation", "return_refund")
        or case.order.currency != "CNY"
    ):
        return None
    percent, most = p["false_page.percent"], p["false_page.most"]
    cap = min(percent_of_paid(case, percent), read_minor(most, 2))
    facts = {"confirmed": case.defect.confirmed, "percent": percent, "most": most, "cap": write_minor(cap, 2)}
    facts["paid"] = write_minor(percent_of_paid(case, 100), 2)
    if case.defect.confirmed is None:
        return rule.unknown(facts, "defect.confirmed")
    if not case.defect.confirmed:
        return rule.fails(facts)
    claim = Cap(frozenset({"compensation"}), cap) if request.kind == "compensation" else Owed(cap)
    return rule.holds(facts, claim)


FLAW: Final = (
    "An outward flaw shown on {requested_at}, inside the {hours} hours after sign-off (until {until}).",
    "外观瑕疵于 {requested_at} 反馈，在签收后 {hours} 小时内（至 {until}）。",
)
FLAW_LATE: Final = (
    "An outward flaw shown on {requested_at}; the {hours} hours after sign-off were over at {until}.",
    "外观瑕疵于 {requested_at} 反馈，已超过签收后 {hours} 小时（{until}）。",
)


def _is_flaw(case: Case) -> bool:
    """A minor flaw of the outside, as against a fault in how the goods work."""
    return case.request.reason in FLAWED and bool(case.defect.minor)


@JD.rule(
    "jd.flaw.electronics", "requires", "JD-2", governs="request", of=("jd.quality_ladder",), holds=FLAW, fails=FLAW_LATE
)
def flaw_electronics(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    signed = delivered_at(case)
    if not _is_flaw(case) or signed is None or not _categories(case) <= {"electronics", "appliance"}:
        return None
    # Portable or fixed is told by category; what is hard to see has the longer time either way.
    kind = "portable" if case.defect.visible and "appliance" not in _categories(case) else "fixed"
    hours, asked = p[f"flaw.{kind}_hours"], case.request.requested_at
    until = hours_from(signed, hours)
    facts = {
        "requested_at": local(asked, "CN"),
        "visible": case.defect.visible,
        "hours": hours,
        "until": local(until, "CN"),
    }
    return rule.holds(facts) if asked <= until else rule.fails(facts)


@JD.rule(
    "jd.flaw.soft_goods",
    "requires",
    "JD-2",
    governs="request",
    of=("jd.quality_ladder",),
    holds=(
        "A flaw told to the merchant within {hours} hours of sign-off, and asked about within {days} days from the day after it (until {until}).",
        "瑕疵在签收后 {hours} 小时内告知商家，并在签收次日起 {days} 日内（至 {until}）提交服务单。",
    ),
    fails=(
        "A flaw of shoes, clothes, bags, watches or jewellery has to be told within {hours} hours of sign-off and asked about within "
        "{days} days from the day after it (until {until}); here it was not.",
        "鞋服、箱包、钟表、珠宝的瑕疵须在签收后 {hours} 小时内告知商家，并在签收次日起 {days} 日内（至 {until}）提交服务单，本单未满足。",
    ),
)
def flaw_soft_goods(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    signed = delivered_at(case)
    if not _is_flaw(case) or signed is None or not _categories(case) <= SOFT:
        return None
    hours, days, asked = p["flaw.soft_hours"], p["flaw.soft_days"], case.request.requested_at
    tell_by, until = hours_from(signed, hours), hours_from_next_midnight(signed, 24 * days, "CN")
    told = [item.at for item in case.evidence if item.by == "buyer" and item.at]
    facts = {"told_at": local(min([asked, *told]), "CN"), "hours": hours, "days": days, "until": local(until, "CN")}
    return rule.holds(facts) if min([asked, *told]) <= tell_by and asked < until else rule.fails(facts)


@JD.rule(
    "jd.fresh.window",
    "requires",
    "JD-2",
    governs="request",
    holds=(
        "Fresh goods, complained of on {requested_at}, inside {hours} hours of sign-off (until {until}; live goods: {live_hours} hours).",
        "生鲜商品于 {requested_at} 反馈，在签收后 {hours} 小时内（至 {until}；鲜活商品为 {live_hours} 小时）。",
    ),
    fails=(
        "Fresh goods, complained of on {requested_at}: JD's {hours} hours after sign-off were over at {until}.",
        "生鲜商品于 {requested_at} 反馈，已超过签收后 {hours} 小时（{until}）。",
    ),
)
def fresh_window(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    signed = delivered_at(case)
    if (
        case.request.reason not in ("quality", "damaged", "expired")
        or signed is None
        or "fresh" not in _categories(case)
    ):
        return None
    hours, asked = p["fresh.hours"], case.request.requested_at
    until = hours_from(signed, hours)
    facts = {
        "requested_at": local(asked, "CN"),
        "hours": hours,
        "until": local(until, "CN"),
        "live_hours": p["fresh.live_hours"],
    }
    facts["given"] = proofs(case, "buyer")
    return rule.holds(facts) if asked <= until else rule.fails(facts)

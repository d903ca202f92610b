"""Douyin before the goods are in the buyer's hands: fast refund, stop and intercept, proof of delivery (DY-FAST, DY-ZZ, DY-SHIP, DY-LATE)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from amends.basics.periods import days_of_platform, hours_from
from amends.basics.zones import local
from amends.facts.case import Case
from amends.facts.codes import NO_REASON
from amends.facts.rulebook import Due, Finding, Grant, Params, Permit, Rule
from amends.facts.stage import LOST_TRACES, bought_at, is_received, is_unshipped, parcels
from amends.rules.douyin.pack import DOUYIN
from amends.rules.kernel_shop_cn import proofs

MONEY: Final = frozenset({"refund_only"})
MONEY_OR_RESEND: Final = frozenset({"refund_only", "resend"})
ASKS_MONEY: Final = ("cancel", "refund_only")
STOPPED: Final = LOST_TRACES | {"refused"}
DENIED: Final = ("not_received", "false_delivery")
PUT_DOWN: Final = ("locker", "station", "neighbour", "guard", "other")


@DOUYIN.rule(
    "douyin.fast_refund",
    "entitles",
    "DY-FAST",
    governs="request",
    holds=(
        "Marked for fast refund, paid and not shipped: Douyin agrees and pays back by itself.",
        "商品带极速退款标识，已付款且未发货：平台自动同意并退款。",
    ),
    fails=(
        "Marked for fast refund, but virtual goods, custom made goods and blind boxes are left out (lines {lines}).",
        "商品带极速退款标识，但虚拟、定制、盲盒类商品不适用极速退款（商品行 {lines}）。",
    ),
)
def fast_refund(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if case.request.kind not in ASKS_MONEY or "fast_refund" not in case.shop.labels:
        return None
    if not is_unshipped(case) or case.order.paid_at is None:
        return None
    left_out = [
        item.line.id for item in case.request.lines if _has_no_fast_refund(item.line.category, item.line.traits)
    ]
    if left_out:
        return rule.fails({"labels": ["fast_refund"], "lines": left_out})
    facts = {"labels": ["fast_refund"], "paid_at": local(case.order.paid_at, "CN")}
    return rule.holds(facts, Grant("cancel", MONEY))


def _has_no_fast_refund(category: str, traits: frozenset[str]) -> bool:
    """Virtual goods, custom made goods and blind boxes are left out."""
    return category in ("digital", "service") or "custom_made" in traits or "blind_box" in traits


@DOUYIN.rule(
    "douyin.unshipped_refund",
    "entitles",
    "DY-ZZ art 21",
    governs="now",
    holds=(
        "The buyer asked for the money on {requested_at}, before anything was shipped: the merchant stops shipping; goods sent all "
        "the same may be refused.",
        "买家于 {requested_at} 申请退款时商品尚未发出：商家应停止发货；强行发货的，买家可拒收。",
    ),
)
def unshipped_refund(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    request = case.request
    if request.kind not in ASKS_MONEY or is_received(case):
        return None
    sent = [parcel.shipped_at for parcel in parcels(case) if parcel.shipped_at]
    if not is_unshipped(case) and (not sent or min(sent) <= request.requested_at):
        return None
    facts = {"requested_at": local(request.requested_at, "CN"), "shipped_at": local(min(sent), "CN") if sent else None}
    return rule.holds(facts, Grant("cancel", MONEY))


@DOUYIN.rule(
    "douyin.intercept",
    "entitles",
    "DY-ZZ art 22",
    governs="now",
    holds=(
        "The parcel was stopped ({trace}): the money goes back.",
        "包裹已拦截成功或退回（{trace}），应退款。",
    ),
    unknown=(
        "The parcel is on the way ({trace}) and the buyer asks for the money: the merchant has it intercepted, and refunds once it is stopped.",
        "商品运输途中（{trace}）买家申请退款：商家应尽力拦截，拦截成功即退款。",
    ),
)
def intercept(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    request, sent = case.request, parcels(case)
    if request.kind not in ASKS_MONEY or request.reason not in NO_REASON or not sent or is_received(case):
        return None
    if is_unshipped(case):
        return None
    facts = {"trace": sent[-1].trace}
    if all(parcel.trace in STOPPED for parcel in sent):
        return rule.holds(facts, Grant("cancel", MONEY))
    return rule.unknown(facts, "shipments[].trace", claims=(Grant("cancel", MONEY),))


@DOUYIN.rule(
    "douyin.transit_risk",
    "entitles",
    "DY-ZZ arts 13, 29",
    governs="now",
    holds=(
        "The parcel did not reach the buyer ({trace}): until sign-off the risk is the seller's.",
        "包裹未送达买家（{trace}）：完成签收前的在途风险由商家承担。",
    ),
)
def transit_risk(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    sent = parcels(case)
    if case.request.reason not in ("not_received", "delivery_delayed") or not sent:
        return None
    if not all(parcel.trace in LOST_TRACES for parcel in sent):
        return None
    return rule.holds({"trace": sent[-1].trace}, Grant("non_delivery", MONEY_OR_RESEND))


@DOUYIN.rule(
    "douyin.delivery_proof",
    "entitles",
    "DY-ZZ arts 27-29",
    governs="now",
    holds=(
        "Left with {signed_by}, the buyer denies receipt, and the time for evidence ran out ({until}) without the merchant's proof of "
        "sign-off or of a person the buyer named: the money goes back.",
        "包裹交付至{signed_by}，买家否认收货，商家逾期（{until}）未证明买家签收或授权第三人签收：应退款。",
    ),
    fails=(
        "Left with {signed_by}, the buyer denies receipt; the merchant has given proof ({given}), which decides.",
        "包裹交付至{signed_by}，买家否认收货；商家已提供签收证明（{given}），以证明为准。",
    ),
    unknown=(
        "Left with {signed_by} and the buyer denies receipt: the merchant has to prove sign-off, or that the buyer had agreed to it.",
        "包裹交付至{signed_by}，买家否认收货：须由商家证明买家已签收或已同意代收。",
    ),
)
def delivery_proof(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    sent = parcels(case)
    signed_by = next((parcel.signed_by for parcel in sent if parcel.signed_by in PUT_DOWN), None)
    if case.request.reason not in DENIED or signed_by is None:
        return None
    given = [*proofs(case, "merchant"), *proofs(case, "carrier")]
    asked = case.platform.evidence_asked_at
    until = hours_from(asked, p["evidence.hours"]) if asked else None
    facts = {"signed_by": signed_by, "given": given, "until": until and local(until, "CN")}
    if given:
        return rule.fails(facts)
    grant = Grant("non_delivery", MONEY_OR_RESEND)
    if until and at >= until:
        return rule.holds(facts, grant)
    return rule.unknown(facts, "evidence", claims=(grant,))


@DOUYIN.rule(
    "douyin.very_late_parcel",
    "flags",
    "DY-SHIP",
    governs="request",
    holds=(
        "Undelivered ({trace}), asked for as not received: once the parcel is past Douyin's limit from pick-up to sign-off, Douyin takes "
        "the merchant's consent as given and refunds by itself. Look there before paying.",
        "包裹未签收（{trace}），买家以未收到货申请退款：超过平台揽收至签收时限的，视为商家同意并由平台自动退款，请先核对平台状态以免重复退款。",
    ),
)
def very_late_parcel(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    request, sent = case.request, parcels(case)
    if request.kind != "refund_only" or request.reason not in ("not_received", "delivery_delayed"):
        return None
    if is_unshipped(case) or is_received(case):
        return None
    return rule.holds({"trace": sent[-1].trace if sent else None}, Permit("review"))


@DOUYIN.rule(
    "douyin.never_shipped",
    "requires",
    "DY-LATE 2.3",
    governs="now",
    holds=(
        "Nothing was shipped: {days} days after the order of {placed_at}, on {until}, Douyin closes it and refunds the way it was paid.",
        "订单 {placed_at} 下单后未发货：满 {days} 天（{until}）平台自动关闭并原路退款。",
    ),
)
def never_shipped(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not is_unshipped(case) or case.order.paid_at is None:
        return None
    days, placed = p["never_shipped.days"], bought_at(case)
    until = days_of_platform(placed, days)
    facts = {"placed_at": local(placed, "CN"), "days": days, "until": local(until, "CN")}
    return rule.holds(facts, dues=(Due("platform", "refund", until, "auto_refund"),))

"""Douyin on returns under way and in dispute: evidence, agreements, goods received back, freight (DY-ZZ; DY-INS)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from amends.basics.periods import days_of_platform, hours_from
from amends.basics.zones import local
from amends.facts.case import Case
from amends.facts.codes import DEFECT, NO_REASON, REASON_FAULTS
from amends.facts.rulebook import FREIGHT_BUYER, FREIGHT_MERCHANT, Due, Finding, Freight, Grant, Params, Permit, Rule
from amends.facts.stage import is_unshipped, needs_goods_back, received_back_at
from amends.rules.douyin.pack import DOUYIN
from amends.rules.kernel_shop_cn import proofs, spoiled

BACK: Final = frozenset({"return_refund"})


def _freight(case: Case) -> Freight:
    return FREIGHT_BUYER if case.request.reason in NO_REASON else FREIGHT_MERCHANT


def _grant(case: Case, ground: str, *, final: bool) -> Grant:
    """The refund of a return, with outbound shipping only where the buyer is not the one who changed their mind."""
    return Grant(ground, BACK, _freight(case), 0 if case.request.reason in NO_REASON else None, final=final)


@DOUYIN.rule(
    "douyin.evidence",
    "requires",
    "DY-ZZ art 8",
    governs="now",
    holds=(
        "Douyin asked for evidence on {asked_at}: within {hours} hours, by {until}; after that it decides on what there is.",
        "平台于 {asked_at} 要求举证，商家须在 {hours} 小时内（{until} 前）提交，逾期按现有凭证判定。",
    ),
)
def evidence(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    asked = case.platform.evidence_asked_at
    if asked is None or case.platform.ruling or proofs(case, "merchant", since=asked):
        return None
    hours = p["evidence.hours"]
    until = hours_from(asked, hours)
    facts = {"asked_at": local(asked, "CN"), "hours": hours, "until": local(until, "CN")}
    return rule.holds(facts, dues=(Due("merchant", "give_evidence", until, "decided_on_file"),))


@DOUYIN.rule(
    "douyin.agreed_return_binds",
    "entitles",
    "DY-ZZ art 52",
    governs="now",
    holds=(
        "The merchant agreed to the return on {agreed_at}: what was known then is no reason to refuse the refund now.",
        "商家已于 {agreed_at} 同意退货：同意时已知的情况不得再作为拒绝退款的理由。",
    ),
    fails=(
        "The merchant agreed on {agreed_at}, but what came back was not as known then: {spoiled}.",
        "商家于 {agreed_at} 同意退货，但收到的商品与同意时所知不符：{spoiled}。",
    ),
)
def agreed_return_binds(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    agreed = case.request.agreed_at
    if agreed is None or case.request.kind != "return_refund" or is_unshipped(case):
        return None
    # Only an inspection tells something new; a state that the file knew of when the merchant agreed is no ground any more.
    found = spoiled(case) if case.inspection else []
    facts = {"agreed_at": local(agreed, "CN"), "spoiled": found}
    return rule.fails(facts) if found else rule.holds(facts, _grant(case, "agreed", final=True))


@DOUYIN.rule(
    "douyin.returned_goods_proof",
    "entitles",
    "DY-ZZ arts 18, 36",
    governs="now",
    holds=(
        "The goods came back on {received_at} and the merchant finds fault with them ({spoiled}) without proof: the order is refunded.",
        "退货已于 {received_at} 签收，商家主张商品有问题（{spoiled}）但未提供有效凭证：应予退款。",
    ),
    fails=(
        "The goods came back on {received_at} with {spoiled}, and there is proof ({given}): the merchant sends them back to the buyer, else it refunds.",
        "退货于 {received_at} 签收，存在问题（{spoiled}）且有凭证（{given}）：商家须将商品寄回买家，否则应退款。",
    ),
)
def returned_goods_proof(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    received = received_back_at(case)
    if received is None or case.request.kind != "return_refund" or not (found := spoiled(case)):
        return None
    given = [*proofs(case, "merchant", since=received), *proofs(case, "carrier", ("report", "weight"))]
    facts = {"received_at": local(received, "CN"), "spoiled": found, "given": given}
    return rule.fails(facts) if given else rule.holds(facts, _grant(case, "returned", final=True), Permit("review"))


@DOUYIN.rule(
    "douyin.refund_without_return",
    "entitles",
    "DY-ZZ art 17",
    governs="now",
    holds=(
        "The goods are unfit for being sent back (lines {lines}) and the fault is confirmed: they are refunded without it.",
        "商品不宜退回（商品行 {lines}）且问题属实：无需退货，直接退款。",
    ),
    unknown=(
        "The goods are unfit for being sent back (lines {lines}): if the fault is confirmed they are refunded without it.",
        "商品不宜退回（商品行 {lines}）：问题属实的，无需退货直接退款。",
    ),
)
def refund_without_return(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    request = case.request
    if (
        request.reason not in DEFECT
        or request.kind not in ("refund_only", "return_refund")
        or case.defect.confirmed is False
    ):
        return None
    unfit = [
        item.line.id for item in request.lines if "perishable" in item.line.traits and item.line.category != "fresh"
    ]
    if is_unshipped(case) or len(unfit) != len(request.lines):
        return None
    grant = Grant("defect", frozenset({"refund_only"}))
    if case.defect.confirmed is None:
        return rule.unknown({"lines": unfit}, "defect.confirmed", claims=(grant,))
    return rule.holds({"lines": unfit}, grant)


@DOUYIN.rule(
    "douyin.freight.no_reason",
    "requires",
    "DY-ZZ art 44",
    governs="now",
    holds=(
        "Seven-day return: the buyer pays the way back; where shipping was not free ({shipping}), or stops being free, the way out as well; "
        "for an exchange both ways.",
        "七天无理由：包邮订单买家仅承担退回运费；非包邮（运费 {shipping}）或部分退货后不满足包邮的，往返运费由买家承担；换货往返运费由买家承担。",
    ),
)
def freight_no_reason(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if (
        case.request.kind not in ("return_refund", "exchange")
        or case.request.reason not in NO_REASON
        or is_unshipped(case)
    ):
        return None
    shipping = case.order.shipping_paid
    return rule.holds({"shipping": f"{shipping // 100}.{shipping % 100:02d}", "payer": FREIGHT_BUYER})


@DOUYIN.rule(
    "douyin.freight.by_fault",
    "requires",
    "DY-ZZ arts 42, 46, 48",
    governs="now",
    holds=(
        "The way back is the merchant's cost ({reason}), at what the carrier really charged.",
        "非买家原因（{reason}），退换运费由商家承担，以承运人实际收取为准。",
    ),
    unknown=(
        "Who pays the way back follows from who is at fault ({reason}), which is not settled.",
        "退换运费由责任方承担（{reason}），责任尚未确定。",
    ),
)
def freight_by_fault(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    request = case.request
    if not needs_goods_back(request.kind) or request.reason in NO_REASON or REASON_FAULTS[request.reason] != "seller":
        return None
    facts = {"reason": request.reason, "confirmed": case.defect.confirmed}
    opened = case.platform.dispute_opened_at
    # Agreed to before Douyin was called in, and nothing said about freight: the merchant pays.
    silent = request.agreed_at is not None and (opened is None or request.agreed_at <= opened)
    if case.defect.confirmed or silent:
        return rule.holds(facts)
    return rule.unknown(facts, "defect.confirmed") if case.defect.confirmed is None else None


@DOUYIN.rule(
    "douyin.freight_insurance",
    "permits",
    "DY-INS",
    governs="request",
    holds=(
        "Return freight is insured: asked for on {requested_at}, inside {days} days of shipping (until {until}).",
        "订单有运费险：申请时间 {requested_at}，在商家发货后 {days} 天内（至 {until}）。",
    ),
    fails=(
        "Return freight was insured for {days} days from shipping, until {until}; the request came on {requested_at}.",
        "运费险保障期为商家发货后 {days} 天（至 {until}），申请时间 {requested_at} 已超出。",
    ),
)
def freight_insurance(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    request = case.request
    sent = [parcel.shipped_at for parcel in case.shipments if parcel.shipped_at]
    if "freight_insurance" not in case.shop.labels or request.kind not in ("return_refund", "exchange") or not sent:
        return None
    days = p["freight_insurance.days"]
    until = days_of_platform(min(sent), days)
    facts = {"requested_at": local(request.requested_at, "CN"), "days": days, "until": local(until, "CN")}
    return rule.holds(facts) if request.requested_at <= until else rule.fails(facts)

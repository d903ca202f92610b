"""PRC law on defects, transit, fraud and abuse."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from amends.basics.money import read_minor, write_minor
from amends.basics.periods import days_of_law
from amends.basics.zones import local
from amends.facts.case import Case
from amends.facts.codes import DEFECT
from amends.facts.rulebook import FREIGHT_MERCHANT, Finding, Grant, Owed, Params, Permit, Rule
from amends.facts.stage import (
    LOST_TRACES,
    delivered_at,
    delivered_no_earlier_than,
    is_received,
    paid_for_request,
    parcels,
)
from amends.rules.cn.pack import CN

ALL_THREE: Final = frozenset({"return_refund", "exchange", "repair"})
EXCHANGE_REPAIR: Final = frozenset({"exchange", "repair"})
SIGN_OFF: Final = "shipments[].delivered_at"


@CN.rule(
    "cn.quality",
    "entitles",
    "XFF art 24; QRT art 35; TL art 18",
    holds=(
        "A confirmed defect ({reason}): inside {days} days of receipt (until {until}) the buyer chooses return, exchange or repair, "
        "later exchange or repair; freight is on the operator. Open now: {remedies}.",
        "已确认存在问题（{reason}）：收货后 {days} 日内（至 {until}）可退货、更换或修理，此后可更换或修理，运费由经营者承担。当前可选：{remedies}。",
    ),
    fails=("The alleged defect ({reason}) was examined and not confirmed.", "所称问题（{reason}）经核实不成立。"),
    unknown=(
        "A defect is alleged ({reason}); whether it exists⟦ (confirmed: {confirmed})⟧, or since when the buyer has the goods, is not settled yet.",
        "消费者主张存在问题（{reason}）；是否属实⟦（已确认：{confirmed}）⟧或签收时间尚待查明。",
    ),
)
def quality(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    signed = delivered_at(case)
    if case.request.reason not in DEFECT or not is_received(case):
        return None
    days, asked = p["quality.return_days"], case.request.requested_at
    until = days_of_law(signed or delivered_no_earlier_than(case), days, "CN")
    remedies = ALL_THREE if asked < until else EXCHANGE_REPAIR
    facts = {
        "reason": case.request.reason,
        "confirmed": case.defect.confirmed,
        "days": days,
        "until": local(until, "CN") if signed else None,
        "remedies": sorted(remedies),
    }
    grant = Grant("defect", remedies, FREIGHT_MERCHANT)
    if signed is None and remedies is EXCHANGE_REPAIR and case.defect.confirmed is not False:
        facts["remedies"] = sorted(ALL_THREE)
        doubts = ("defect.confirmed", SIGN_OFF) if case.defect.confirmed is None else (SIGN_OFF,)
        return rule.unknown(facts, *doubts, claims=(Grant("defect", ALL_THREE, FREIGHT_MERCHANT),))
    if case.defect.confirmed is None:
        return rule.unknown(facts, "defect.confirmed", claims=(grant,))
    return rule.holds(facts, grant) if case.defect.confirmed else rule.fails(facts)


@CN.rule(
    "cn.repeat_repair",
    "entitles",
    "SB art 11",
    holds=(
        "{repairs_failed} repairs failed (limit {count}): the buyer gets a free exchange or gives the goods back; no further repair can be forced.",
        "已修理 {repairs_failed} 次仍不能正常使用（规定 {count} 次）：应免费更换或退货，不得强制再次修理。",
    ),
    fails=(
        "{repairs_failed} failed repairs; the free exchange or return needs {count}.",
        "修理失败 {repairs_failed} 次，未达 {count} 次。",
    ),
)
def repeat_repair(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    failed = case.defect.repairs_failed
    if case.request.reason not in DEFECT or failed is None:
        return None
    facts = {"repairs_failed": failed, "count": p["repeat_repair.count"]}
    if failed < p["repeat_repair.count"]:
        return rule.fails(facts)
    return rule.holds(facts, Grant("defect", frozenset({"exchange", "return_refund"}), FREIGHT_MERCHANT))


@CN.rule(
    "cn.transit_risk",
    "entitles",
    "DSF arts 20, 51",
    holds=(
        "Not handed over to the buyer ({trace}): until sign-off the goods travel at the operator's risk; the price comes back in full.",
        "商品未交付到消费者（{trace}）：签收前风险由经营者承担，应全额退款或补发。",
    ),
    fails=("Delivered and signed for ({signed_by}) on {delivered_at}.", "已于 {delivered_at} 签收（{signed_by}）。"),
    unknown=(
        "Still on the way⟦ ({trace})⟧, or the hand-over is denied: the carrier's record must show what became of the parcel.",
        "包裹仍在途⟦（{trace}）⟧或对签收有争议，须以承运人记录查明。",
    ),
)
def transit_risk(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    reason, sent = case.request.reason, parcels(case)
    short = reason in ("missing_item", "empty_parcel")
    if not short and reason not in ("not_received", "delivery_delayed", "false_delivery") or not sent:
        return None
    trace = next((parcel.trace for parcel in sent if parcel.trace in LOST_TRACES), sent[-1].trace)
    signed = delivered_at(case)
    facts = {"trace": trace, "signed_by": sent[-1].signed_by, "delivered_at": signed and local(signed, "CN")}
    grant = Grant("non_delivery", frozenset({"refund_only", "resend"}), None)
    if trace in LOST_TRACES or short and case.defect.confirmed:
        return rule.holds(facts, grant)
    if short and case.defect.confirmed is False:
        return rule.fails(facts)
    if is_received(case) and not short and sent[-1].signed_by == "buyer" and reason != "false_delivery":
        return rule.fails(facts)
    return rule.unknown(facts, "defect.confirmed" if short else "shipments[].trace", claims=(grant,))


@CN.rule(
    "cn.fraud_damages",
    "entitles",
    "XFF art 55(1); TL art 49",
    holds=(
        "Counterfeit goods, confirmed: {times} times the price ({price}), at least {least}, on top of the refund: {amount}.",
        "确认售假：在退款之外按价款（{price}）{times} 倍赔偿，不足 {least} 按 {least} 计，计 {amount}。",
    ),
    fails=("Fraud is alleged and was not confirmed.", "主张欺诈但未经确认。"),
    unknown=("Fraud is alleged; it is not settled whether the goods are counterfeit.", "主张假冒，是否属实尚未确认。"),
)
def fraud_damages(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if case.request.reason != "counterfeit" or case.order.currency != "CNY":
        return None
    price = paid_for_request(case)
    amount = max(p["fraud.times"] * price, read_minor(p["fraud.least"], 2))
    facts = {"confirmed": case.defect.confirmed, "price": write_minor(price, 2), "times": p["fraud.times"]}
    facts |= {"least": p["fraud.least"], "amount": write_minor(amount, 2)}
    if case.defect.confirmed is None:
        return rule.unknown(facts, "defect.confirmed")
    if not case.defect.confirmed or case.goods.swapped:
        return rule.fails(facts)
    return rule.holds(facts, Owed(amount))


@CN.rule(
    "cn.malicious_claim",
    "flags",
    "TL art 49(2)",
    governs="request",
    holds=(
        "What came back is not what was sold (swapped): such a claim gives no damages and may be a matter for the police. A person looks at it.",
        "退回的不是所售商品（掉包）：不适用惩罚性赔偿，情节严重的可移送公安机关；须人工处理。",
    ),
)
def malicious_claim(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not case.goods.swapped:
        return None
    return rule.holds({"swapped": True, "grade": case.inspection and case.inspection.grade}, Permit("review"))


@CN.rule(
    "cn.refund_only_not_forced",
    "permits",
    "PTGZ art 27",
    governs="request",
    holds=(
        "The goods are with the buyer: whether money goes back without them is the merchant's own choice; a platform may not force it.",
        "商品已由消费者签收：是否不退货仅退款由商家自行决定，平台不得强制。",
    ),
)
def refund_only_not_forced(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if case.request.kind != "refund_only" or case.shop.channel == "direct" or not is_received(case):
        return None
    return rule.holds({"channel": case.shop.channel})

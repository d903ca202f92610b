"""PRC law on going back on a purchase: seven days, exclusions, intact goods, quality, transit, damages."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from amends.basics.money import read_minor, write_minor
from amends.basics.periods import days_of_law
from amends.basics.zones import local
from amends.facts.case import Case, Line
from amends.facts.codes import DEFECT, NO_REASON
from amends.facts.rulebook import FREIGHT_MERCHANT, Due, ExcludeLines, Finding, Grant, Owed, Params, Permit, Rule
from amends.facts.stage import (
    LOST_TRACES,
    awaits_answer,
    delivered_at,
    is_unshipped,
    paid_for_request,
    parcels,
    received_back_at,
)
from amends.rules.cn.intact import spoiled_states, states_looked_at
from amends.rules.cn.pack import CN

BACK: Final = frozenset({"return_refund"})
MONEY: Final = frozenset({"refund_only"})
ALL_THREE: Final = frozenset({"return_refund", "exchange", "repair"})
EXCHANGE_REPAIR: Final = frozenset({"exchange", "repair"})


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
        "The notice ({requested_at}) falls inside the {days} days after sign-off, which end at {until}: the buyer may return without a reason.",
        "退货通知（{requested_at}）在签收次日起 {days} 日内（至 {until} 止）发出，消费者有权无理由退货。",
    ),
    fails=(
        "The notice ({requested_at}) came after the {days} days from the day after sign-off were over ({until}).",
        "退货通知（{requested_at}）晚于签收次日起 {days} 日的期限（{until}）。",
    ),
)
def no_reason_return(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not is_no_reason(case):
        return None
    days, asked, signed = p["no_reason.days"], case.request.requested_at, delivered_at(case)
    facts = {"requested_at": local(asked, "CN"), "delivered_at": signed and local(signed, "CN"), "days": days, "until": None}
    if signed is None:
        remedies = MONEY if is_unshipped(case) else BACK
        return rule.holds(facts, Grant("no_reason", remedies, "buyer", shipping=None if remedies is MONEY else 0))
    until = days_of_law(signed, days, "CN")
    facts["until"] = local(until, "CN")
    if asked >= until:
        return rule.fails(facts)
    return rule.holds(facts, Grant("no_reason", BACK, "buyer", shipping=0))


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
    found = {item.line.id: why for item in case.request.lines if (why := _is_left_out(item.line, case.goods.seal_broken))}
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
    return rule.holds({"traits": traits, "lines": confirmed, "no_return_confirmed": True}, ExcludeLines(frozenset(confirmed)))


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
        "A defect is alleged ({reason}), but whether it exists is not settled yet.",
        "消费者主张存在问题（{reason}），是否属实尚未确认。",
    ),
)
def quality(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    signed = delivered_at(case)
    if case.request.reason not in DEFECT or signed is None:
        return None
    days = p["quality.return_days"]
    until = days_of_law(signed, days, "CN")
    remedies = ALL_THREE if case.request.requested_at < until else EXCHANGE_REPAIR
    facts = {
        "reason": case.request.reason,
        "confirmed": case.defect.confirmed,
        "days": days,
        "until": local(until, "CN"),
        "remedies": sorted(remedies),
    }
    grant = Grant("defect", remedies, FREIGHT_MERCHANT)
    if case.defect.confirmed is None:
        return rule.unknown(facts, "defect.confirmed", claims=(grant,))
    return rule.holds(facts, grant) if case.defect.confirmed else rule.fails(facts)


@CN.rule(
    "cn.repeat_repair",
    "entitles",
    "SB art 11",
    holds=(
        "{repairs_failed} repairs failed (limit {count}): the buyer gets a free exchange.",
        "已修理 {repairs_failed} 次仍不能正常使用（规定 {count} 次），应免费更换。",
    ),
    fails=("{repairs_failed} failed repairs; the free exchange needs {count}.", "修理失败 {repairs_failed} 次，未达 {count} 次。"),
)
def repeat_repair(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    failed = case.defect.repairs_failed
    if case.request.reason not in DEFECT or failed is None:
        return None
    facts = {"repairs_failed": failed, "count": p["repeat_repair.count"]}
    if failed < p["repeat_repair.count"]:
        return rule.fails(facts)
    return rule.holds(facts, Grant("defect", frozenset({"exchange"}), FREIGHT_MERCHANT))


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
        "Still on the way ({trace}), or the hand-over is denied: the carrier's record must show what became of the parcel.",
        "包裹仍在途（{trace}）或对签收有争议，须以承运人记录查明。",
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
    if signed and not short and sent[-1].signed_by == "buyer" and reason != "false_delivery":
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
    if case.request.kind != "refund_only" or case.shop.channel == "direct" or delivered_at(case) is None:
        return None
    return rule.holds({"channel": case.shop.channel})

"""Taobao in a dispute: evidence, who proves what, freight, gifts (TB-CNY; TB-DISP)."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal

from amends.basics.money import write_minor
from amends.basics.periods import days_of_platform
from amends.basics.zones import local
from amends.facts.case import Case
from amends.facts.codes import DEFECT, NO_REASON, REASON_FAULTS
from amends.facts.rulebook import FREIGHT_BUYER, FREIGHT_MERCHANT, Deduct, Due, Finding, Params, Rule
from amends.facts.stage import is_unshipped, needs_goods_back, whole_order
from amends.rules.kernel_shop_cn import proofs
from amends.rules.kernel_timers import number, number_if_any
from amends.rules.taobao.pack import TAOBAO

SEEN: Final = ("photo", "video", "weight")
PAPERS: Final = ("document", "report")
SIDES: Final[tuple[Literal["merchant", "buyer"], ...]] = ("merchant", "buyer")


def _opened_at(case: Case) -> datetime | None:
    return case.platform.evidence_asked_at or case.platform.dispute_opened_at


@TAOBAO.rule(
    "taobao.evidence",
    "requires",
    "TB-CNY",
    governs="request",
    holds=(
        "In intervention the buyer gave evidence on {given_at}: the merchant handles it within {days} days, by {until}; "
        "after that the platform decides by hand.",
        "介入中买家已于 {given_at} 举证，商家须在 {days} 天内（{until} 前）处理，逾期由人工判定。",
    ),
)
def evidence(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    opened = _opened_at(case)
    if opened is None or case.platform.ruling:
        return None
    given = [item.at for item in case.evidence if item.by == "buyer" and item.at and item.at >= opened]
    if not given or proofs(case, "merchant", since=max(given)):
        return None
    node = max(given)
    days = number(p, case, node, "evidence.merchant_days")
    until = days_of_platform(node, days)
    facts = {"given_at": local(node, case.market), "days": days, "until": local(until, case.market)}
    return rule.holds(facts, dues=(Due("merchant", "give_evidence", until, "decided_on_file"),))


@TAOBAO.rule(
    "taobao.evidence.spring_festival",
    "requires",
    "TB-CNY",
    governs="request",
    holds=(
        "Intervention began on {opened_at}, in the Spring Festival window: both sides give their evidence within {days} days, by {until}.",
        "平台于 {opened_at} 介入（春节时效期间），双方须在 {days} 天内（{until} 前）上传凭证。",
    ),
)
def evidence_spring_festival(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    opened = _opened_at(case)
    days = number_if_any(p, opened, "evidence.both_days") if opened and not case.platform.ruling else None
    if opened is None or days is None:
        return None
    until = days_of_platform(opened, days)
    facts = {"opened_at": local(opened, case.market), "days": days, "until": local(until, case.market)}
    dues = tuple(
        [Due(who, "give_evidence", until, "decided_on_file") for who in SIDES if not proofs(case, who, since=opened)]
    )
    return rule.holds(facts, dues=dues)


@TAOBAO.rule(
    "taobao.evidence_split",
    "requires",
    "TB-DISP arts 65-66",
    governs="request",
    holds=(
        "Proof stands: {given} from the side that has to begin ({who}); now the other side answers.",
        "应先举证的一方（{who}）已提供：{given}，由对方回应。",
    ),
    fails=(
        "A defect that can be seen ({reason}): the buyer has to prove it first, and has given nothing to look at.",
        "可见的问题（{reason}）由买家先举证，目前尚未提供照片或视频。",
    ),
    unknown=(
        "A hidden defect or a fake ({reason}): the seller's papers on where the goods come from are needed first, then the buyer's test.",
        "隐蔽瑕疵或涉嫌假货（{reason}）：先由卖家提供进货、来源凭证，再由买家提供检测结果。",
    ),
)
def evidence_split(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    reason, defect = case.request.reason, case.defect
    if reason not in DEFECT or defect.confirmed is not None or is_unshipped(case):
        return None
    if reason == "counterfeit" or defect.visible is False:
        papers = proofs(case, "merchant", PAPERS)
        facts = {"reason": reason, "who": "merchant", "given": papers}
        return rule.holds(facts) if papers else rule.unknown(facts, "evidence")
    seen = proofs(case, "buyer", SEEN)
    facts = {"reason": reason, "who": "buyer", "given": seen}
    return rule.holds(facts) if seen else rule.fails(facts)


@TAOBAO.rule(
    "taobao.freight",
    "requires",
    "TB-DISP arts 49-54",
    governs="request",
    holds=(
        "The way back is paid by the {payer} ({reason}).",
        "退换运费由{payer}承担（{reason}）。",
    ),
    unknown=(
        "Who pays the way back follows from who is at fault ({reason}), which is not settled.",
        "退换运费按责任划分（{reason}），责任尚未确定。",
    ),
)
def freight(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    request = case.request
    if not needs_goods_back(request.kind) or is_unshipped(case):
        return None
    facts = {"reason": request.reason, "agreed_at": request.agreed_at and local(request.agreed_at, case.market)}
    if request.reason in NO_REASON:
        return rule.holds({**facts, "payer": FREIGHT_BUYER})
    opened = case.platform.dispute_opened_at
    silent = request.agreed_at is not None and (opened is None or request.agreed_at <= opened)
    if silent or (case.defect.confirmed and REASON_FAULTS[request.reason] == "seller"):
        return rule.holds({**facts, "payer": FREIGHT_MERCHANT})
    return rule.unknown({**facts, "payer": None}, "defect.confirmed")


@TAOBAO.rule(
    "taobao.gift_value",
    "limits",
    "TB-DISP art 63",
    governs="request",
    holds=(
        "A gift stays with the buyer: it counts at its declared value, {amount}.",
        "赠品未退回，按标明的价值 {amount} 计算。",
    ),
    unknown=(
        "A gift stays with the buyer and no value was declared: its market price counts.",
        "赠品未退回且未标明价值，按市场价计算。",
    ),
)
def gift_value(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    request = case.request
    if (
        request.kind != "return_refund"
        or request.reason not in NO_REASON
        or is_unshipped(case)
        or not whole_order(case)
    ):
        return None
    asked = {item.line.id: item.quantity for item in request.lines}
    kept = [(line, line.quantity - asked.get(line.id, 0)) for line in case.order.lines if "gift" in line.traits]
    kept = [(line, pieces) for line, pieces in kept if pieces]
    if not kept:
        return None
    facts = {"gifts": [line.id for line, _ in kept], "amount": None}
    if any(line.gift_value is None for line, _ in kept):
        return rule.unknown(facts, "order.lines[].gift_value")
    amount = sum([(line.gift_value or 0) * pieces for line, pieces in kept])
    return rule.holds({**facts, "amount": write_minor(amount, case.order.digits)}, Deduct("gift", amount))

"""Douyin on who proves what when goods are said to be wrong (DY-ZZ arts 55-61)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from amends.basics.money import write_minor
from amends.basics.periods import hours_from
from amends.basics.zones import local
from amends.facts.case import Case
from amends.facts.rulebook import FREIGHT_MERCHANT, Finding, Grant, Owed, Params, Rule
from amends.facts.stage import is_received
from amends.rules.douyin.pack import DOUYIN
from amends.rules.kernel_shop_cn import proofs

SHORT: Final = ("missing_item", "empty_parcel", "wrong_item")
SEEN: Final = ("photo", "video", "weight", "report")
PACKING: Final = ("photo", "video", "weight", "document", "waybill")
PAPERS: Final = ("document", "report")
REMEDIES_SHORT: Final = frozenset({"refund_only", "resend"})
REMEDIES_WRONG: Final = frozenset({"return_refund", "exchange"})
REMEDIES_DAMAGED: Final = frozenset({"exchange", "resend", "return_refund"})


def _time_is_up(case: Case, p: Params, at: datetime) -> bool:
    """Evidence was asked for and its time has run out."""
    asked = case.platform.evidence_asked_at
    return asked is not None and at >= hours_from(asked, p["evidence.hours"])


def _weigh(rule: Rule, case: Case, p: Params, at: datetime, grant: Grant, facts: dict[str, object]) -> Finding:
    """Confirmed or not, where that is known; else the buyer's showing and the merchant's silence decide, once its time is up."""
    confirmed = case.defect.confirmed
    if confirmed is not None:
        return rule.holds(facts, grant) if confirmed else rule.fails(facts)
    if facts["buyer_gave"] and not facts["merchant_gave"] and _time_is_up(case, p, at):
        return rule.holds(facts, grant)
    return rule.unknown(facts, "defect.confirmed" if facts["buyer_gave"] else "evidence", claims=(grant,))


def _facts(case: Case, merchant_kinds: tuple[str, ...]) -> dict[str, object]:
    buyer_gave, merchant_gave = proofs(case, "buyer", SEEN), proofs(case, "merchant", merchant_kinds)
    return {"reason": case.request.reason, "buyer_gave": buyer_gave, "merchant_gave": merchant_gave}


@DOUYIN.rule(
    "douyin.missing_parcel_proof",
    "entitles",
    "DY-ZZ arts 55-56",
    governs="now",
    holds=(
        "{reason}: shown by the buyer ({buyer_gave}) and not answered by packing list, packing video, carrier's stamp or weighing photo, "
        "or confirmed: what is missing is refunded at its price or sent; what is wrong is taken back.",
        "{reason}：买家已举证（{buyer_gave}），商家未提供发货清单、打包视频、承运人盖章或称重凭证，或问题已确认：缺少的按实际价格退款或补寄，错发的退换。",
    ),
    fails=("{reason} was alleged and not confirmed.", "主张{reason}，经核实不成立。"),
    unknown=(
        "{reason}: the buyer shows it first (given: {buyer_gave}), then the merchant answers with packing list, packing video, carrier's "
        "stamp or weighing photo (given: {merchant_gave}).",
        "{reason}：先由买家举证（已有：{buyer_gave}），再由商家提供发货清单、打包视频、承运人盖章或称重凭证（已有：{merchant_gave}）。",
    ),
)
def missing_parcel_proof(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    reason = case.request.reason
    if reason not in SHORT or not is_received(case):
        return None
    wrong = reason == "wrong_item"
    grant = Grant("defect", REMEDIES_WRONG if wrong else REMEDIES_SHORT, FREIGHT_MERCHANT)
    return _weigh(rule, case, p, at, grant, _facts(case, PACKING))


@DOUYIN.rule(
    "douyin.missing_gift",
    "entitles",
    "DY-ZZ art 56",
    governs="now",
    holds=("A gift did not come: its declared value, {amount}, is owed.", "赠品未收到：按标明的价值 {amount} 赔付。"),
)
def missing_gift(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if case.request.reason != "missing_item" or not case.defect.confirmed or case.request.kind == "resend":
        return None
    gifts = [
        item
        for item in case.request.lines
        if "gift" in item.line.traits and item.line.gift_value and not item.line.paid
    ]
    if not gifts:
        return None
    amount = sum([(item.line.gift_value or 0) * item.quantity for item in gifts])
    facts = {"gifts": [item.line.id for item in gifts], "amount": write_minor(amount, case.order.digits)}
    return rule.holds(facts, Owed(amount))


@DOUYIN.rule(
    "douyin.damaged_parcel",
    "entitles",
    "DY-ZZ art 57",
    governs="now",
    holds=(
        "It came damaged: sent anew or exchanged first, else return and refund.",
        "收到商品破损属实：优先补发或换货，无法补换的退货退款。",
    ),
    fails=("Damage was alleged and not confirmed.", "主张破损，经核实不成立。"),
    unknown=(
        "Damage is alleged (buyer gave: {buyer_gave}): the merchant has to prove that it was whole at sign-off (given: {merchant_gave}).",
        "主张收到商品破损（买家凭证：{buyer_gave}）：由商家证明签收时完好（已有：{merchant_gave}）。",
    ),
)
def damaged_parcel(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if case.request.reason != "damaged" or not is_received(case):
        return None
    return _weigh(rule, case, p, at, Grant("defect", REMEDIES_DAMAGED, FREIGHT_MERCHANT), _facts(case, ()))


@DOUYIN.rule(
    "douyin.visible_defect",
    "entitles",
    "DY-ZZ art 58",
    governs="now",
    holds=(
        "A defect that can be seen, shown by the buyer ({buyer_gave}) and not countered, or confirmed: return and refund.",
        "可见瑕疵，买家已初步举证（{buyer_gave}）且商家未反驳，或已确认：支持退货退款。",
    ),
    fails=("The visible defect was examined and not confirmed.", "可见瑕疵经核实不成立。"),
    unknown=(
        "A defect that can be seen: the buyer shows it first (given: {buyer_gave}), then the merchant may counter it (given: {merchant_gave}).",
        "可见瑕疵：先由买家初步举证（已有：{buyer_gave}），商家可反驳（已有：{merchant_gave}）。",
    ),
)
def visible_defect(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if case.request.reason not in ("quality", "not_as_described") or not case.defect.visible or not is_received(case):
        return None
    if case.defect.minor or any(item.line.category == "fresh" for item in case.request.lines):
        return None
    grant = Grant("defect", frozenset({"return_refund"}), FREIGHT_MERCHANT)
    return _weigh(rule, case, p, at, grant, _facts(case, ()))


@DOUYIN.rule(
    "douyin.hidden_defect",
    "entitles",
    "DY-ZZ arts 59, 61",
    governs="now",
    holds=(
        "A hidden defect or a fake ({reason}), confirmed, or without purchase papers, proof of conformity or a CMA/CNAS report from the "
        "merchant in time: return and refund, testing at the merchant's cost.",
        "隐蔽瑕疵或假货（{reason}）已确认，或商家逾期未提供进货凭证、合格证明或 CMA/CNAS 检测报告：支持退货退款，检测费由商家承担。",
    ),
    fails=(
        "The hidden defect or fake ({reason}) was examined and not confirmed.",
        "所称隐蔽瑕疵或假货（{reason}）经核实不成立。",
    ),
    unknown=(
        "A hidden defect or a fake ({reason}): first the merchant's purchase papers, proof of conformity or CMA/CNAS report "
        "(given: {merchant_gave}), then the buyer's proof.",
        "隐蔽瑕疵或假货（{reason}）：先由商家提供进货凭证、合格证明或 CMA/CNAS 检测报告（已有：{merchant_gave}），再由买家举证。",
    ),
)
def hidden_defect(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    reason, defect = case.request.reason, case.defect
    hidden = reason == "counterfeit" or (reason in ("quality", "not_as_described") and defect.visible is False)
    if not hidden or not is_received(case) or any(item.line.category == "fresh" for item in case.request.lines):
        return None
    grant = Grant("defect", frozenset({"return_refund"}), FREIGHT_MERCHANT)
    facts = _facts(case, PAPERS)
    if defect.confirmed is None and not facts["merchant_gave"]:
        if _time_is_up(case, p, at):
            return rule.holds(facts, grant)
        return rule.unknown({**facts, "asked_at": _asked(case)}, "evidence", claims=(grant,))
    return _weigh(rule, case, p, at, grant, facts)


def _asked(case: Case) -> datetime | None:
    asked = case.platform.evidence_asked_at
    return asked and local(asked, "CN")

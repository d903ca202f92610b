"""Signals that make a person look before money moves."""

from __future__ import annotations

from datetime import datetime

from amends.basics.money import write_minor
from amends.facts.case import Case
from amends.facts.codes import OPEN_DISPUTE_STAGES
from amends.facts.rulebook import Finding, Params, Rule
from amends.rules.risk.pack import RISK


@RISK.rule(
    "risk.open_dispute",
    "flags",
    "contract section 2 (dispute); VCR",
    governs="now",
    holds=(
        "A card dispute on this payment is open ({stage}, opened {opened_at}): it moves the same money, so a person looks before anything is paid.",
        "该笔支付存在未结的拒付争议（{stage}，{opened_at} 提起）：同一笔钱可能被退两次，须人工确认后再退款。",
    ),
)
def open_dispute(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    dispute = case.dispute
    if dispute is None or dispute.stage not in OPEN_DISPUTE_STAGES:
        return None
    return rule.holds({"stage": dispute.stage, "opened_at": dispute.opened_at, "reason_code": dispute.reason_code})


@RISK.rule(
    "risk.dispute_took_the_money",
    "flags",
    "contract section 4",
    governs="now",
    holds=(
        "A dispute on this payment ended against the shop ({stage}, {amount}): the buyer has that money already.",
        "该笔支付的拒付争议已判商家承担（{stage}，{amount}）：买家已拿回该笔款项，请勿重复退款。",
    ),
)
def dispute_took_the_money(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    dispute = case.dispute
    if dispute is None or dispute.stage not in ("lost", "accepted"):
        return None
    amount = None if dispute.amount is None else write_minor(dispute.amount, case.order.digits)
    return rule.holds({"stage": dispute.stage, "amount": amount})


@RISK.rule(
    "risk.repeat_refund_only",
    "flags",
    "house signal",
    governs="now",
    holds=(
        "{refund_only_12m} refunds without return in 12 months (looked at from {least}): a person looks.",
        "近 12 个月内仅退款 {refund_only_12m} 次（达到 {least} 次即人工查看）。",
    ),
    fails=("{refund_only_12m} refunds without return in 12 months.", "近 12 个月内仅退款 {refund_only_12m} 次。"),
)
def repeat_refund_only(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    count = case.buyer.refund_only_12m
    if count is None or case.request.kind != "refund_only":
        return None
    facts = {"refund_only_12m": count, "least": p["repeat_refund_only.least"]}
    return rule.holds(facts) if count >= p["repeat_refund_only.least"] else rule.fails(facts)


@RISK.rule(
    "risk.past_disputes",
    "flags",
    "house signal",
    governs="now",
    holds=(
        "{disputes_12m} card disputes by this buyer in 12 months: a person looks, and keeps the proof.",
        "该买家近 12 个月有 {disputes_12m} 次拒付争议：须人工查看并留存证据。",
    ),
    fails=("No card dispute by this buyer in 12 months.", "该买家近 12 个月无拒付争议。"),
)
def past_disputes(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    count = case.buyer.disputes_12m
    if count is None:
        return None
    return (
        rule.holds({"disputes_12m": count})
        if count >= p["past_disputes.least"]
        else rule.fails({"disputes_12m": count})
    )


@RISK.rule(
    "risk.case_share",
    "flags",
    "house signal",
    governs="now",
    holds=(
        "{cases_12m} cases on {orders_12m} orders in 12 months ({percent} percent or more, from {least} orders): a person looks.",
        "近 12 个月 {orders_12m} 单中有 {cases_12m} 次售后（{least} 单起、比例达 {percent}%）：须人工查看。",
    ),
    fails=(
        "{cases_12m} cases on {orders_12m} orders in 12 months.",
        "近 12 个月 {orders_12m} 单、售后 {cases_12m} 次。",
    ),
)
def case_share(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    cases, orders = case.buyer.cases_12m, case.buyer.orders_12m
    if cases is None or orders is None:
        return None
    percent, least = p["case_share.percent"], p["case_share.least_orders"]
    facts = {"cases_12m": cases, "orders_12m": orders, "percent": percent, "least": least}
    return rule.holds(facts) if orders >= least and cases * 100 >= percent * orders else rule.fails(facts)


@RISK.rule(
    "risk.photo_reused",
    "flags",
    "house signal",
    governs="now",
    holds=(
        "Photos that were sent in another case before: {reused} of {looked_at}. A person looks at both; what the buyer is entitled to stays.",
        "买家提供的照片中有 {reused} 张曾用于其他售后单：须人工对比查看。买家应得的权益不变。",
    ),
    fails=("None of {looked_at} photos was sent in another case before.", "{looked_at} 张照片均未用于其他售后单。"),
)
def photo_reused(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    photos = case.photos
    if photos.reused is None:
        return None
    facts = {"reused": photos.reused, "looked_at": photos.looked_at}
    return rule.holds(facts) if photos.reused >= p["photo_reused.least"] else rule.fails(facts)


@RISK.rule(
    "risk.photo_of_catalogue",
    "flags",
    "house signal",
    governs="now",
    holds=(
        "Photos that are the shop's own product pictures: {catalogue}. A person looks, and asks for photos of the goods received.",
        "买家提供的照片中有 {catalogue} 张是店铺自己的商品图：须人工查看，并请买家补充实物照片。",
    ),
)
def photo_of_catalogue(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    count = case.photos.catalogue
    return rule.holds({"catalogue": count}) if count is not None and count >= p["photo_of_catalogue.least"] else None


@RISK.rule(
    "risk.photo_contradicts",
    "flags",
    "house signal",
    governs="now",
    holds=(
        "Photos whose files do not go with the case (taken before dispatch, or made by a model): {contradicting}. A person looks.",
        "{contradicting} 张照片的文件信息与售后单不符（早于发货拍摄，或由模型生成）：须人工查看。",
    ),
)
def photo_contradicts(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    count = case.photos.contradicting
    return rule.holds({"contradicting": count}) if count is not None and count >= p["photo_contradicts.least"] else None

"""JD's dispute procedure (JD-1): answer, evidence, silence, execution, the buyer's window."""

from __future__ import annotations

from datetime import datetime, time
from typing import Final

from amends.basics.periods import business_hours, days_of_platform, hours_from
from amends.basics.zones import ZONES, local
from amends.facts.case import Case
from amends.facts.rulebook import FREIGHT_MERCHANT, Due, Finding, Grant, Params, Rule
from amends.facts.stage import awaits_answer
from amends.rules.jd.pack import JD
from amends.rules.kernel_shop_cn import proofs
from amends.rules.kernel_timers import refused_last

BEIJING: Final = ZONES["CN"]


def _dispute_at(case: Case) -> datetime:
    """When the dispute was asked for; where the case names none, the request itself is that dispute."""
    return case.platform.dispute_opened_at or case.request.requested_at


@JD.rule(
    "jd.dispute.respond",
    "requires",
    "JD-1 arts 3, 9(1)",
    governs="request",
    holds=(
        "Dispute asked for on {opened_at}: the merchant settles it or gives evidence within {hours} hours, by {until}; "
        "after that the buyer can call JD in and JD decides on what is on file.",
        "纠纷于 {opened_at} 发起，商家须在 {hours} 小时内（{until} 前）与买家达成一致或举证；逾期买家可申请京东介入，京东依据现有凭证判定。",
    ),
)
def respond(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    opened = _dispute_at(case)
    if not awaits_answer(case) and case.platform.dispute_opened_at is None:
        return None
    if case.platform.ruling or proofs(case, "merchant", since=opened):
        return None
    hours = p["dispute.respond_hours"]
    until = hours_from(opened, hours)
    facts = {"opened_at": local(opened, "CN"), "hours": hours, "until": local(until, "CN")}
    return rule.holds(facts, dues=(Due("merchant", "respond", until, "decided_on_file"),))


@JD.rule(
    "jd.evidence",
    "requires",
    "JD-1 art 9(2)",
    governs="request",
    holds=(
        "JD asked for more evidence on {asked_at}: {hours} hours, counted from {opens} to {closes} of every day, are over at {until}.",
        "京东于 {asked_at} 要求补充举证，时限 {hours} 小时（仅计每日 {opens} 至 {closes}，含节假日），{until} 到期。",
    ),
)
def evidence(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    asked = case.platform.evidence_asked_at
    if asked is None or case.platform.ruling or proofs(case, "merchant", since=asked):
        return None
    hours, opens, closes = p["evidence.hours"], p["evidence.opens"], p["evidence.closes"]
    until = business_hours(asked, hours, time(opens), time(closes), BEIJING)
    facts = {"asked_at": local(asked, "CN"), "hours": hours, "opens": f"{opens:02d}:00", "closes": f"{closes:02d}:00"}
    facts["until"] = local(until, "CN")
    return rule.holds(facts, dues=(Due("merchant", "give_evidence", until, "decided_on_file"),))


@JD.rule(
    "jd.dispute.silence",
    "entitles",
    "JD-1 art 9(1)",
    governs="request",
    holds=(
        "The merchant said nothing for {hours} hours after the dispute of {opened_at}: JD decides on file, for return and refund at the "
        "merchant's cost; goods unfit for return are refunded without it.",
        "纠纷 {opened_at} 发起后商家 {hours} 小时未响应：京东依据现有凭证判定退货退款，运费由商家承担；不宜退货的直接退款。",
    ),
)
def silence(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    opened = case.platform.dispute_opened_at
    if opened is None or not awaits_answer(case) or proofs(case, "merchant", since=opened):
        return None
    hours = p["dispute.respond_hours"]
    if at < hours_from(opened, hours):
        return None
    unfit = all("perishable" in item.line.traits or item.line.category == "fresh" for item in case.request.lines)
    remedies = frozenset({"refund_only"} if unfit else {"return_refund"})
    facts = {"opened_at": local(opened, "CN"), "hours": hours, "remedies": sorted(remedies)}
    return rule.holds(facts, Grant("silence", remedies, FREIGHT_MERCHANT))


@JD.rule(
    "jd.dispute.execute",
    "requires",
    "JD-1 art 9(3)",
    governs="request",
    holds=(
        "JD has ruled ({ruling}): the merchant carries it out within {hours} hours of the ruling, else JD does.",
        "京东已作出判定（{ruling}）：商家须在判定后 {hours} 小时内执行，逾期由京东执行。",
    ),
)
def execute(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not case.platform.ruling:
        return None
    # The case file does not say when the ruling came: the day itself is the platform's live deadline.
    return rule.holds({"ruling": case.platform.ruling, "hours": p["dispute.execute_hours"]})


@JD.rule(
    "jd.claim_window",
    "requires",
    "JD-1 art 7",
    governs="request",
    holds=(
        "The request was refused on {refused_at}: the buyer can raise the dispute with JD for {days} days, until {until}.",
        "申请于 {refused_at} 被拒绝，买家可在 {days} 个自然日内（至 {until}）发起交易纠纷。",
    ),
)
def claim_window(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    refused = refused_last(case)
    if refused is None or case.platform.dispute_opened_at:
        return None
    days = p["claim.days"]
    until = days_of_platform(refused, days)
    facts = {"refused_at": local(refused, "CN"), "days": days, "until": local(until, "CN")}
    return rule.holds(facts, dues=(Due("buyer", "escalate", until, "right_lost"),))

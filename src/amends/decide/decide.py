"""One case in, one decision out: law, platform, policy and risk, joined (design, section 3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from amends.basics.money import Minor, write_minor
from amends.decide.alternatives import alternatives
from amends.decide.amounts import lay_out, left_to_refund
from amends.decide.answer import Answer, answer, is_entitled, may_refuse
from amends.decide.deadlines import binding
from amends.decide.entitlement import SIGN_OFF_TIME, Entitlement, resolve
from amends.decide.floor import AMOUNT_REMEDIES, BACK_REMEDIES, MONEY_REMEDIES, deduction_rule, floor_terms
from amends.decide.house import FLOOR, PAYMENT_CAP, SIGN_OFF
from amends.decide.judge import Rulebooks, judge_packs
from amends.facts.case import Case
from amends.facts.decision import Compensation, Deadline, Decision, Deduction, PackUsed, Refund, Return
from amends.facts.rulebook import Finding
from amends.facts.situation import Policy, Proposal, Situation
from amends.facts.stage import paid_for_request


def assess(
    case: Case, at: datetime, books: Rulebooks
) -> tuple[Situation, Entitlement, list[Finding], list[Finding], list[PackUsed]]:
    """What law, platform and risk say, before the policy speaks."""
    rights, watch = books.concerning(case)
    findings, used = judge_packs(rights, case, at)
    risks, risk_used = judge_packs(watch, case, at)
    basis = resolve(case, findings)
    if basis.sign_off_unknown:
        findings.append(SIGN_OFF.unknown({"requested_at": case.request.requested_at}, SIGN_OFF_TIME))
    entitled = is_entitled(case, basis)
    situation = Situation(
        case=case,
        at=at,
        entitled=entitled,
        owed=basis.remedies,
        in_doubt=not entitled and basis.in_doubt,
        missing=basis.missing,
        capped=basis.cap(basis.asked) is not None,
        negotiable=basis.asked in AMOUNT_REMEDIES,
        refund_total=_likely_total(case, basis),
        flags=frozenset([finding.rule.id for finding in risks if finding.verdict == "holds"]),
    )
    return situation, basis, findings, risks, [*used, *risk_used]


def _likely_total(case: Case, basis: Entitlement) -> Minor:
    """What going along with the request would pay back."""
    if basis.asked in MONEY_REMEDIES and basis.granting(basis.asked):
        terms = floor_terms(case, basis, basis.asked)
        total = terms.goods + terms.shipping - sum((terms.deductions or {}).values())
    elif basis.asked in MONEY_REMEDIES or basis.asked in AMOUNT_REMEDIES:
        total = paid_for_request(case)
    else:
        return 0
    wanted = case.request.amount
    cap = basis.cap(basis.asked)
    bounds = [total, left_to_refund(case)] + ([wanted] if wanted is not None else []) + ([cap[1]] if cap else [])
    return max(0, min(bounds))


def decide(case: Case, at: datetime, books: Rulebooks, policy: Policy) -> Decision:
    """The decision on `case` as of `at`. Same input, same packs, same policy: the same decision."""
    situation, basis, findings, risks, used = assess(case, at, books)
    proposal, policy_findings = policy.propose(situation)
    reply = answer(case, basis, situation.entitled, proposal)
    refund = _refund(case, basis, reply)
    if refund and _asked_for_more(case, reply, refund):
        reply = _as_offer(reply)
    if reply.overridden:
        policy_findings = [*policy_findings, _override(proposal, reply)]
    if refund and any(item.kind == "payment_cap" for item in refund.deductions):
        risks = [*risks, _capped(case, refund)]
    compensation = _compensation(basis, proposal)
    handling = _handling(basis, reply, proposal, risks)
    paid = (refund.total if refund else 0) + (compensation.amount if compensation else 0)
    agreed = case.request.agreed_at is not None or reply.outcome == "accept"
    deadlines = binding([*findings, *risks], agreed)
    return Decision(
        case=case.id,
        market=case.market,
        currency=case.order.currency,
        digits=case.order.digits,
        outcome=reply.outcome,
        remedy=reply.remedy,
        entitled=situation.entitled,
        may_refuse=may_refuse(basis, situation.entitled),
        missing=reply.missing,
        refund=refund,
        compensation=compensation,
        back=_back(reply, deadlines),
        handling=handling,
        approver=None if handling == "auto" else _approver(policy, proposal, paid, case.order.currency),
        deadlines=deadlines,
        because=(*findings, *policy_findings, *risks),
        alternatives=alternatives(case, basis, reply),
        packs=tuple(used),
        ignored=case.ignored,
    )


def _approver(policy: Policy, proposal: Proposal, paid: Minor, currency: str) -> str:
    return proposal.approver or policy.approver(paid, currency) or "agent"


def _refund(case: Case, basis: Entitlement, reply: Answer) -> Refund | None:
    terms = reply.terms
    if terms is None or reply.remedy not in MONEY_REMEDIES | AMOUNT_REMEDIES:
        return None
    taken = [
        Deduction(kind, amount, deduction_rule(basis, kind) or "policy")
        for kind, amount in (terms.deductions or {}).items()
    ]
    goods, shipping = terms.goods, terms.shipping
    wanted = case.request.amount
    due = goods + shipping - sum([item.amount for item in taken])
    if wanted is not None and reply.outcome == "accept" and wanted < due:
        over = due - wanted
        shipping_cut = min(shipping, over)
        shipping -= shipping_cut
        goods -= over - shipping_cut
    return lay_out(case, reply.lines, goods, shipping, taken, basis.own_form)


def _asked_for_more(case: Case, reply: Answer, refund: Refund) -> bool:
    wanted = case.request.amount
    return reply.outcome == "accept" and wanted is not None and wanted > refund.total


def _as_offer(reply: Answer) -> Answer:
    return Answer("offer", reply.remedy, reply.lines, reply.terms, reply.missing, reply.overridden, reply.overriding)


def _override(proposal: Proposal, reply: Answer) -> Finding:
    facts = {"proposing": proposal.rule, "proposed": proposal.outcome}
    return FLOOR.holds({**facts, "overriding": list(reply.overriding), "components": list(reply.overridden)})


def _capped(case: Case, refund: Refund) -> Finding:
    amount = next(item.amount for item in refund.deductions if item.kind == "payment_cap")
    digits = case.order.digits
    return PAYMENT_CAP.holds({"left": write_minor(left_to_refund(case), digits), "amount": write_minor(amount, digits)})


def _compensation(basis: Entitlement, proposal: Proposal) -> Compensation | None:
    owed = [(claim.amount, rule) for rule, claim in basis.owed]
    if proposal.compensation:
        owed.append((proposal.compensation, proposal.rule))
    if not owed:
        return None
    amount, rule = max(owed, key=lambda item: item[0])
    return Compensation(amount, rule)


def _handling(basis: Entitlement, reply: Answer, proposal: Proposal, risks: Sequence[Finding]) -> str:
    if proposal.handling != "auto" or reply.overridden or reply.missing:
        return "review"
    return "review" if wants_review(basis, risks) else "auto"


def wants_review(basis: Entitlement, risks: Sequence[Finding]) -> bool:
    """Whether law, platform or risk rules want a person to look, whatever the policy says."""
    if basis.permits & {"review", "deduct_diminished_value"}:
        return True
    return any(item.verdict == "holds" and item.rule.effect == "flags" for item in risks)


def _back(reply: Answer, deadlines: Sequence[Deadline]) -> Return:
    required = reply.remedy in BACK_REMEDIES and not (reply.terms is not None and reply.terms.keeps_goods)
    freight = reply.terms.freight if required and reply.terms else None
    ship_by = next(
        (item.due.due for item in deadlines if item.due.who == "buyer" and item.due.action == "ship_back"), None
    )
    return Return(required, freight, ship_by if required else None)

"""Joining the floor with what the policy proposes: outcome, remedy and terms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from amends.basics.money import Minor, share
from amends.decide.amounts import line_amounts
from amends.decide.entitlement import Entitlement
from amends.decide.floor import AMOUNT_REMEDIES, MONEY_REMEDIES, covered_lines, floor_terms
from amends.decide.house import SIGN_OFF
from amends.decide.terms import Terms, harder_where, join
from amends.facts.case import Case, RequestedLine
from amends.facts.codes import REASON_FAULTS
from amends.facts.rulebook import Freight
from amends.facts.situation import Proposal
from amends.facts.stage import whole_order

_REPAIRABLE: Final = frozenset({"electronics", "appliance", "furniture"})
_ORDER: Final = ("repair", "exchange", "resend", "return_refund", "refund_only")


@dataclass(frozen=True, slots=True)
class Answer:
    """What is decided, before money is laid out. `overridden`: components in which law or platform beat the policy."""

    outcome: str
    remedy: str
    lines: tuple[RequestedLine, ...]
    terms: Terms | None
    missing: tuple[str, ...] = ()
    overridden: tuple[str, ...] = ()
    overriding: tuple[str, ...] = ()


def is_entitled(case: Case, basis: Entitlement) -> bool:
    """Whether law or platform give what was asked: all the lines, and as much as was asked for."""
    wanted = case.request.amount
    if wanted is None:
        wanted = sum(line_amounts(case.request.lines))
    return any(
        not item.without and (item.grant.amount is None or wanted <= item.grant.amount)
        for item in basis.granting(basis.asked)
    )


def may_refuse(basis: Entitlement, entitled: bool) -> bool:
    """Whether refusing the request outright breaks no rule of law or platform."""
    if entitled or basis.in_doubt or basis.granting(basis.asked):
        return False
    return all(item.grant.ground == "no_reason" for item in basis.standing)


def answer(case: Case, basis: Entitlement, entitled: bool, proposal: Proposal) -> Answer:
    """The join of floor and proposal."""
    if entitled:
        return _entitled(case, basis, proposal)
    kinder = proposal.outcome == "accept" and _remedy(basis, proposal) == basis.asked
    if basis.standing and not kinder:
        return _owed_otherwise(case, basis, proposal)
    if (basis.doubtful or basis.sign_off_unknown) and proposal.outcome in ("refuse", "ask"):
        overridden = ("outcome",) if proposal.outcome == "refuse" else ()
        asked = tuple(dict.fromkeys((*basis.missing, *proposal.ask)))
        rules = _doubted(basis) if overridden else ()
        return Answer("ask", "none", case.request.lines, None, asked, overridden, rules)
    return _as_proposed(case, basis, proposal)


def _doubted(basis: Entitlement) -> tuple[str, ...]:
    """The rules that forbid a refusal while facts are missing."""
    rights = tuple([item.rule for item in basis.doubtful])
    return (*rights, SIGN_OFF.id) if basis.sign_off_unknown else rights


def _remedy(basis: Entitlement, proposal: Proposal) -> str:
    return proposal.remedy or basis.asked


def _entitled(case: Case, basis: Entitlement, proposal: Proposal) -> Answer:
    grants = basis.granting(basis.asked)
    floor = floor_terms(case, basis, basis.asked)
    remedy = _remedy(basis, proposal)
    rules = tuple([item.rule for item in grants])
    kinder = remedy == basis.asked or (remedy == "refund_only" and basis.asked == "return_refund")
    if proposal.outcome not in ("accept", "offer") or not kinder:
        return Answer("accept", basis.asked, case.request.lines, floor, (), ("outcome",), rules)
    proposed = proposed_terms(case, case.request.lines, remedy, proposal, floor)
    terms = join(floor, proposed)
    harder = tuple(harder_where(proposed, floor))
    chosen = "refund_only" if terms.keeps_goods and basis.asked == "return_refund" else basis.asked
    return Answer("accept", chosen, case.request.lines, terms, (), harder, rules if harder else ())


def _owed_otherwise(case: Case, basis: Entitlement, proposal: Proposal) -> Answer:
    """Not what was asked, but something: fewer lines, less money, or another remedy first."""
    remedy = basis.asked if basis.granting(basis.asked) else _pick(case, basis, proposal)
    grants = basis.granting(remedy)
    lines = covered_lines(case, grants)
    floor = floor_terms(case, basis, remedy)
    matches = proposal.outcome in ("accept", "offer") and _remedy(basis, proposal) == remedy
    proposed = proposed_terms(case, lines, remedy, proposal, floor) if matches else None
    terms = join(floor, proposed) if proposed else floor
    wanted = case.request.amount
    enough = remedy == basis.asked and wanted is not None and wanted <= terms.goods + terms.shipping
    overridden = () if proposal.outcome in ("accept", "offer") else ("outcome",)
    rules = tuple([item.rule for item in grants]) if overridden else ()
    return Answer("accept" if enough else "offer", remedy, lines, terms, (), overridden, rules)


def _pick(case: Case, basis: Entitlement, proposal: Proposal) -> str:
    """The owed remedy to offer: the policy's own choice, else the mildest that suits the goods."""
    return str(proposal.remedy) if proposal.remedy in basis.remedies else mildest(case, basis)


def mildest(case: Case, basis: Entitlement) -> str:
    """The mildest remedy that is owed and suits the goods. At least one must be owed."""
    repairable = any(item.line.category in _REPAIRABLE for item in case.request.lines)
    order = _ORDER if repairable else (*_ORDER[1:], "repair")
    return next((remedy for remedy in order if remedy in basis.remedies), min(basis.remedies))


def _as_proposed(case: Case, basis: Entitlement, proposal: Proposal) -> Answer:
    if proposal.outcome in ("refuse", "ask"):
        return Answer(proposal.outcome, "none", case.request.lines, None, proposal.ask)
    remedy = _remedy(basis, proposal)
    lines = case.request.lines
    if remedy in AMOUNT_REMEDIES:
        return _amount_answer(case, basis, proposal, remedy)
    terms = proposed_terms(case, lines, remedy, proposal, None)
    outcome = "accept" if remedy == basis.asked and proposal.outcome == "accept" else "offer"
    return Answer(outcome, remedy, lines, terms)


def _amount_answer(case: Case, basis: Entitlement, proposal: Proposal, remedy: str) -> Answer:
    """Price reductions and compensation: what was asked, or the policy's own figure, at most the cap and the price."""
    paid = sum(line_amounts(case.request.lines))
    bounds: list[Minor] = [paid]
    cap = basis.cap(remedy)
    if cap:
        bounds.append(cap[1])
    if proposal.refund_percent is not None:
        bounds.append(share(paid, proposal.refund_percent, 100))
    if proposal.refund_amount is not None:
        bounds.append(proposal.refund_amount)
    asked = case.request.amount if remedy == basis.asked else None
    if asked is None and len(bounds) == 1:
        return Answer("ask", "none", case.request.lines, None, ("request.amount",))
    amount = min(bounds) if asked is None else min(asked, *bounds)
    short = asked is None or amount < asked or remedy != basis.asked
    terms = Terms(amount, 0, fault_freight(case), {}, True)
    return Answer("offer" if short else "accept", remedy, case.request.lines, terms)


def fault_freight(case: Case) -> Freight:
    """Who pays the way back where no right says it: the side at fault."""
    return "merchant" if REASON_FAULTS[case.request.reason] in ("seller", "carrier") else "buyer"


def no_right_shipping(case: Case) -> Minor:
    """Outbound shipping that comes back where no right says how much: all of it, for a whole order and the merchant's fault."""
    return case.order.shipping_paid if whole_order(case) and fault_freight(case) == "merchant" else 0


def inspection_off(case: Case, lines: tuple[RequestedLine, ...], remedy: str) -> dict[str, Minor]:
    """What the inspection takes off a refund that nothing entitles to, where no amount was agreed on: at most what was paid."""
    if remedy != "return_refund" or fault_freight(case) != "buyer" or case.request.amount is not None:
        return {}
    seen = case.inspection
    if seen is None:
        return {}
    paid = sum(line_amounts(lines))
    gone = min(seen.not_returned or 0, paid)
    found = {"not_returned": gone, "diminished_value": min(seen.loss or 0, paid - gone)}
    return {kind: amount for kind, amount in found.items() if amount}


def proposed_terms(
    case: Case, lines: tuple[RequestedLine, ...], remedy: str, proposal: Proposal, floor: Terms | None
) -> Terms:
    """What the proposal means in terms. What it leaves open is as the floor has it; without a floor: the whole price, by fault."""
    paid = sum(line_amounts(lines))
    if floor is not None:
        start = floor
    else:
        start = Terms(paid, no_right_shipping(case), fault_freight(case), inspection_off(case, lines, remedy), False)
    goods = start.goods if remedy in MONEY_REMEDIES else 0
    if proposal.refund_percent is not None:
        goods = share(paid, proposal.refund_percent, 100)
    elif proposal.refund_amount is not None:
        goods = min(paid, proposal.refund_amount)
    taken = {kind: amount for kind, amount in (start.deductions or {}).items() if kind not in proposal.waive}
    extra = proposal.deduct_amount
    if proposal.deduct_percent is not None:
        extra = share(goods, proposal.deduct_percent, 100)
    if extra and proposal.deduct_kind:
        taken[proposal.deduct_kind] = taken.get(proposal.deduct_kind, 0) + extra
    return replace(
        start,
        goods=goods,
        freight=proposal.shipping_paid_by or start.freight,
        deductions=taken,
        keeps_goods=remedy == "refund_only",
        shipping=start.shipping if remedy in MONEY_REMEDIES else 0,
    )

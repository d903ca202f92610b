"""What law and platform make a buyer's terms for one remedy: the floor that no policy goes below."""

from __future__ import annotations

from collections.abc import Sequence

from amends.basics.money import Minor
from amends.decide.amounts import line_amounts
from amends.decide.entitlement import Entitlement, Standing
from amends.decide.terms import NOTHING, Terms, join
from amends.facts.case import Case, RequestedLine
from amends.facts.rulebook import FREIGHT_BUYER
from amends.facts.stage import whole_order

MONEY_REMEDIES = frozenset({"refund_only", "return_refund"})
AMOUNT_REMEDIES = frozenset({"compensation", "price_adjustment"})
BACK_REMEDIES = frozenset({"return_refund", "exchange", "repair"})


def covered_lines(case: Case, grants: Sequence[Standing]) -> tuple[RequestedLine, ...]:
    """The requested lines that at least one of the grants covers; all of them where there is no grant."""
    if not grants or any(not item.without for item in grants):
        return case.request.lines
    left_out = frozenset.intersection(*[item.without for item in grants])
    return tuple([item for item in case.request.lines if item.line.id not in left_out])


def floor_terms(case: Case, basis: Entitlement, remedy: str) -> Terms:
    """The kindest of what the standing grants give for `remedy`, with the deductions that the rules allow."""
    floor = NOTHING
    lawful = {claim.kind: claim.amount for _, claim in basis.deductions}
    full_order = whole_order(case)
    for item in basis.granting(remedy):
        grant = item.grant
        goods: Minor = 0
        shipping: Minor = 0
        if remedy in MONEY_REMEDIES:
            goods = sum(line_amounts(covered_lines(case, [item])))
            goods = goods if grant.amount is None else min(goods, grant.amount)
            if full_order and not item.without:
                shipping = case.order.shipping_paid if grant.shipping is None else grant.shipping
        elif remedy in AMOUNT_REMEDIES:
            goods = grant.amount or 0
        freight = grant.freight or FREIGHT_BUYER
        floor = join(floor, Terms(goods, shipping, freight, lawful, remedy == "refund_only"))
    return floor


def deduction_rule(basis: Entitlement, kind: str) -> str | None:
    """The rule that allows a deduction of this kind."""
    return next((rule for rule, claim in basis.deductions if claim.kind == kind), None)

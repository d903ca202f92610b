"""Paying out what a decision gives back: the preview is the plan; above a limit a second person says yes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from amends.decide.decide import decide
from amends.desk.house import House
from amends.desk.ports import Till
from amends.facts.case import Case
from amends.facts.codes import OPEN_DISPUTE_STAGES
from amends.facts.decision import Decision
from amends.facts.payout import PayableCase, PlanView, UnableToPromise
from amends.facts.people import Person
from amends.facts.plan import Plan
from amends.facts.read_case import read_case
from amends.facts.stage import received_back_at
from amends.facts.steps import plan_digest
from amends.remedies import damages, money_back

_PAYS = frozenset({"accept", "offer"})


class UnableToPayOut(ValueError):
    """This case cannot be paid out now; the message says why and what would have to happen."""


def preview(house: House, till: Till, routes: Mapping[str, str], number: int, at: datetime) -> Plan:
    """The plan that paying out the case would carry out, with nothing written. Raises `UnableToPayOut`."""
    stored = _stored(till, number)
    case, decision = _decided(house, till, stored, at)
    return _plan(stored, case, decision, till.turn(number), routes)


def pay_out(house: House, till: Till, routes: Mapping[str, str], number: int, person: Person, at: datetime) -> PlanView:
    """Promise what the decision gives back; due at once, or proposed where it is above the person's limit.

    Raises `UnableToPayOut` where there is nothing to pay or something stands against it, `UnableToPromise` above a cap.
    """
    stored = _stored(till, number)
    till.open_order(stored.shop, read_case(stored.case_json), at)
    under_way = till.current(number)
    if under_way is not None:
        return under_way
    case, decision = _decided(house, till, stored, at)
    turn = till.turn(number)
    plan = _plan(stored, case, decision, turn, routes)
    policy = house.policy_for(stored.shop, case.market, case.shop.channel)
    needed = policy.approver(plan.total, plan.currency) or "agent"
    return till.promise(number, turn, plan, person, "" if person.may_act_as(needed) else needed, at)


def approve(till: Till, plan: int, person: Person, needs_role: str, proposed_by: str, at: datetime) -> PlanView:
    """Say yes to a proposed plan, as another person with the role it needs. Raises `UnableToPayOut` otherwise."""
    if not person.may_act_as(needs_role):
        raise UnableToPayOut(f"a {needs_role} must approve this; {person.name} is a {person.role}")
    if person.name == proposed_by:
        raise UnableToPayOut(f"{person.name} proposed this plan; a second person must approve it")
    return till.approve(plan, person, at)


def _stored(till: Till, number: int) -> PayableCase:
    stored = till.payable(number)
    if stored is None:
        raise UnableToPayOut(f"there is no case {number}")
    return stored


def _decided(house: House, till: Till, stored: PayableCase, at: datetime) -> tuple[Case, Decision]:
    case = _with_book(read_case(stored.case_json), till.given_back(stored.number))
    decision = decide(case, at, house.rulebooks, house.policy_for(stored.shop, case.market, case.shop.channel))
    if decision.outcome not in _PAYS:
        raise UnableToPayOut(f"the decision is to {decision.outcome}: there is nothing to pay out")
    if case.dispute and case.dispute.stage in OPEN_DISPUTE_STAGES:
        raise UnableToPayOut(
            "a dispute on this payment is open: it moves the same money. Settle the dispute first, then pay out"
        )
    if decision.back.required and received_back_at(case) is None:
        raise UnableToPayOut("the goods are not back yet: record the parcel first, or decide to pay without them")
    return case, decision


def _with_book(case: Case, given_back: Mapping[str, int]) -> Case:
    """The case with what the book knows to have gone back, where that is more than the file says."""
    payments = [
        replace(payment, refunded=min(payment.captured, max(payment.refunded, given_back.get(payment.id, 0))))
        for payment in case.order.payments
    ]
    return replace(case, order=replace(case.order, payments=tuple(payments)))


def _plan(stored: PayableCase, case: Case, decision: Decision, turn: int, routes: Mapping[str, str]) -> Plan:
    steps = (
        *money_back.steps(stored.shop, turn, decision, routes),
        *damages.steps(stored.shop, turn, decision, routes),
    )
    if not steps:
        raise UnableToPayOut("the decision gives nothing back in money")
    return Plan(decision.case, plan_digest(steps), decision.currency, steps)


__all__ = ["UnableToPayOut", "UnableToPromise", "approve", "pay_out", "preview"]

"""Paying out what a decision gives back: the preview is the plan; above a limit a second person says yes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from amends.basics.money import read_minor
from amends.decide.decide import decide
from amends.decide.policy.grant import granting
from amends.desk.house import House
from amends.desk.ports import Till
from amends.facts.case import Case
from amends.facts.codes import OPEN_DISPUTE_STAGES
from amends.facts.decision import Decision
from amends.facts.payout import PayableCase, PlanView, UnableToPromise
from amends.facts.people import Person
from amends.facts.plan import Plan, Step
from amends.facts.read_case import read_case
from amends.facts.rulebook import Says
from amends.facts.stage import waits_for_goods
from amends.facts.steps import UnableToRoute, plan_digest, repeated
from amends.facts.told import as_agreed
from amends.remedies import damages, money_back

_PAYS = frozenset({"accept", "offer"})


class UnableToPayOut(ValueError):
    """This case cannot be paid out now; `says` tells why and what would have to happen, in both languages."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.says = Says(en, zh)


def preview(
    house: House, till: Till, routes: Mapping[str, str], number: int, at: datetime, by: str | None = None
) -> Plan:
    """The plan that paying out the case would carry out, with nothing written. Raises `UnableToPayOut`.

    `by`: another way for steps that went wrong before, for example ``manual``.
    """
    stored = _stored(till, number)
    case = _with_book(_read(stored), till.given_back(number))
    return _plan(house, till, stored, case, routes, till.turn(number), at, by)


def pay_out(
    house: House,
    till: Till,
    routes: Mapping[str, str],
    number: int,
    person: Person,
    at: datetime,
    by: str | None = None,
    due: datetime | None = None,
    stored: PayableCase | None = None,
) -> PlanView:
    """Promise what the decision gives back; due at once (or at `due`), or proposed where it is above the person's limit.

    Once something was approved, a further turn repeats exactly the steps that paid nothing, never the whole decision.
    `stored`: the case as the till gave it in the transaction that is under way, for a caller who holds its lock.
    Raises `UnableToPayOut` where there is nothing to pay or something stands against it, `UnableToPromise` above a cap.
    """
    stored = stored or _stored(till, number)
    till.open_order(stored.shop, read_case(stored.case_json), at)
    under_way = till.current(number)
    if under_way is not None:
        return under_way
    try:
        case = _with_book(_read(stored), till.given_back(number))
        turn = till.turn(number)
        plan = _plan(house, till, stored, case, routes, turn, at, by)
        needed = role_needed(house, stored.shop, case, plan)
        wanted = "" if person.may_act_as(needed) else needed
        return till.promise(number, turn, plan, person, wanted, at, due=due)
    except (UnableToPayOut, UnableToPromise):
        made_meanwhile = till.current(number)  # another press was a moment earlier: its plan is the answer to this one
        if made_meanwhile is None:
            raise
        return made_meanwhile


def role_needed(house: House, shop: str, case: Case, plan: Plan) -> str:
    """The lowest role that may say yes to a plan by itself, by the shop's policy."""
    policy = house.policy_for(shop, case.market, case.shop.channel)
    return policy.approver(plan.total, plan.currency) or "agent"


def approve(till: Till, plan: int, person: Person, needs_role: str, proposed_by: str, at: datetime) -> PlanView:
    """Say yes to a proposed plan, as another person with the role it needs. Raises `UnableToPayOut` otherwise."""
    if not person.may_act_as(needs_role):
        raise UnableToPayOut(
            f"a {needs_role} must approve this; {person.name} is a {person.role}", "你的角色权限不足，需要更高角色审批"
        )
    if person.name == proposed_by:
        raise UnableToPayOut(
            f"{person.name} proposed this plan; a second person must approve it",
            "提交人不能审批自己的方案，需由另一人审批",
        )
    return till.approve(plan, person, at)


def _stored(till: Till, number: int) -> PayableCase:
    stored = till.payable(number)
    if stored is None:
        raise UnableToPayOut(f"there is no case {number}", f"没有售后单 {number}")
    return stored


def _read(stored: PayableCase) -> Case:
    """The case as it is settled: as both sides agreed, where they did."""
    return read_case(as_agreed(stored.case_json, stored.agreed))


def _with_book(case: Case, given_back: Mapping[str, int]) -> Case:
    """The case with what the book knows to have gone back, where that is more than the file says."""
    payments = [
        replace(payment, refunded=min(payment.captured, max(payment.refunded, given_back.get(payment.id, 0))))
        for payment in case.order.payments
    ]
    return replace(case, order=replace(case.order, payments=tuple(payments)))


def _plan(
    house: House,
    till: Till,
    stored: PayableCase,
    case: Case,
    routes: Mapping[str, str],
    turn: int,
    at: datetime,
    by: str | None,
) -> Plan:
    if case.dispute and case.dispute.stage in OPEN_DISPUTE_STAGES:
        raise UnableToPayOut(
            "a dispute on this payment is open: it moves the same money. Settle the dispute first, then pay out",
            "该付款有未结的拒付争议，争议会动用同一笔钱；请先处理争议，再退款",
        )
    if stored.closed:
        raise UnableToPayOut(
            "the platform has closed this case: what was refunded there must not be paid again",
            "平台上该售后单已完结：平台已处理的退款不能重复支付",
        )
    wrong = till.to_repeat(stored.number) if turn else None
    if wrong is not None:
        steps = tuple([repeated(stored.shop, case.id, turn, step, by) for step in wrong])
    else:
        steps = payable_steps(stored.shop, turn, _decided(house, stored, case, at), routes, stored.agreed)
    if not steps:
        raise UnableToPayOut("the decision gives nothing back in money", "该处理不涉及退款或赔付")
    return Plan(case.id, plan_digest(steps), case.order.currency, steps)


def _decided(house: House, stored: PayableCase, case: Case, at: datetime) -> Decision:
    own = house.policy_for(stored.shop, case.market, case.shop.channel)
    remedy = (stored.agreed or {}).get("remedy")
    decision = decide(case, at, house.rulebooks, granting(str(remedy), own) if remedy else own)
    if (stored.agreed or {}).get("kind") == "store_credit":
        return decision
    if decision.outcome not in _PAYS:
        raise UnableToPayOut(
            f"the decision is to {decision.outcome}: there is nothing to pay out",
            "当前建议不是同意或提议退款：没有可退的款项",
        )
    if waits_for_goods(case, decision.back.required):
        raise UnableToPayOut(
            "the goods are not back yet: record the parcel first, or decide to pay without them",
            "退货尚未签收：请先登记退货包裹，或决定不等退货直接退款",
        )
    return decision


def payable_steps(
    shop: str, turn: int, decision: Decision, routes: Mapping[str, str], agreed: Mapping[str, Any] | None = None
) -> tuple[Step, ...]:
    """The steps that pay what a decision gives, or what was agreed on instead. Raises `UnableToPayOut` where a way is missing."""
    try:
        if agreed and agreed.get("kind") == "store_credit":
            minor = read_minor(str(agreed["amount"]), decision.digits)
            return damages.credit(shop, decision.case, turn, minor, decision.currency, routes)
        return (
            *money_back.steps(shop, turn, decision, routes),
            *damages.steps(shop, turn, decision, routes),
        )
    except UnableToRoute as fault:
        raise UnableToPayOut(fault.says.en, fault.says.zh) from fault


__all__ = ["UnableToPayOut", "UnableToPromise", "approve", "pay_out", "payable_steps", "preview", "role_needed"]

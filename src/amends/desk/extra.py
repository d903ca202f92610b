"""Something on top of what a decision gives: a goodwill payment (小额打款) or store credit, as a plan."""

from __future__ import annotations

from collections.abc import Mapping

from amends.basics.currencies import EXPONENTS
from amends.basics.money import UnableToReadAmount, read_minor, write_minor
from amends.desk.pay_out import UnableToPayOut
from amends.facts.case import Case
from amends.facts.codes import ROLES
from amends.facts.goodwill import Budget
from amends.facts.people import Person
from amends.facts.plan import Plan
from amends.facts.steps import UnableToRoute, plan_digest
from amends.remedies import damages

KINDS = ("goodwill", "store_credit")


def extra_plan(shop: str, case: Case, turn: int, kind: str, amount: str, routes: Mapping[str, str]) -> Plan:
    """The plan of one payment on top. Raises `UnableToPayOut` for an amount that is none, or a kind that is not known."""
    order = case.order
    try:
        minor = read_minor(amount.strip(), order.digits)
    except UnableToReadAmount as fault:
        raise UnableToPayOut(f"amount: {fault}", f"金额：请填写数字，例如 10（{order.currency}）") from fault
    if minor <= 0:
        raise UnableToPayOut("amount: give more than zero", "金额：必须大于零")
    if kind not in KINDS:
        raise UnableToPayOut(f"kind: {kind!r} is not one of {', '.join(KINDS)}", "补偿方式不在可选范围内")
    make = damages.goodwill if kind == "goodwill" else damages.credit
    try:
        steps = make(shop, case.id, turn, minor, order.currency, routes)
    except UnableToRoute as fault:
        raise UnableToPayOut(fault.says.en, fault.says.zh) from fault
    return Plan(case.id, plan_digest(steps), order.currency, steps)


def who_says_yes(plan: Plan, needed: str, person: Person, budget: Budget | None) -> str:
    """Which second person has to say yes to a plan; "" where the person may give it alone.

    `needed`: the lowest role that may by the policy. Above the budget it is a lead at least, whoever gives; raises `UnableToPayOut`
    where the shop wants it refused.
    """
    if budget is None or budget.fits(plan.total, plan.currency):
        return "" if person.may_act_as(needed) else needed
    if budget.over == "refuse":
        left = f"{write_minor(budget.left, EXPONENTS.get(budget.currency, 2))} {budget.currency}"
        raise UnableToPayOut(
            f"the shop's goodwill of this month is used up: {left} is left; a manager sets the budget",
            f"店铺本月补偿预算不足，剩余 {left}；预算由店长设置",
        )
    return max(needed, "lead", key=ROLES.index)

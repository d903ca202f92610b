"""Money at the desk: what may go back, the preview, paying out, approving, cancelling."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from amends.desk.extra import extra_plan, who_says_yes
from amends.desk.finding import UnableToFindCase
from amends.desk.house import House
from amends.desk.pay_out import UnableToPayOut, approve, pay_out, preview, role_needed
from amends.desk.platform_amount import nothing_against
from amends.desk.ports import Goodwill, Till
from amends.facts.collect_work import Collector
from amends.facts.fields import UnableToReadCase
from amends.facts.goodwill import Budget, Gift
from amends.facts.payout import MoneyBox, PlanView, ProposedPlan, TroubledStep, UnableToPromise
from amends.facts.people import Person
from amends.facts.plan import OPEN, Plan
from amends.facts.read_case import read_case
from amends.facts.rulebook import Says
from amends.facts.wire import Capabilities


@dataclass(frozen=True, slots=True)
class PayoutView:
    """A case's money as the page shows it. One of `plan` (what a click would do) and `hindrance` (why none can) is set, unless a
    pay-out stands. `needs_role`: who may say yes to `plan`. `repeats`: `plan` repeats what went wrong. `moving`: something is under way.
    `budget`: the shop's goodwill of this month, None where it has no budget. `gifts`: what was given that is no money.
    """

    box: MoneyBox | None
    plan: Plan | None = None
    needs_role: str = "agent"
    hindrance: Says | None = None
    repeats: bool = False
    moving: bool = False
    extra_turn: int = 0
    budget: Budget | None = None
    gifts: Sequence[Gift] = ()

    @property
    def given(self) -> int:
        """What the case was given on top of its decision, or is promised, minor units; gifts at what they cost."""
        plans = self.box.plans if self.box else ()
        steps = [one for plan in plans if plan.purpose == "extra" and plan.state == "approved" for one in plan.steps]
        money = sum([one.step.amount for one in steps if one.state not in ("cancelled", "failed", "reversed")])
        return money + sum([one.cost for one in self.gifts if one.state == "given"])


@dataclass(frozen=True, slots=True)
class MoneyDesk:
    """The verbs of money. `routes` takes a shop's name and gives the gateway for each payment method; `can` tells what gateways can do.

    `against` takes a case's number, its file and a plan, and says what of its platform stands against paying that. `collects` takes a
    shop's name and gives the gateway that takes money in for it; None where people do.
    """

    house: House
    till: Till
    routes: Callable[[str], Mapping[str, str]]
    can: Mapping[str, Capabilities]
    against: Callable[[int, Mapping[str, Any], Plan], Says | None] = nothing_against
    goodwill: Goodwill | None = None
    collects: Callable[[str], Collector | None] = lambda shop: None

    def look(self, number: int, person: Person, by: str | None = None) -> PayoutView:
        """The money of a case and what a click would do, with nothing written. Raises `UnableToFindCase`."""
        self._see(number, person)
        found = replace(self._look(number, by), extra_turn=self.till.extra_turn(number))
        stored = self.till.payable(number) if self.goodwill else None
        if self.goodwill is None or stored is None:
            return found
        budget = self.goodwill.look(stored.shop, self.house.now())
        return replace(found, budget=budget, gifts=self.goodwill.gifts(number))

    def _look(self, number: int, by: str | None) -> PayoutView:
        box = self.till.box(number)
        if self.till.current(number) is not None:
            return PayoutView(box, moving=_moving(box))
        stored = self.till.payable(number)
        if stored is None:
            return PayoutView(box)
        try:
            plan = preview(self.house, self.till, self.routes(stored.shop), number, self.house.now(), by)
        except UnableToPayOut as fault:
            return PayoutView(box, hindrance=fault.says)
        except UnableToReadCase as fault:
            return PayoutView(
                box, hindrance=Says(f"the case file cannot be read: {fault}", f"售后单文件无法读取：{fault}")
            )
        if (fixed := self.against(number, stored.case_json, plan)) is not None:
            return PayoutView(box, hindrance=fixed)
        needed = role_needed(self.house, stored.shop, read_case(stored.case_json), plan)
        return PayoutView(box, plan, needed, repeats=self.till.to_repeat(number) is not None)

    def pay_out(self, number: int, digest: str, person: Person, by: str | None = None) -> PlanView:
        """Promise the plan that the person saw (`digest`). Raises `UnableToPayOut` where it would be another by now."""
        self._see(number, person)
        now = self.house.now()
        if self.till.current(number) is None:
            plan = preview(self.house, self.till, self._routes(number), number, now, by)
            if plan.digest != digest:
                raise UnableToPayOut(
                    "the plan has changed since you looked at it; look again, then pay out",
                    "方案在你查看之后已有变化；请重新查看后再操作",
                )
            stored = self.till.payable(number)
            fixed = self.against(number, stored.case_json, plan) if stored else None
            if fixed is not None:
                raise UnableToPayOut(fixed.en, fixed.zh)
        return pay_out(self.house, self.till, self._routes(number), number, person, now, by)

    def promise(self, number: int, person: Person, due: datetime) -> PlanView:
        """Promise what a case gives, for a verb that holds the case: due at `due`, proposed where it is above the person's limit."""
        stored = self.till.payable(number)
        routes = self.routes(stored.shop) if stored else {}
        return pay_out(self.house, self.till, routes, number, person, self.house.now(), due=due, stored=stored)

    def is_moving(self, number: int) -> bool:
        """Whether money of a case is promised or on its way."""
        return _moving(self.till.box(number))

    def by_hand(self, number: int, person: Person) -> Sequence[int]:
        """The steps of a case that wait to be paid by hand. Raises `UnableToFindCase`."""
        self._see(number, person)
        return self.till.by_hand(number)

    def approve(self, number: int, plan: int, person: Person) -> PlanView:
        """Say yes to a proposed plan of a case, as a second person."""
        self._see(number, person)
        seen = self._plan(number, plan)
        return approve(self.till, plan, person, seen.needs_role, seen.proposed_by, self.house.now())

    def refuse(self, number: int, plan: int, person: Person, note: str) -> PlanView:
        """Say no to a proposed plan of a case; nothing of it was reserved."""
        self._see(number, person)
        self._plan(number, plan)
        return self.till.refuse(plan, person, note, self.house.now())

    def cancel(self, number: int, step: int, person: Person) -> PlanView:
        """Cancel a step of a case that was never sent."""
        self._see(number, person)
        self._own(number, step)
        return self.till.cancel(step, person, self.house.now())

    def prove(self, number: int, step: int, proof: str, confirmed: bool, person: Person) -> PlanView:
        """Record that a step of a case was paid by hand: the proof, and whether the buyer confirmed it."""
        self._see(number, person)
        self._own(number, step)
        if not proof.strip():
            raise UnableToPromise(
                "the proof is empty; give the bank's number or the file's name", "凭证不能为空：请填写流水号或文件名"
            )
        return self.till.prove(step, proof.strip()[:160], confirmed, person, self.house.now())

    def extra(self, number: int, turn: int, kind: str, amount: str, note: str, person: Person) -> PlanView:
        """Give something on top of the decision: a goodwill payment or store credit, under the same caps and limits.

        Above the shop's goodwill of the month it waits for a second person, or is refused, as the shop chose.
        `turn`: how many there were when the person looked; the same press twice gives one. Raises `UnableToPayOut`, `UnableToPromise`.
        """
        self._see(number, person)
        stored = self.till.payable(number)
        if stored is None:
            raise UnableToFindCase(number)
        now = self.house.now()
        case = read_case(stored.case_json)
        plan = extra_plan(stored.shop, case, turn, kind, amount, self.routes(stored.shop))
        self.till.open_order(stored.shop, case, now)
        needed = role_needed(self.house, stored.shop, case, plan)
        with self._budget(stored.shop, now) as budget:
            fresh = turn >= self.till.extra_turn(number)
            wanted = who_says_yes(plan, needed, person, budget if fresh else None)
            return self.till.promise(number, turn, plan, person, wanted, now, "extra", note)

    def _budget(self, shop: str, now: datetime) -> AbstractContextManager[Budget | None]:
        """The shop's goodwill of the month, held until the promise is written."""
        return nullcontext() if self.goodwill is None else self.goodwill.holding(shop, now)

    def undo(self, number: int, step: int, person: Person) -> PlanView:
        """Take back a step of a case that can be taken back."""
        self._see(number, person)
        self._own(number, step)
        return self.till.undo(step, person, self.house.now())

    def proposed(self, person: Person) -> Sequence[ProposedPlan]:
        """Every plan of a person's merchants that waits for a second person, oldest first."""
        return self.till.proposed(person.merchants)

    def troubled(self, person: Person) -> Sequence[TroubledStep]:
        """Every step of a person's merchants that someone must look at."""
        return self.till.troubled(person.merchants)

    def _see(self, number: int, person: Person) -> None:
        merchant = self.till.merchant(number)
        if merchant is None or not person.may_see(merchant):
            raise UnableToFindCase(number)

    def _own(self, number: int, step: int) -> None:
        if not self.till.owns(number, step):
            raise UnableToPromise(f"case {number} has no step {step}", f"售后单 {number} 没有步骤 {step}")

    def _plan(self, number: int, plan: int) -> PlanView:
        box = self.till.box(number)
        found = [one for one in box.plans if one.number == plan] if box else []
        if not found:
            raise UnableToPromise(f"case {number} has no plan {plan}", f"售后单 {number} 没有方案 {plan}")
        return found[0]

    def _routes(self, number: int) -> Mapping[str, str]:
        stored = self.till.payable(number)
        return self.routes(stored.shop) if stored else {}


def _moving(box: MoneyBox | None) -> bool:
    return box is not None and any(one.state in OPEN for plan in box.plans for one in plan.steps)

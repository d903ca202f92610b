"""The inbox of approvals: verbs and money that wait for a second person, with all it takes to say yes or no in place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amends.desk.cases.approve import Effect, effect
from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.give import waiting_gifts
from amends.desk.disputes.ruling_money import waiting_ruling_money
from amends.facts.payout import ProposedPlan
from amends.facts.people import Person
from amends.facts.work import CaseState, WaitingApproval
from amends.web.front import front
from amends.web.who import acting, needs


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that waits: a verb or a plan of money, with its case and what it would do. `why`: what whoever asked wrote last."""

    at: datetime
    case: CaseState
    verb: WaitingApproval | None = None
    plan: ProposedPlan | None = None
    effect: Effect | None = None
    hindered: UnableToWork | None = None

    @property
    def by(self) -> str:
        """Will name who asked."""
        return self.verb.asked_by if self.verb else self.plan.plan.proposed_by if self.plan else ""

    @property
    def needs_role(self) -> str:
        """Will give the lowest role that may say yes."""
        return self.verb.needs_role if self.verb else self.plan.plan.needs_role if self.plan else ""


@require_safe
@needs("work")
def approvals(request: HttpRequest) -> HttpResponse:
    """Will list everything that waits for a second person, longest waiting first."""
    me = acting(request)
    found = [*_verbs(me), *_plans(me)]
    shown = {
        "gifts": waiting_gifts(front().desk, me),
        "rulings": waiting_ruling_money(front().disputes, me),
        "asked": sorted(found, key=lambda one: one.at),
        "me": me,
        "done": request.GET.get("done", ""),
        "can": front().money.can,
        "payout": None,
    }
    return render(request, "approvals.html", shown)


def _verbs(me: Person) -> list[Asked]:
    desk = front().desk
    found = []
    for one in desk.casework.approvals(me.merchants):
        state = desk.casework.look(one.case)
        if state is None:
            continue
        try:
            found.append(Asked(one.asked_at, state, verb=one, effect=effect(desk, one.case, me)))
        except UnableToWork as fault:
            found.append(Asked(one.asked_at, state, verb=one, hindered=fault))
    return found


def _plans(me: Person) -> list[Asked]:
    house = front()
    found = []
    for one in house.money.proposed(me):
        state = house.desk.casework.look(one.case)
        if state is not None:
            found.append(Asked(one.plan.proposed_at, state, plan=one))
    return found

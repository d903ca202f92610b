"""Looking at a case: where it stands, all that was done, and what could be done next, decided once and nothing written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from amends.basics.money import write_minor
from amends.desk.cases.approve import Effect, check_possible, effect_of
from amends.desk.cases.deeds import check_amount
from amends.desk.cases.desk import CaseDesk, decided, policy_of
from amends.desk.cases.faults import UnableToWork, not_found
from amends.desk.cases.parcels import settling
from amends.desk.cases.refuse import RefusalView, refusal_of
from amends.desk.cases.undo import last_of, undo_until
from amends.facts.case import Case
from amends.facts.decision import Decision
from amends.facts.kin import Kin
from amends.facts.people import Person
from amends.facts.stage import paid_for_request
from amends.facts.work import CaseHistory, CaseState

PICKS: Final = (10, 20, 50, 100)


@dataclass(frozen=True, slots=True)
class Pick:
    """A share of the price of what is asked about, as an offer. `needs_role`: who may make it; `alone`: whether this person may."""

    percent: int
    amount: str
    needs_role: str
    alone: bool


@dataclass(frozen=True, slots=True)
class Look:
    """A case as a person finds it. `approve`, `settle`: what a press would do now, None where it is not possible; `hindered` says why
    approving is not. `refusal`: None where the file cannot be read. `undo_until`: until when this person can take the last verb back.
    """

    state: CaseState
    history: CaseHistory
    kin: Kin
    approve: Effect | None
    settle: Effect | None
    hindered: UnableToWork | None
    refusal: RefusalView | None
    undo_until: datetime | None
    picks: tuple[Pick, ...] = ()


def look(desk: CaseDesk, number: int, person: Person) -> Look:
    """Everything about a case. Raises `UnableToWork` (not_found) for one that is not there, or is another merchant's."""
    state = desk.casework.look(number)
    if state is None or not person.may_see(state.merchant):
        raise not_found(number)
    history, kin = desk.casework.history(number), desk.casework.kin(number, person.merchants)
    last = last_of(one.entry for one in reversed(history.entries))
    until = undo_until(state, last, person)
    if until is not None and until < desk.now():
        until = None
    try:
        case, decision = decided(desk, state)
    except UnableToWork as fault:
        return Look(state, history, kin, None, None, fault, None, until)
    seen, hindered = _approving(desk, state, case, decision, person)
    return Look(
        state,
        history,
        kin,
        seen,
        _settling(desk, state, case, decision, person),
        hindered,
        refusal_of(decision, person),
        until,
        _picks(desk, state, case, person),
    )


def _picks(desk: CaseDesk, state: CaseState, case: Case, person: Person) -> tuple[Pick, ...]:
    policy, price = policy_of(desk.house, state.shop, case, None), paid_for_request(case)
    picks = []
    for percent in PICKS:
        minor = price * percent // 100
        role = policy.approver(minor, case.order.currency) or "agent"
        if minor:
            picks.append(Pick(percent, write_minor(minor, case.order.digits), role, person.may_act_as(role)))
    return tuple(picks)


def _approving(
    desk: CaseDesk, state: CaseState, case: Case, decision: Decision, person: Person
) -> tuple[Effect | None, UnableToWork | None]:
    try:
        check_possible(state, decision)
        seen = effect_of(desk, state, case, decision, person)
        check_amount(desk, state, seen.plan)
    except UnableToWork as fault:
        return None, fault
    return seen, None


def _settling(desk: CaseDesk, state: CaseState, case: Case, decision: Decision, person: Person) -> Effect | None:
    try:
        return settling(desk, state, case, decision, person)
    except UnableToWork:
        return None

"""A second person's answer to money that waits: the plan of a case approved or refused, and the case's log told of it."""

from __future__ import annotations

from amends.desk.cases.desk import CaseDesk, actor
from amends.facts.log import Entry
from amends.facts.payout import PlanView
from amends.facts.people import Person
from amends.facts.work import Change


def money_yes(desk: CaseDesk, number: int, plan: int, person: Person) -> PlanView:
    """Approve a proposed plan of a case. Raises `UnableToWork`, `UnableToPayOut`, `UnableToPromise`."""
    with desk.hold(number, person) as held:
        made = desk.money.approve(number, plan, person)
        held.write(Entry("money_approved", actor(person), desk.now(), data={"plan": plan}), Change(to_approve=False))
        return made


def money_no(desk: CaseDesk, number: int, plan: int, person: Person, note: str) -> PlanView:
    """Refuse a proposed plan of a case; nothing of it was reserved. Raises `UnableToWork`, `UnableToPromise`."""
    with desk.hold(number, person) as held:
        made = desk.money.refuse(number, plan, person, note)
        entry = Entry("money_refused", actor(person), desk.now(), note.strip(), data={"plan": plan})
        held.write(entry, Change(to_approve=False))
        return made

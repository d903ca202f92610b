"""Who works on a case: take it, give it to someone, let go of it. A case that someone else has is not taken by accident."""

from __future__ import annotations

from amends.desk.cases.desk import CaseDesk, actor
from amends.desk.cases.faults import UnableToWork
from amends.facts.log import Entry
from amends.facts.people import Person
from amends.facts.work import CaseState, Change


def take(desk: CaseDesk, number: int, person: Person, *, over: bool = False) -> CaseState:
    """Take a case. One that another person has is taken only `over` them, which the log tells."""
    with desk.hold(number, person) as held:
        holder = held.state.assignee
        if holder == person.name:
            return held.state
        if holder and not over:
            raise UnableToWork(
                "not_possible", f"{holder} is working on this case", f"{holder} 正在处理该售后单；如需接手请确认"
            )
        return held.write(
            Entry("taken", actor(person), desk.now(), data={"from": holder}), Change(assignee=person.name)
        )


def assign(desk: CaseDesk, number: int, person: Person, to: str) -> CaseState:
    """Give a case to someone. Leads and above do; everyone may give away what is their own."""
    with desk.hold(number, person) as held:
        holder = held.state.assignee
        if holder != person.name and not person.may("assign"):
            raise UnableToWork(
                "not_allowed", "only a lead gives cases of others away", "只有主管及以上可以转派他人的售后单"
            )
        data = {"from": holder, "to": to}
        return held.write(Entry("assigned", actor(person), desk.now(), data=data), Change(assignee=to))


def release(desk: CaseDesk, number: int, person: Person) -> CaseState:
    """Let go of a case, so that whoever is free takes it."""
    with desk.hold(number, person) as held:
        holder = held.state.assignee
        if not holder:
            return held.state
        if holder != person.name and not person.may("assign"):
            raise UnableToWork("not_allowed", f"this case is {holder}'s", f"该售后单由 {holder} 处理")
        return held.write(Entry("released", actor(person), desk.now(), data={"from": holder}), Change(assignee=""))


def escalate(desk: CaseDesk, number: int, person: Person, role: str, why: str) -> CaseState:
    """Hand a case up to a role, with what it is about; nobody has it until someone of that role takes it."""
    if role not in ("lead", "finance", "manager"):
        raise UnableToWork("bad_value", "one of lead, finance, manager", "请选择主管、财务或店长", "role")
    if not why.strip():
        raise UnableToWork("bad_value", "say what it is about", "请说明升级原因", "why")
    with desk.hold(number, person) as held:
        entry = Entry("escalated", actor(person), desk.now(), why.strip(), data={"role": role})
        return held.write(entry, Change(escalated_to=role, assignee=""))


def note(desk: CaseDesk, number: int, person: Person, text: str) -> CaseState:
    """Write down something for colleagues; the buyer never sees it."""
    if not text.strip():
        raise UnableToWork("bad_value", "the note is empty", "备注不能为空", "text")
    with desk.hold(number, person, "receive") as held:
        return held.write(Entry("noted", actor(person), desk.now(), text.strip()[:4000]))

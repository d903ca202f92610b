"""The buyer and what the inspection takes off: agreeing to it, or objecting, which makes another person look a second time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from amends.desk.cases.ask import give_evidence
from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.evidence import items_of
from amends.desk.station.desk import StationDesk
from amends.desk.station.inspect import SECOND
from amends.facts.evidence import Upload
from amends.facts.log import Actor, Entry
from amends.facts.objection import objection_stands
from amends.facts.people import Person
from amends.facts.rulebook import Says
from amends.facts.work import CaseState, Change, WantedDeadline

_LATE: Final = Says("Nobody looked a second time as was promised to the buyer", "未按承诺为买家复验")


def object_to(desk: StationDesk, number: int, buyer: Actor, text: str, uploads: Sequence[Upload] = ()) -> CaseState:
    """The buyer objects, in words and with files of theirs, within the time that was given. Raises `UnableToWork`."""
    if not text.strip():
        raise bad_value("objection", "say what is not right", "请说明异议内容")
    with desk.evidence.receiving(uploads) as received, desk.book.transaction():
        _check_open(desk, number)
        if items := items_of(received, "buyer"):
            give_evidence(desk.cases, number, buyer, None, items, "")
            received.keep(number, "buyer", buyer.name, desk.now())
        now = desk.now()
        due = WantedDeadline(*SECOND, now + timedelta(hours=desk.rubrics.second_look_hours), "own.second_look", _LATE)
        with desk.cases.hold(number, Person(buyer.name, "agent", kind=buyer.kind), "receive") as held:
            entry = Entry("inspection_objected", buyer, now, text.strip()[:4000])
            change = Change(facts={"inspection": {"objected_at": now.isoformat()}}, own=[due])
            return held.write(entry, change)


def agree_to(desk: StationDesk, number: int, buyer: Actor) -> CaseState:
    """The buyer agrees to what is taken off; the desk need not wait any longer. Raises `UnableToWork`."""
    _check_open(desk, number)
    with desk.cases.hold(number, Person(buyer.name, "agent", kind=buyer.kind), "receive") as held:
        entry = Entry("inspection_agreed", buyer, desk.now())
        return held.write(entry, Change(facts={"inspection": {"agreed_at": desk.now().isoformat()}}))


def _check_open(desk: StationDesk, number: int) -> None:
    state = desk.cases.casework.look(number)
    if state is None or objection_stands(state.case, desk.now()) != "open":
        raise UnableToWork(
            "not_possible",
            "the time to answer this inspection is over, or it was answered already",
            "该验货结果的答复期限已过，或已答复",
        )

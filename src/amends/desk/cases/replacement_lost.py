"""What went out to the buyer was lost: it can go out again, nothing is taken for it, and the time for the goods begins anew."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from amends.desk.cases.advance import MISSED, RETURN_IN_TIME
from amends.desk.cases.charges import give_back
from amends.desk.cases.collecting import want
from amends.desk.cases.desk import CaseDesk, actor
from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.cases.going_out import CHOSEN_FOR
from amends.desk.cases.ports import HeldCase
from amends.desk.cases.stock import entries_of, hold_stock, remedy_of
from amends.facts.log import Actor, Entry
from amends.facts.people import Person
from amends.facts.work import CaseState, Change, WantedDeadline

_HOUSE: Final = Actor("system", "amends")


def lose_replacement(desk: CaseDesk, number: int, person: Person, why: str) -> CaseState:
    """The parcel to the buyer was lost on its way. Stock is held anew, and a deposit that was taken goes back. Raises `UnableToWork`."""
    if not why.strip():
        raise bad_value("why", "say what is known: the carrier's word, since when", "请填写依据，例如承运商的说明")
    with desk.hold(number, person, "receive") as held:
        if held.state.tracks.replacement != "shipped":
            raise UnableToWork("not_possible", "nothing is on its way to the buyer", "没有正在寄给买家的包裹")
        due = any(one.purpose == "deposit" and one.state == "due" for one in held.charges())
        change = Change(off=[RETURN_IN_TIME], exception="" if due else None)
        entry = Entry("replacement_lost", actor(person), desk.now(), why.strip()[:500], (("replacement", "lose"),))
        held.write(entry, change)
        if remedy_of(held) in CHOSEN_FOR:
            hold_stock(desk, held, remedy_of(held))
        for one in held.charges():
            if one.purpose == "deposit" and one.state == "captured":
                give_back(desk, held, person, one)
            elif one.purpose == "deposit":
                want(desk, held, one)
        return held.state


def time_anew(desk: CaseDesk, held: HeldCase) -> None:
    """Something goes out again after it was lost: the buyer has as many days for the goods as were named at first."""
    if held.state.tracks.goods in ("arrived", "inspected"):
        return
    days, lost = None, False
    for entry in entries_of(held):
        if entry.what == "advance_allowed":
            days, lost = datetime.fromisoformat(str(entry.data["due"])) - entry.at, False
        lost = lost or entry.what == "replacement_lost"
        days = None if entry.what == "remedy_failed" else days
    if days is None or not lost:
        return
    source, who, action = RETURN_IN_TIME
    again = WantedDeadline(source, who, action, desk.now() + days, "own.advance", MISSED)
    entry = Entry("return_time_anew", _HOUSE, desk.now(), data={"due": again.due.isoformat()})
    held.write(entry, Change(own=[again]))

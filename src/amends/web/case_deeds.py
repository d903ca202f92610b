"""The verbs on what is to be done on a case's platform: each reads its form and calls one verb of the desk."""

from __future__ import annotations

from django.http import QueryDict

from amends.desk.cases.desk import CaseDesk
from amends.desk.cases.faults import UnableToWork
from amends.desk.channels.deeds import again, done_there, not_needed, set_return_address
from amends.desk.settings.gate import UnableToSet
from amends.facts.people import Person
from amends.web.case_doing import read_number


def do_deed_done(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Say that a task was done on the platform."""
    done_there(desk, number, me, read_number(given, "deed", 0), given.get("note", "")[:500])


def do_deed_drop(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Say that a task need not be done any more."""
    not_needed(desk, number, me, read_number(given, "deed", 0), given.get("note", "")[:500])


def do_deed_again(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Have the house try it on the platform."""
    again(desk, number, me, read_number(given, "deed", 0))


def do_return_address(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Keep where goods go back to, for the whole shop."""
    try:
        set_return_address(desk, number, me, given.get("address", ""))
    except UnableToSet as fault:
        raise UnableToWork("not_allowed", fault.says.en, fault.says.zh) from fault

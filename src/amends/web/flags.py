"""Flags: the list of cases that deserve a closer look, how each merchant flags, and what is pressed on a case because of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from amends.desk.cases.desk import CaseDesk
from amends.desk.flags.desk import FlagDesk, UnableToFlag
from amends.desk.flags.friction import apply, take_off
from amends.desk.flags.look_again import LONGEST_REASON, answer, bound, objected
from amends.facts.flags import ANSWERS, CAPS, FRICTIONS, LEAST_DAYS, MOST_DAYS, UnableToReadFlagTerms
from amends.facts.log import SealedEntry
from amends.facts.people import Person
from amends.web.front import front
from amends.web.who import acting, needs


@require_http_methods(["GET", "HEAD", "POST"])
@needs("assign")
def flags(request: HttpRequest) -> HttpResponse:
    """Will show the cases that deserve a closer look, and keep how a merchant flags."""
    person, desk = acting(request), front().flags
    fault: UnableToReadFlagTerms | None = None
    told = request.POST
    if request.method == "POST":
        try:
            desk.tell_terms(person, told.get("merchant", ""), told.get("cap", ""), told.get("days", ""))
            return HttpResponseRedirect("/guards/flags?done=1")
        except UnableToFlag as gone:
            raise Http404 from gone
        except UnableToReadFlagTerms as found:
            fault = found
    given = {
        "merchants": desk.flagged(person),
        "waiting": desk.waiting(person),
        "now": front().now(),
        "fault": fault,
        "at": told.get("merchant", ""),
        "typed_days": told.get("days", "")[:6] if fault else "",
        "caps": CAPS,
        "days": (LEAST_DAYS, MOST_DAYS),
        "done": request.GET.get("done") == "1",
        "may": person.may("settings"),
    }
    return render(request, "guard_flags.html", given, status=400 if fault else 200)


def case_flag(person: Person, number: int, entries: Sequence[SealedEntry]) -> dict[str, Any]:
    """What the case page shows of a case's flag: its reasons, the threshold, what can be pressed, and a buyer who objects."""
    found = front().flags.of_case(person, number)
    shown: dict[str, Any] = {"flag": found[0] if found else None, "threshold": found[1] if found else None}
    if found and found[1]:
        shown["flag_marked"] = found[1].marks(found[0].points, found[0].at)
    if found and found[0].appeal == "asked":
        shown["objection"] = objected(entries)
        shown["may_answer"] = person.may("assign") and person.name not in bound(entries)
    return shown | {"frictions": FRICTIONS, "flag_answers": ANSWERS, "longest_reason": LONGEST_REASON}


def do_friction(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Press what is suggested because of a flag."""
    apply(_flags(desk), number, me, given.get("friction", ""))


def do_friction_off(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Take it off again."""
    take_off(_flags(desk), number, me)


def do_look_again(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Answer a buyer who objects."""
    answer(_flags(desk), number, me, given.get("answer", ""), given.get("why", ""))


def _flags(desk: CaseDesk) -> FlagDesk:
    return front().flags.on(desk)

"""One key, one deed: approving, taking, letting go and undoing from the drawer, with a line that says what was done."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from amends.desk.cases.approve import approve
from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.take import release, take
from amends.desk.cases.undo import undo
from amends.facts.people import Person
from amends.facts.rulebook import Says
from amends.facts.work import CaseState
from amends.store.own_views import guided, look_at
from amends.web.cases import query_of
from amends.web.front import front
from amends.web.money import BEYOND_KEYS
from amends.web.who import acting, needs


@require_POST
@needs("work")
def approve_it(request: HttpRequest, number: int) -> HttpResponse:
    """Will do what is suggested, if it still is what the person saw (`digest`)."""
    digest = request.POST.get("digest", "")
    return _done(request, number, "approved", lambda person: approve(front().desk, number, person, digest=digest))


@require_POST
@needs("work")
def take_it(request: HttpRequest, number: int) -> HttpResponse:
    """Will take the case, over whoever has it where `over` is said."""
    over = request.POST.get("over") == "yes"
    return _done(request, number, "taken", lambda person: take(front().desk, number, person, over=over))


@require_POST
@needs("work")
def release_it(request: HttpRequest, number: int) -> HttpResponse:
    """Will let go of the case."""
    return _done(request, number, "released", lambda person: release(front().desk, number, person))


@require_POST
@needs("work")
def undo_it(request: HttpRequest, number: int) -> HttpResponse:
    """Will take the last deed back, as long as nothing of it has left the house."""
    return _done(request, number, "undone", lambda person: undo(front().desk, number, person))


@require_POST
@needs("see")
def here(request: HttpRequest, number: int) -> HttpResponse:
    """Will note that the person looks at the case, and say who else does."""
    person = acting(request)
    if number >= BEYOND_KEYS or front().cases.line(number, person.merchants) is None:
        raise Http404
    looking = look_at(number, person.name, front().now())
    return render(request, "parts/looking.html", {"looking": looking})


def _done(request: HttpRequest, number: int, what: str, verb: Callable[[Person], CaseState]) -> HttpResponse:
    """Will do it and tell of it in a line, with the case's own line as it is now. Without scripts: the case page."""
    person = acting(request)
    if number >= BEYOND_KEYS:
        raise Http404
    fault: Says | None = None
    state: CaseState | None = None
    try:
        state = verb(person)
    except UnableToWork as hindered:
        if hindered.code == "not_found":
            raise Http404 from None
        fault = hindered.says
    guided(person.name)
    if not request.headers.get("HX-Request") and fault is None:
        return HttpResponseRedirect(f"/cases/{number}")
    waits = what == "approved" and state is not None and state.to_approve
    shown = {
        "number": number,
        "line": front().cases.line(number, person.merchants),
        "query": query_of(request),
        "now": front().now(),
        "what": "waits" if waits else what,
        "fault": fault,
        "seconds": state.undo_seconds if state is not None and what == "approved" else 0,
    }
    template = "parts/acted.html" if request.headers.get("HX-Request") else "list_fault.html"
    return render(request, template, shown, status=200 if fault is None else 409)

"""Second contact: buyers who answered that they were not content, as work with an owner and a time."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from amends.desk.cases.faults import UnableToWork
from amends.desk.follow.desk import UnableToFollow
from amends.facts.follow_up import OUTCOMES, UnableToReadFollowUp
from amends.web.front import front
from amends.web.who import acting, needs


@require_safe
@needs("work")
def queue(request: HttpRequest) -> HttpResponse:
    """Will show who waits for a second contact, the soonest due first, and who had one."""
    found = front().follow.queue(acting(request))
    return render(request, "follow.html", {"queue": found, "now": front().follow.cases.now()})


@require_http_methods(["GET", "HEAD", "POST"])
@needs("work")
def one(request: HttpRequest, number: int) -> HttpResponse:
    """Will show one answer, give it to somebody, or keep that the buyer was contacted."""
    desk, person, fault = front().follow, acting(request), ""
    try:
        if request.method == "POST":
            try:
                _do(request, number)
                return HttpResponseRedirect(f"/follow-up/{number}?done=1")
            except UnableToReadFollowUp as unread:
                fault = unread.field
            except UnableToWork:
                fault = "stale"
        found = desk.one(person, number)
    except UnableToFollow as gone:
        raise Http404 from gone
    given = {
        "one": found,
        "people": desk.people(person, found),
        "outcomes": OUTCOMES,
        "fault": fault,
        "written": request.POST if fault else {},
        "done": "done" in request.GET,
        "now": desk.cases.now(),
    }
    return render(request, "follow_one.html", given, status=400 if fault else 200)


def _do(request: HttpRequest, number: int) -> None:
    desk, person, told = front().follow, acting(request), request.POST
    if told.get("verb") == "give":
        desk.give(person, number, told.get("owner", ""))
    else:
        note = told.get("note", "").replace("\x00", "")
        desk.contact(person, number, told.get("outcome", ""), note)

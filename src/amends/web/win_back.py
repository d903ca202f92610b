"""Win-back: the messages that wait, each as it would leave, and what came of those before."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from amends.desk.cases.faults import UnableToWork
from amends.desk.follow.win_back import digest_of
from amends.desk.pay_out import UnableToPayOut
from amends.facts.rulebook import Says
from amends.facts.win_back import CAME_BACK_DAYS, ENOUGH
from amends.web.front import front
from amends.web.who import acting, needs


@require_http_methods(["GET", "HEAD", "POST"])
@needs("work")
def win_back(request: HttpRequest) -> HttpResponse:
    """Will show who waits, and send a message that was seen or leave its buyer alone."""
    fault: Says | None = None
    if request.method == "POST":
        try:
            _do(request)
            return HttpResponseRedirect("/follow-up/win-back?done=1")
        except (UnableToWork, UnableToPayOut) as wrong:
            fault = wrong.says
    found = front().win_back.look(acting(request))
    given = {
        "waiting": [(one, subject, text, digest_of(subject, text)) for one, subject, text in found.waiting],
        "figures": found.figures,
        "days": CAME_BACK_DAYS,
        "enough": ENOUGH,
        "fault": fault,
        "done": "done" in request.GET,
    }
    return render(request, "win_back.html", given, status=409 if fault else 200)


def _do(request: HttpRequest) -> None:
    told, desk = request.POST, front().win_back
    case = told.get("case", "")
    number = int(case) if case.isascii() and case.isdigit() and len(case) < 19 else 0
    if told.get("verb") == "send":
        desk.send(acting(request), number, told.get("digest", ""))
    elif told.get("verb") == "drop":
        desk.drop(acting(request), number)
    else:
        raise Http404

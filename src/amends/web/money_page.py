"""The page of money that needs a person: steps in trouble, notices that fit nothing, differences with statements."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from amends.desk.reconcile import UnableToSettle
from amends.desk.take_notice import UnableToReplay
from amends.facts.rulebook import Says
from amends.facts.wire import UnableToTrustNotice
from amends.web.front import front
from amends.web.money import BEYOND_KEYS
from amends.web.who import acting, needs

_DONE = "/money"


@require_safe
@needs("money")
def money_page(request: HttpRequest) -> HttpResponse:
    """Will list everything about money that waits for a person."""
    return _page(request)


@require_POST
@needs("money")
def replay(request: HttpRequest, number: int) -> HttpResponse:
    """Will apply a kept notice once more."""
    if number >= BEYOND_KEYS:
        raise Http404
    try:
        front().notices.replay(number, acting(request))
    except UnableToReplay as fault:
        return _page(request, fault.says, status=409)
    except UnableToTrustNotice as fault:
        return _page(request, Says(str(fault), str(fault)), status=409)
    return HttpResponseRedirect(_DONE)


@require_POST
@needs("money")
def settle(request: HttpRequest, number: int) -> HttpResponse:
    """Will settle a difference with a note on what was found."""
    if number >= BEYOND_KEYS:
        raise Http404
    try:
        front().statements.settle(number, acting(request), request.POST.get("note", "")[:500])
    except UnableToSettle as fault:
        return _page(request, fault.says, status=409)
    return HttpResponseRedirect(_DONE)


def _page(request: HttpRequest, fault: Says | None = None, status: int = 200) -> HttpResponse:
    house, me = front(), acting(request)
    shown = {
        "steps": house.money.troubled(me),
        "notices": house.notices.exceptions(me),
        "differences": house.statements.open(me),
        "fault": fault,
        "now": house.now(),
    }
    return render(request, "money_page.html", shown, status=status)

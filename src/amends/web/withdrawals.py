"""Statements of withdrawal for the desk: those that fit no order wait here for a person."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from amends.desk.cases.faults import UnableToWork
from amends.desk.portal.withdrawal import settle_statement, statements
from amends.web.front import front
from amends.web.who import acting, needs


@require_safe
@needs("work")
def withdrawals(request: HttpRequest) -> HttpResponse:
    """Will list the statements, those to be looked at first."""
    return _page(request)


@require_POST
@needs("work")
def settle(request: HttpRequest, number: int) -> HttpResponse:
    """Will note what became of a statement."""
    try:
        settle_statement(front().portal, number, acting(request), request.POST.get("note", ""))
    except UnableToWork as fault:
        return _page(request, fault)
    return HttpResponseRedirect("/withdrawals")


def _page(request: HttpRequest, fault: UnableToWork | None = None) -> HttpResponse:
    found = statements(front().portal, acting(request))
    shown = {
        "open": [one for one in found if one.state == "open"],
        "others": [one for one in found if one.state != "open"],
        "fault": fault,
    }
    status = 200 if fault is None else 404 if fault.code == "not_found" else 409
    return render(request, "withdrawals.html", shown, status=status)

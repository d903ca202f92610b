"""The page of settings on which shops are told whether to ask their buyers, how late, and how soon the unhappy are contacted."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from amends.desk.follow.desk import UnableToFollow
from amends.facts.follow_up import MOST_CONTACT, MOST_DELAY, UnableToReadFollowUp
from amends.facts.goodwill import OVERS
from amends.facts.reviews import APPROVALS
from amends.web.front import front
from amends.web.setup.gate import acting, keepers_only


@require_safe
@keepers_only
def shops(request: HttpRequest) -> HttpResponse:
    """Will show how every shop follows up."""
    return _page(request)


@require_POST
@keepers_only
def keep(request: HttpRequest, number: int) -> HttpResponse:
    """Will keep how one shop does."""
    try:
        front().follow.set_terms(acting(request), number, request.POST.dict())
    except UnableToFollow as gone:
        raise Http404 from gone
    except UnableToReadFollowUp as fault:
        return _page(request, number, fault.field)
    return HttpResponseRedirect("/settings/follow-up?saved=1")


def _page(request: HttpRequest, number: int = 0, fault: str = "") -> HttpResponse:
    given = {
        "shops": front().follow.shops(acting(request)),
        "wrong": number,
        "fault": fault,
        "written": request.POST,
        "most": {"delay_hours": MOST_DELAY, "contact_hours": MOST_CONTACT},
        "overs": OVERS,
        "approvals": APPROVALS,
        "saved": "saved" in request.GET,
    }
    return render(request, "setup/follow.html", given, status=409 if fault else 200)

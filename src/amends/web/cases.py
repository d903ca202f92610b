"""The work list and the preview beside it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amends.facts.listed import FILTERS, SORTS, VIEWS
from amends.learn.case_view import CaseView, view_case
from amends.learn.worklist import read_query, read_worklist
from amends.web.front import front
from amends.web.who import acting, needs

_NAME_GROUPS = {"platform": "channel", "kind": "kind", "reason": "reason", "outcome": "outcome", "market": "market"}


@require_safe
@needs("see")
def work_list(request: HttpRequest) -> HttpResponse:
    """Will show the cases that the address asks for."""
    house = front()
    now = house.now()
    listed = read_worklist(house.cases, read_query(request.GET), now, acting(request).merchants)
    filters = [
        (field, _NAME_GROUPS.get(field, ""), getattr(listed.choices, field), getattr(listed.query, field))
        for field in FILTERS
    ]
    return render(
        request,
        "list.html",
        {
            "query": listed.query,
            "page": listed.page,
            "views": [(view, listed.counts[view]) for view in VIEWS],
            "filters": filters,
            "sorts": SORTS,
            "filtered": not listed.query.is_plain(),
            "anything": listed.counts["open"] + listed.counts["closed"] > 0,
            "now": now,
        },
    )


@require_safe
@needs("see")
def peek(request: HttpRequest, number: int) -> HttpResponse:
    """Will show the heart of one case as a part of a page, for the drawer beside the list."""
    shown = {"view": _case(request, number), "now": front().now(), "query": read_query(request.GET)}
    return render(request, "parts/peek.html", shown)


def _case(request: HttpRequest, number: int) -> CaseView:
    stored = front().cases.case(number, acting(request).merchants) if number < 2**63 else None
    if stored is None:
        raise Http404
    return view_case(stored)

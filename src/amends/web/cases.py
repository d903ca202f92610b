"""The work list and the preview beside it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amends.desk.cases.approve import Effect, effect
from amends.desk.cases.faults import UnableToWork
from amends.facts.listed import COUNTED, FARTHEST, FILTERS, SORTS, VIEWS, ListQuery
from amends.facts.rulebook import Says
from amends.learn.case_view import CaseView, view_case
from amends.learn.worklist import WorkList, read_query, read_worklist
from amends.store.channel_looks import troubled
from amends.store.own_views import lookers, needs_guide, saved_views
from amends.web.front import front
from amends.web.who import acting, needs

_NAME_GROUPS = {
    "platform": "channel",
    "kind": "kind",
    "reason": "reason",
    "outcome": "outcome",
    "market": "market",
    "status": "status",
    "origin": "origin",
}


@require_safe
@needs("see")
def work_list(request: HttpRequest) -> HttpResponse:
    """Will show the cases that the address asks for; asked for as a part, only what changes while one types."""
    house, person = front(), acting(request)
    now = house.now()
    listed = read_worklist(house.cases, read_query(request.GET, person), now, person.merchants)
    shown = list_context(listed) | {"now": now, "saved": saved_views(person.name)}
    if request.headers.get("X-Part") == "list":
        return render(request, "parts/list_part.html", shown)
    shown |= {"guide": person.may("work") and needs_guide(person.name), "troubled": troubled(person.merchants, now)}
    return render(request, "list.html", shown)


def list_context(listed: WorkList) -> dict[str, object]:
    """What the list's template needs to know of a page of cases."""
    query, page = listed.query, listed.page
    return {
        "query": query,
        "page": page,
        "more": page.page < page.pages,
        "by_number": page.page < FARTHEST,
        "views": [(view, listed.counts[view]) for view in VIEWS],
        "pressing": min(listed.counts["running_out"] + listed.counts["overdue"], COUNTED + 1),
        "filters": [
            (field, _NAME_GROUPS.get(field, ""), getattr(listed.choices, field), getattr(query, field))
            for field in FILTERS
        ],
        "sorts": SORTS,
        "filtered": not query.is_plain(),
        "narrowed": any(getattr(query, field) for field in FILTERS),
        "anything": listed.counts["open"] + listed.counts["closed"] > 0,
    }


@require_safe
@needs("see")
def peek(request: HttpRequest, number: int) -> HttpResponse:
    """Will show the heart of one case as a part of a page, for the drawer beside the list: with what a yes would do."""
    person, now = acting(request), front().now()
    view = _case(request, number)
    seen, why = _effect(request, number)
    shown = {
        "view": view,
        "now": now,
        "query": read_query(request.GET, person),
        "number": number,
        "seen": seen,
        "why_not": why,
        "looking": lookers(number, person.name, now),
    }
    return render(request, "parts/peek.html", shown)


def _effect(request: HttpRequest, number: int) -> tuple[Effect | None, Says | None]:
    """What a yes would do, or why there is none to give."""
    person = acting(request)
    if not person.may("work"):
        return None, None
    try:
        return effect(front().desk, number, person), None
    except UnableToWork as fault:
        return None, fault.says


def _case(request: HttpRequest, number: int) -> CaseView:
    stored = front().cases.case(number, acting(request).merchants) if number < 2**63 else None
    if stored is None:
        raise Http404
    return view_case(stored)


def query_of(request: HttpRequest) -> ListQuery:
    """The list that a form or a part was sent from: its address's query lies in the field `from`."""
    from django.http import QueryDict

    return read_query(QueryDict(request.POST.get("from", "")[:2000].lstrip("?")), acting(request))

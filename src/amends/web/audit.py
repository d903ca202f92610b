"""Who looked at personal data and who changed what others may do; and the button that shows what is masked."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from amends.facts.audit import DEEDS, AuditQuery, Deed
from amends.web.entry import place_of
from amends.web.front import front
from amends.web.who import acting, needs

SHOWN: Final = "shown"
"""What a session holds of the case whose masked data its next page shows."""
MASKED: Final = ("buyer", "message", "raw_rows")
"""What is masked on the case page."""


@require_POST
@needs("work")
def show(request: HttpRequest, number: int) -> HttpResponse:
    """Will write down that the person looks at a buyer's data, and show it on the next page alone."""
    me = acting(request)
    stored = front().cases.case(number, me.merchants) if number < 2**63 else None
    if stored is None:
        raise Http404
    deed = Deed(me.name, "shown", stored.merchant, stored.line.key, number, MASKED, place=place_of(request))
    front().people.audit.write(deed, front().now())
    request.session[SHOWN] = number
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(f"/cases/{number}" + (f"?{query}" if query else ""))


def takes_shown(request: HttpRequest, number: int) -> bool:
    """Whether this page may show what is masked: once for each time that was written down."""
    if request.session.get(SHOWN) != number:
        return False
    del request.session[SHOWN]
    return True


@require_safe
@needs("people")
def audit(request: HttpRequest) -> HttpResponse:
    """Will list what was done about the person's merchants."""
    query = _read(request.GET)
    page = front().people.audit.read(query, acting(request).merchants)
    return render(request, "audit.html", {"query": query, "found": page, "deeds": DEEDS, "onward": _pages(request)})


def _pages(request: HttpRequest) -> str:
    kept = request.GET.copy()
    kept.pop("page", None)
    return kept.urlencode()


def _read(given: Any) -> AuditQuery:
    """What is asked for in an address; what is not known there is left out, never an error."""
    page, what = str(given.get("page", ""))[:6], str(given.get("what", ""))
    return AuditQuery(
        who=str(given.get("who", "")).replace("\x00", "")[:150],
        what=what if what in DEEDS else "",
        since=_day(given.get("since", "")),
        until=_day(given.get("until", "")),
        page=max(1, int(page)) if page.isascii() and page.isdigit() else 1,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None

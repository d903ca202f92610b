"""What changed in the list while someone looks at it: asked for every few seconds, answered with nothing as long as nothing did.

The server has one thread a worker, for SQLite has one writer: a stream of server-sent events would hold that thread for as long as the
page is open. A question with an `ETag` costs one look at the end of the log, and is answered 304 until something was written.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amends.facts.listed import VIEWS
from amends.learn.worklist import read_query
from amends.web.front import front
from amends.web.who import acting, needs

MOST: Final = 100
"""How many lines one page may ask about."""
_SEEN: Final = re.compile(r"([0-9]{1,15})\.([0-9]{1,9})", re.ASCII)


@require_safe
@needs("see")
def changes(request: HttpRequest) -> HttpResponse:
    """Will give the counts and the lines that are no longer as the page has them; `seen` holds number and version of each line."""
    house, person = front(), acting(request)
    now = house.now()
    told = f"{house.cases.version()} {now:%Y-%m-%d %H:%M} {person} {request.META.get('QUERY_STRING', '')}"
    tag = f'"{hashlib.sha256(told.encode()).hexdigest()[:24]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    query = read_query(request.GET, person)
    seen = {int(number): int(version) for number, version in _SEEN.findall(request.GET.get("seen", ""))[:MOST]}
    counts = house.cases.counts(now, person.merchants, person.name, person.role)
    shown = {
        "query": query,
        "now": now,
        "views": [(view, counts[view]) for view in VIEWS],
        "pressing": counts["running_out"] + counts["overdue"],
        "fresh": house.cases.fresh(query, seen, now, person.merchants),
        "grown": query.is_plain() and request.GET.get("total", "") not in ("", str(counts[query.view])),
    }
    answer = render(request, "parts/changes.html", shown)
    answer["ETag"] = tag
    return answer

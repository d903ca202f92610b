"""The station's first page: one field for whatever is scanned, what waits, and how long it takes."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amends.facts.station import Hit
from amends.web.front import front
from amends.web.who import acting, needs


@require_safe
@needs("receive")
def board(request: HttpRequest) -> HttpResponse:
    """Will show the field, and what waits; a number that was scanned leads on to its parcel or case."""
    me, told = acting(request), request.GET.get("scan", "").strip()[:120]
    hits = front().station.scan(me, told) if told else ()
    if len(hits) == 1 and (onward := _onward(hits[0], told)):
        return HttpResponseRedirect(onward)
    shown = {
        "board": front().station.board(me),
        "told": told,
        "hits": [(one, _onward(one, told)) for one in hits],
        "done": request.GET.get("done", ""),
        "label": request.GET.get("label", "") if request.GET.get("label", "").isdigit() else "",
        "now": front().now(),
        "keep": f"/station/keep?{urlencode({'waybill': told})}",
    }
    return render(request, "station/board.html", shown)


def _onward(hit: Hit, told: str) -> str:
    if hit.kind == "case":
        by = {"scan": told} if hit.by in ("waybill", "shipment") else {}
        return f"/station/cases/{hit.number}" + (f"?{urlencode(by)}" if by else "")
    if hit.kind == "stray":
        return f"/station/parcels/{hit.number}"
    return f"/station/keep?{urlencode({'order': hit.key, 'shop': hit.shop})}"

"""Parcels that no case is known for: kept, looked at with the cases that may be theirs, matched, sent on, labelled."""

from __future__ import annotations

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.station.keep import keep, look, match, send_on
from amends.facts.station import STRAY_KINDS, NewStray
from amends.web.front import front
from amends.web.station.forms import began_now, known, need, pressed, read_arrival, read_began
from amends.web.who import acting, needs


@require_safe
@needs("receive")
def keep_page(request: HttpRequest) -> HttpResponse:
    """Will show the form for a parcel that nobody announced."""
    return _form(request)


@require_POST
@needs("receive")
def keep_one(request: HttpRequest) -> HttpResponse:
    """Will keep a parcel."""

    def do() -> str:
        given, arrival = request.POST, read_arrival(request)
        about = NewStray(
            given.get("shop", "")[:120],
            given.get("kind", "unannounced"),
            arrival.waybill,
            given.get("carrier", "")[:60],
            given.get("order", "")[:120],
            given.get("phone", "")[:20],
            given.get("name", "")[:80],
            given.get("sku", "")[:120],
            arrival.grams,
            arrival.place,
            arrival.note,
        )
        number = keep(front().station, acting(request), about, arrival)
        return f"/station?done=keep&label={number}"

    return pressed(do, lambda fault: _form(request, fault))


def _form(request: HttpRequest, fault: UnableToWork | None = None) -> HttpResponse:
    given = request.POST if fault else request.GET
    shown = {
        "fault": fault,
        "given": given,
        "began": given.get("began", "") or began_now(),
        "kinds": STRAY_KINDS,
        "shops": [name for name, _ in front().station.book.shops(acting(request).merchants)],
    }
    return render(request, "station/keep.html", shown, status=409 if fault else 200)


@require_safe
@needs("receive")
def parcel(request: HttpRequest, number: int) -> HttpResponse:
    """Will show a kept parcel with the cases that may be its own."""
    return _page(request, number)


@require_POST
@needs("receive")
def match_one(request: HttpRequest, number: int) -> HttpResponse:
    """Will say whose a parcel is."""

    def do() -> str:
        me, told = acting(request), need(request.POST.get("case", ""), "case")
        hits = [one for one in front().station.scan(me, told) if one.kind == "case"]
        if len(hits) != 1:
            raise bad_value(
                "case",
                f"{len(hits)} cases go by this number; give a case's own",
                f"有 {len(hits)} 个售后单匹配，请填写售后单号",
            )
        match(front().station, known(number), hits[0].number, me, read_began(request.POST))
        return f"/station/cases/{hits[0].number}?done=match#inspect"

    return pressed(do, lambda fault: _page(request, number, fault))


@require_POST
@needs("receive")
def gone(request: HttpRequest, number: int) -> HttpResponse:
    """Will note that a parcel leaves, and where to."""

    def do() -> str:
        send_on(front().station, known(number), acting(request), request.POST.get("became", ""))
        return "/station?done=gone"

    return pressed(do, lambda fault: _page(request, number, fault))


@require_safe
@needs("receive")
def label(request: HttpRequest, number: int) -> HttpResponse:
    """Will show a parcel's label, to be printed and stuck on it."""
    try:
        stray = front().station.stray(known(number), acting(request))
    except UnableToWork as fault:
        raise Http404 from fault
    code = segno.make(stray.label, error="m", micro=False).svg_inline(
        scale=6, border=2, omitsize=True, dark="#000", light="#fff", title=stray.label
    )
    drawn = mark_safe(code)  # made by us from the parcel's number alone; segno writes it as an XML attribute
    return render(request, "station/label.html", {"stray": stray, "code": drawn})


def _page(request: HttpRequest, number: int, fault: UnableToWork | None = None) -> HttpResponse:
    try:
        view = look(front().station, known(number), acting(request))
    except UnableToWork as away:
        raise Http404 from away
    shown = {
        "view": view,
        "stray": view.stray,
        "fault": fault,
        "began": began_now(),
        "given": request.POST if fault else {},
    }
    return render(request, "station/parcel.html", shown, status=409 if fault else 200)

"""A case at the station: its parcel received, its goods inspected, looked at again, and given their place."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from amends.desk.cases.faults import UnableToWork
from amends.desk.station import dispose as placing
from amends.desk.station.checks import sold_numbers
from amends.desk.station.inspect import inspect_case, looks_at, weigh
from amends.desk.station.keep import not_this_cases
from amends.desk.station.receive import Arrival, asked_of, came_back, expected_weight, take_in
from amends.facts.objection import objection_stands
from amends.facts.rubrics import DISPOSITIONS
from amends.facts.sold import lines_of
from amends.facts.station import NewStray
from amends.facts.work import CaseState
from amends.web.case_doing import read_number
from amends.web.front import front
from amends.web.station.forms import (
    began_now,
    known,
    pressed,
    read_arrival,
    read_began,
    read_sheet,
    read_version,
)
from amends.web.uploads import uploads_of
from amends.web.who import acting, needs


@require_safe
@needs("receive")
def case_page(request: HttpRequest, number: int) -> HttpResponse:
    """Will show what is to be done with a case's goods."""
    return _page(request, number)


@require_POST
@needs("receive")
def receive(request: HttpRequest, number: int) -> HttpResponse:
    """Will receive a parcel of the case."""

    def do() -> str:
        given = request.POST
        take_in(front().station, known(number), acting(request), read_arrival(request), read_version(given))
        return f"/station/cases/{number}?done=receive#inspect"

    return pressed(do, lambda fault: _page(request, number, fault))


@require_POST
@needs("receive")
def back(request: HttpRequest, number: int) -> HttpResponse:
    """Will take back a parcel that had gone out and was not delivered."""

    def do() -> str:
        given, arrival = request.POST, read_arrival(request)
        came_back(
            front().station,
            known(number),
            acting(request),
            given.get("shipment", "")[:120],
            given.get("how", ""),
            arrival,
            read_version(given),
        )
        return "/station?done=came_back"

    return pressed(do, lambda fault: _page(request, number, fault))


@require_POST
@needs("receive")
def wrong(request: HttpRequest, number: int) -> HttpResponse:
    """Will keep a parcel that is not this case's."""

    def do() -> str:
        arrival = read_arrival(request)
        about = NewStray("", "wrong", arrival.waybill, grams=arrival.grams, place=arrival.place, note=arrival.note)
        kept = not_this_cases(front().station, known(number), acting(request), about, arrival)
        return f"/station?done=keep&label={kept}"

    return pressed(do, lambda fault: _page(request, number, fault))


@require_POST
@needs("receive")
def inspect(request: HttpRequest, number: int) -> HttpResponse:
    """Will write an inspection down, or a second look; `look`: only tell what it would come to."""
    me, given = acting(request), request.POST
    if given.get("do") == "look":
        return _weighed(request, number)

    def do() -> str:
        state = front().station.case(known(number), me)
        sheet = read_sheet(given, list(asked_of(state)))
        inspect_case(front().station, number, me, sheet, uploads_of(request), read_began(given), read_version(given))
        return f"/station/cases/{number}?done=inspect#place"

    return pressed(do, lambda fault: _page(request, number, fault))


def _weighed(request: HttpRequest, number: int) -> HttpResponse:
    """What the sheet as it stands would take off, and up to what."""
    shown: dict[str, Any] = {}
    try:
        state = front().station.case(known(number), acting(request))
        sheet = read_sheet(request.POST, list(asked_of(state)))
        shown = {"weighed": weigh(front().station, state, sheet), "state": state}
    except UnableToWork as fault:
        if fault.code == "not_found":
            raise Http404 from fault
        shown = {"fault": fault}
    return render(request, "station/weighed.html", shown)


@require_POST
@needs("receive")
def dispose(request: HttpRequest, number: int) -> HttpResponse:
    """Will give goods their place."""

    def do() -> str:
        given, me = request.POST, acting(request)
        state = front().station.case(known(number), me)
        lines = list(asked_of(state))
        placed = [
            placing.Placed(line, read_number(given, f"{to}-{index}", 0), to, given.get(f"mark-{index}", "")[:120])
            for index, line in enumerate(lines)
            for to in DISPOSITIONS
        ]
        note = given.get("note", "")[:500]
        placing.dispose(front().station, number, me, placed, note, read_began(given), read_version(given))
        return "/station?done=dispose"

    return pressed(do, lambda fault: _page(request, number, fault))


def _page(request: HttpRequest, number: int, fault: UnableToWork | None = None) -> HttpResponse:
    desk, me = front().station, acting(request)
    try:
        state = desk.case(known(number), me)
    except UnableToWork as gone:
        raise Http404 from gone
    history = desk.cases.casework.history(number)
    looks = looks_at(history)
    inspected = state.tracks.goods == "inspected"
    shown = {
        "state": state,
        "fault": fault,
        "done": request.GET.get("done", ""),
        "scanned": request.GET.get("scan", "")[:60],
        "began": began_now(),
        "lines": _lines(state, request, placing.left_to_place(desk, number) if looks else {}, fault),
        "expected": expected_weight(desk, state),
        "weight": _weight_of(state),
        "looks": looks,
        "objection": objection_stands(state.case, desk.now()),
        "said": next(
            (one.entry.why for one in reversed(history.entries) if one.entry.what == "inspection_objected"), ""
        ),
        "mine": bool(looks) and looks[-1].by.name == me.name,
        "may_inspect": state.tracks.desk == "open"
        and (not inspected or not any(x.what == "second_look" for x in looks)),
        "inspected": inspected and bool(looks),
        "shipments": state.case.get("shipments") or (),
        "strays": desk.book.strays_of(number),
        "pieces": desk.evidence.shelf.of_case(number),
        "proofs": desk.goods.of_case(number),
        "given": request.POST if fault else {},
        "to": DISPOSITIONS,
    }
    return render(request, "station/case.html", shown, status=409 if fault else 200)


def _weight_of(state: CaseState) -> str:
    back = state.case.get("return_parcel") or {}
    return front().station.rubrics.scales.verdict(expected_weight(front().station, state), back.get("grams"))


def _lines(
    state: CaseState, request: HttpRequest, left: dict[str, int], fault: UnableToWork | None
) -> list[dict[str, Any]]:
    """The lines that were announced, each with its rubric, what was sold of it, and what was typed before."""
    desk, given, told = front().station, request.POST, lines_of(state.case)
    serials, lots = sold_numbers(desk, state, "serials"), sold_numbers(desk, state, "lots")
    shown, at_fault = [], fault.field if fault else ""
    likely = "missing" if _weight_of(state) == "empty" else "good"
    for index, (line, many) in enumerate(asked_of(state).items()):
        about = told.get(line, {})
        rubric = desk.rubrics.of(str(about.get("category") or "other"))
        shown.append(
            {
                "index": index,
                "id": line,
                "title": about.get("title") or line,
                "sku": about.get("sku") or "",
                "many": many,
                "rubric": rubric,
                "serials": serials.get(line, ()),
                "lots": lots.get(line, ()),
                "left": left.get(line, 0),
                "counts": [(name, given.get(f"{name}-{index}", many if name == likely else 0)) for name in _KINDS],
                "grade": given.get(f"grade-{index}", "A" if likely == "good" else "D"),
                "ticked": given.getlist(f"state-{index}"),
                "percent": given.get(f"percent-{index}", ""),
                "typed": given.get(f"serials-{index}", ""),
                "typed_lots": given.get(f"lots-{index}", ""),
                "bad_count": at_fault in (f"count-{line}", f"grade-{line}", f"percent-{line}"),
                "bad_serial": at_fault == f"serial-{line}",
                "note": given.get(f"note-{index}", ""),
            }
        )
    return shown


_KINDS = ("good", "defective", "missing", "wrong")
__all__ = ["Arrival", "back", "case_page", "dispose", "inspect", "receive", "wrong"]

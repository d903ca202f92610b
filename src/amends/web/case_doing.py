"""How a verb is done from a form: on the version that was looked at, with the page again where it cannot be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

from amends.desk.cases.desk import CaseDesk
from amends.desk.cases.faults import UnableToWork, bad_value
from amends.facts.people import Person
from amends.learn.worklist import read_query
from amends.web.case_page import page
from amends.web.front import front
from amends.web.money import BEYOND_KEYS
from amends.web.onward import safe_onward
from amends.web.who import acting, needs

Verb = Callable[[CaseDesk, int, Person, QueryDict], object]
"""Takes the desk, the case's number, the person and what was typed, and does it. Raises `UnableToWork`."""
ALWAYS: Final = frozenset({"note", "message", "take", "undo"})
"""What is right whatever happened to the case meanwhile."""


def doing(name: str, duty: str, verb: Verb) -> Callable[[HttpRequest, int], HttpResponse]:
    """The view of a verb: a press does it and goes back to the case, a look goes to its form there."""

    @needs(duty)
    def view(request: HttpRequest, number: int) -> HttpResponse:
        me = acting(request)
        if number >= BEYOND_KEYS or front().cases.case(number, me.merchants) is None:
            raise Http404
        if request.method != "POST":
            return HttpResponseRedirect(f"/cases/{number}{list_part(request)}#{name}")
        try:
            seen = None if name in ALWAYS else read_version(request.POST)
            verb(front().desk.as_seen(number, seen), number, me, request.POST)
        except UnableToWork as fault:
            if fault.code == "not_found":
                raise Http404 from fault
            return page(request, number, name, fault, status=409)
        return HttpResponseRedirect(onward(request, number, name))

    view.__name__ = f"do_{name.replace('-', '_')}"
    view.__doc__ = f"Will do {name} on a case."
    return view


def read_version(given: QueryDict) -> int | None:
    """The version that a form was made for; None where it names none."""
    text = given.get("version", "")
    if not text:
        return None
    return read_number(given, "version", 0)


def read_number(given: QueryDict, field: str, otherwise: int) -> int:
    """A whole number of a form. Raises `UnableToWork`."""
    text = given.get(field, "").strip()
    if not text:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise bad_value(field, "a whole number is wanted", "请填写整数")
    return int(text)


def list_part(request: HttpRequest, **more: str) -> str:
    """The part of an address that says from which list a case was opened."""
    pairs = {**read_query(request.GET).pairs(), **more}
    return f"?{urlencode(pairs)}" if pairs else ""


def onward(request: HttpRequest, number: int, name: str) -> str:
    """Where a person goes after a press: where the form says, else back to the case with a word on what was done."""
    wanted = request.POST.get("next", "")
    if wanted:
        return safe_onward(request, wanted)
    return f"/cases/{number}{list_part(request, done=name)}"

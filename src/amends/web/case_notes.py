"""What the desk adds to a case's evidence besides files: notes of calls, the conversation, what stood at purchase."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from amends.basics.zones import ZONES
from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.vault.listings import keep_snapshots
from amends.desk.vault.notes import CallNote, keep_talk, note_call
from amends.web.case_doing import onward, read_number
from amends.web.case_page import page
from amends.web.front import front
from amends.web.money import BEYOND_KEYS
from amends.web.who import acting, needs


@require_POST
@needs("receive")
def call(request: HttpRequest, number: int) -> HttpResponse:
    """Will keep a note of a call."""
    return _done(request, number, "call", lambda: _call(request, number))


@require_POST
@needs("receive")
def talk(request: HttpRequest, number: int) -> HttpResponse:
    """Will keep the conversation as it is now."""
    return _done(request, number, "talk", lambda: keep_talk(front().vault, number, acting(request)))


@require_POST
@needs("receive")
def snapshots(request: HttpRequest, number: int) -> HttpResponse:
    """Will keep the listing and the policy as they stood at purchase."""
    return _done(request, number, "snapshots", lambda: keep_snapshots(front().vault, number, acting(request)))


def _call(request: HttpRequest, number: int) -> object:
    given, desk, me = request.POST, front().vault, acting(request)
    market = desk.case(number, me).market
    try:
        at = datetime.fromisoformat(given.get("call_at", ""))
    except ValueError as fault:
        raise bad_value("call_at", "a day and a time are wanted", "请填写日期和时间") from fault
    at = at if at.tzinfo else at.replace(tzinfo=ZONES.get(market, UTC))
    minutes = read_number(given, "minutes", 0)
    note = CallNote(given.get("whom", ""), given.get("way", ""), at, minutes, given.get("call_text", ""))
    return note_call(desk, number, me, note)


def _done(request: HttpRequest, number: int, name: str, do: Callable[[], object]) -> HttpResponse:
    me = acting(request)
    if number >= BEYOND_KEYS or front().cases.case(number, me.merchants) is None:
        raise Http404
    try:
        do()
    except UnableToWork as fault:
        return page(request, number, name, fault, status=409)
    return HttpResponseRedirect(onward(request, number, "evidence"))

"""Messages out: how each stands, and what a person says of those in trouble. And what an answer would leave as, before it does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from amends.desk.cases.faults import UnableToWork
from amends.desk.talk.letters import MOST
from amends.facts.outgoing import WAYS, PostView
from amends.web.front import front
from amends.web.who import acting, needs

STATES = ("failed", "unsure", "hand", "ready", "sent", "dropped")


@require_safe
@needs("work")
def letters(request: HttpRequest) -> HttpResponse:
    """Will list mails, text messages and messages on platforms that leave, the newest first."""
    return _page(request)


@require_POST
@needs("work")
def settle(request: HttpRequest, number: int) -> HttpResponse:
    """Will send a troubled one again, or take a person's word for it."""
    try:
        front().talk.letters.do(number, request.POST.get("do", ""), acting(request))
    except UnableToWork as fault:
        if fault.code == "not_found":
            raise Http404 from fault
        return _page(request, {"fault": fault}, 409)
    state, way = request.POST.get("state", ""), request.POST.get("way", "")
    return HttpResponseRedirect(_address(state if state in STATES else "", way if way in WAYS else ""))


@require_POST
@needs("work")
def preview(request: HttpRequest, number: int) -> HttpResponse:
    """Will show an answer as it would leave."""
    text = request.POST.get("text", "")[:4000]
    try:
        chosen = request.POST.get("way", "")[:8]
        shown = front().talk.letters.preview(number, text, acting(request), chosen)
        state = front().desk.casework.look(number)
    except UnableToWork as fault:
        raise Http404 from fault
    return render(
        request,
        "letter_preview.html",
        {"letter": shown, "state": state, "number": number, "words": text, "chosen": chosen},
    )


def _page(request: HttpRequest, more: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    desk, person = front().talk.letters, acting(request)
    state, way = request.GET.get("state", ""), request.GET.get("way", "")
    state, way = state if state in STATES else "", way if way in WAYS else ""
    before = _before(request.GET.get("before", ""))
    counts = desk.counts(person)
    found = desk.listed(person, state, way, before)
    shown = {
        "letters": found,
        "state": state,
        "way": way,
        "states": [(_address(one, way), one, _sum(counts, way, one)) for one in ("", *STATES)],
        "ways": [(_address(state, one), one, _sum(counts, one, "")) for one in ("", *WAYS)],
        "next": f"{_address(state, way)}{'&' if state or way else '?'}before={_after(found, before)}"
        if len(found) == MOST
        else "",
    }
    return render(request, "letters.html", shown | (more or {}), status=status)


def _sum(counts: Mapping[tuple[str, str], int], way: str, state: str) -> int:
    return sum([many for (one, stands), many in counts.items() if way in ("", one) and state in ("", stands)])


def _address(state: str, way: str) -> str:
    told = urlencode({name: value for name, value in (("way", way), ("state", state)) if value})
    return f"/letters?{told}" if told else "/letters"


def _before(text: str) -> tuple[int, int]:
    """The lowest numbers that were shown, as the address has them; zeros for anything else."""
    parts = text.split("-")
    if len(parts) != 2 or not all(one.isascii() and one.isdigit() and len(one) < 19 for one in parts):
        return 0, 0
    return int(parts[0]), int(parts[1])


def _after(found: Sequence[PostView], before: tuple[int, int]) -> str:
    there = [one.number for one in found if one.way == "platform"]
    posts = [one.number for one in found if one.way != "platform"]
    return f"{min(posts, default=before[0])}-{min(there, default=before[1])}"

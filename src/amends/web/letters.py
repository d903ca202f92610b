"""Mails out: how each stands, and what a person says of those in trouble. And what an answer would leave as, before it does."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from amends.desk.cases.faults import UnableToWork
from amends.desk.talk.letters import MOST
from amends.web.front import front
from amends.web.who import acting, needs

STATES = ("failed", "unsure", "ready", "sent", "dropped")


@require_safe
@needs("work")
def letters(request: HttpRequest) -> HttpResponse:
    """Will list the mails out, the newest first."""
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
    back = request.POST.get("state", "")
    return HttpResponseRedirect(f"/letters?state={back}" if back in STATES else "/letters")


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
    state, before = request.GET.get("state", ""), request.GET.get("before", "")
    place = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else 0
    counts = desk.counts(person)
    counts["ready"] = counts.get("ready", 0) + counts.pop("sending", 0)
    found = desk.listed(person, state, place)
    shown = {
        "letters": found,
        "state": state if state in STATES else "",
        "tabs": [(one, counts.get(one, 0)) for one in STATES if counts.get(one)],
        "all": sum(counts.values()),
        "next": found[-1].number if len(found) == MOST else 0,
    }
    return render(request, "letters.html", shown | (more or {}), status=status)

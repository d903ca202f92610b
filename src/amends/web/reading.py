"""The page of words that a merchant's own corrections taught the reading of reasons."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from amends.desk.reading import UnableToTeach
from amends.web.front import front
from amends.web.who import acting, needs


@require_safe
@needs("work")
def learnt(request: HttpRequest) -> HttpResponse:
    """Will show what is proposed, what was said to it, and how well it does."""
    desk, person = front().reading, acting(request)
    theirs = desk.seen_by(person)
    chosen = request.GET.get("merchant", "") or (theirs[0] if theirs else "")
    try:
        found = desk.look(chosen, person) if chosen else None
    except UnableToTeach as gone:
        raise Http404 from gone
    given = {"found": found, "merchants": theirs, "may": person.may("assign"), "done": request.GET.get("done", "")}
    return render(request, "learnt.html", given)


@require_POST
@needs("assign")
def answer(request: HttpRequest) -> HttpResponse:
    """Will accept a proposal or decline it, or take such an answer back."""
    told, desk, person = request.POST, front().reading, acting(request)
    merchant, do = told.get("merchant", "").replace("\x00", ""), told.get("do", "")
    try:
        if do == "drop":
            number = told.get("number", "")
            sure = number.isascii() and number.isdigit() and len(number) < 19
            merchant = desk.drop(int(number) if sure else 0, person)
        elif do in ("accept", "decline"):
            word, reason = told.get("word", "").replace("\x00", ""), told.get("reason", "")
            desk.answer(merchant, word, reason, person, accept=do == "accept")
        else:
            raise Http404
    except UnableToTeach as gone:
        raise Http404 from gone
    return HttpResponseRedirect(f"/reasons/learnt?{urlencode({'merchant': merchant, 'done': do})}")

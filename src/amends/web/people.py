"""People and their roles, invitations, and the way in for those who were invited."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.desk.people import UnableToChangePeople
from amends.facts.people import STANDINGS
from amends.facts.rulebook import Says
from amends.facts.staff import may_give
from amends.store.joining import UnableToJoin, find_invitation, join, join_anew
from amends.store.tries import count_try, digest_of, must_wait
from amends.web.entry import enter, place_of
from amends.web.front import front
from amends.web.me import password_fault
from amends.web.tongues import tongue
from amends.web.who import actor, needs, standing_of
from amends.web.words import page_words

_HINDERED: Final = {"gone": "join.gone", "name_taken": "join.name_taken", "seated": "join.seated"}


@require_safe
@needs("people")
def people(request: HttpRequest) -> HttpResponse:
    """Will list the people of the person's merchants, and the invitations that are open."""
    return _page(request)


@require_POST
@needs("people")
def invite(request: HttpRequest) -> HttpResponse:
    """Will make an invitation and show its link this once."""
    given = request.POST
    try:
        token = front().people.invite(
            actor(request), given.get("merchant", ""), given.get("role", ""), given.get("note", "")[:120]
        )
    except UnableToChangePeople as fault:
        return _page(request, fault.says, status=409)
    return _page(request, link=request.build_absolute_uri(f"/join/{token}"))


@require_POST
@needs("people")
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Will take an invitation back."""
    return _done(request, number, lambda: front().people.withdraw(actor(request), number))


@require_POST
@needs("people")
def give_role(request: HttpRequest, number: int) -> HttpResponse:
    """Will give a person a role."""
    merchant, role = request.POST.get("merchant", ""), request.POST.get("role", "")
    return _done(request, number, lambda: front().people.give_role(actor(request), number, merchant, role))


@require_POST
@needs("people")
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Will take a person's seat away."""
    merchant = request.POST.get("merchant", "")
    return _done(request, number, lambda: front().people.remove(actor(request), number, merchant))


@require_POST
@needs("people")
def switch(request: HttpRequest, number: int) -> HttpResponse:
    """Will let a person sign in no more, or again."""
    active = request.POST.get("active") == "yes"
    return _done(request, number, lambda: front().people.switch(actor(request), number, active))


@require_POST
@needs("people")
def reset(request: HttpRequest, number: int) -> HttpResponse:
    """Will take a person's second factor away."""
    note = request.POST.get("note", "")[:300]
    return _done(request, number, lambda: front().people.reset(actor(request), number, note))


@login_not_required
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Will let the one who holds the link in: as someone new, or as who they are signed in."""
    now, counter = front().now(), digest_of("join", place_of(request))
    if must_wait(counter, now):
        return render(request, "join.html", {"fault": page_words("join.gone", tongue())}, status=429)
    found = find_invitation(token[:100], now)
    if found is None:
        count_try(counter, now)
        return render(request, "join.html", {"fault": page_words("join.gone", tongue())}, status=404)
    shown: dict[str, object] = {"offer": found, "name": request.POST.get("name", "")[:150]}
    if request.method != "POST":
        return render(request, "join.html", shown)
    fault = _taken_up(request, token)
    if fault:
        return render(request, "join.html", shown | {"fault": fault}, status=409)
    return HttpResponseRedirect("/")


def _taken_up(request: HttpRequest, token: str) -> str:
    """What stands against taking it up, in words; nothing where it is done."""
    now, place = front().now(), place_of(request)
    try:
        if isinstance(request.user, User):
            join(token, request.user, place, now)
            return ""
        name, fresh = request.POST.get("name", "").strip(), request.POST.get("password", "")[:4096]
        if not (1 <= len(name) <= 60) or not all(letter.isalnum() or letter in "@.+-_" for letter in name):
            return page_words("join.name", tongue())
        fault = password_fault(fresh, request.POST.get("again", ""), name)
        if not fault:
            enter(request, join_anew(token, name, fresh, place, now))
        return fault
    except UnableToJoin as hindered:
        return page_words(_HINDERED[hindered.why], tongue())


def _done(request: HttpRequest, number: int, verb: Callable[[], None]) -> HttpResponse:
    if number >= 2**62:
        raise Http404
    try:
        verb()
    except UnableToChangePeople as fault:
        return _page(request, fault.says, status=409)
    return HttpResponseRedirect("/people")


def _page(request: HttpRequest, fault: Says | None = None, link: str = "", status: int = 200) -> HttpResponse:
    here, book, now = standing_of(request), front().people.book, front().now()
    open_seats = [seat for seat in here.seats if here.person.may_see(seat.merchant)]
    highest = max((STANDINGS.index(seat.role) for seat in open_seats), default=0)
    shown = {
        "members": book.members(here.person.merchants),
        "invited": book.invited(here.person.merchants, now),
        "open_seats": open_seats,
        "roles": [role for role in STANDINGS if may_give(STANDINGS[highest], role)],
        "me": here.person,
        "fault": fault,
        "link": link,
    }
    return render(request, "people.html", shown, status=status)

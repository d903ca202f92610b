"""Who asks: the person of a request, for which merchants they act, and pages that only some roles may open."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Final

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_POST

from amends.desk.people import Actor
from amends.facts.people import DUTIES, STANDINGS, Person, Seat
from amends.store.members import Standing, standing
from amends.store.restores import held_since
from amends.web.entry import keep_seen, place_of
from amends.web.onward import safe_onward

CHOSEN: Final = "merchant"
_KEPT: Final = "_amends_standing"

View = Callable[..., HttpResponse]


def acting(request: HttpRequest) -> Person:
    """The signed-in person with the role at the merchant that is chosen, or at all of theirs with the lowest of their roles."""
    return standing_of(request).person


def standing_of(request: HttpRequest) -> Standing:
    """The person of this request with everything that they could choose: asked for once a request."""
    kept: Standing | None = getattr(request, _KEPT, None)
    if kept is None:
        kept = _standing(request)
        setattr(request, _KEPT, kept)
    return kept


def _standing(request: HttpRequest) -> Standing:
    user = request.user
    if not isinstance(user, User):
        return Standing(Person("", STANDINGS[0], frozenset()), (), "", False)
    keep_seen(request, user)
    return standing(user, str(request.session.get(CHOSEN, "")))


def signed_in(request: HttpRequest) -> User:
    """The account of a request behind the sign-in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def actor(request: HttpRequest) -> Actor:
    """Who changes something about people: how they act, their own seats, and from where."""
    here = standing_of(request)
    return Actor(here.person, here.seats, place_of(request))


def needs(duty: str) -> Callable[[View], View]:
    """Will let a view be opened only by those whose role has this duty of `DUTIES`; others are told which roles have it."""
    if duty not in DUTIES:
        raise KeyError(duty)

    def guard(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **given: Any) -> HttpResponse:
            if acting(request).may(duty):
                return view(request, *args, **given)
            return not_allowed(request, duty)

        guarded.duty = duty  # type: ignore[attr-defined]
        return guarded

    return guard


def not_allowed(request: HttpRequest, duty: str) -> HttpResponse:
    """The page that says which roles could do this, and at which of the person's own merchants they are one of them."""
    here = standing_of(request)
    shown = {
        "duty": duty,
        "role": here.person.role,
        "roles": [role for role in STANDINGS if role in DUTIES[duty]],
        "elsewhere": () if here.keeps else here.could(duty),
    }
    return render(request, "not_allowed.html", shown, status=403)


@require_POST
def choose_merchant(request: HttpRequest) -> HttpResponse:
    """Will act for one merchant, or for all of the person's own; what is none of theirs is not chosen."""
    wanted = request.POST.get("merchant", "")
    if wanted in {seat.merchant for seat in standing_of(request).seats}:
        request.session[CHOSEN] = wanted
    else:
        request.session.pop(CHOSEN, None)
    onward = safe_onward(request, request.POST.get("next", "/"))
    return HttpResponseRedirect("/" if onward.startswith("/cases/") else onward)


def who_context(request: HttpRequest) -> dict[str, object]:
    """Will hand every template the person (`person`), the merchants to choose from, and of when the backup is that is put back and held.

    Nothing is asked for unless it is shown.
    """

    def seats() -> tuple[Seat, ...]:
        return standing_of(request).seats

    return {
        "person": SimpleLazyObject(lambda: acting(request)),
        "seats": SimpleLazyObject(seats),
        "held": SimpleLazyObject(held_since),
        "chosen_merchant": SimpleLazyObject(lambda: standing_of(request).chosen),
    }

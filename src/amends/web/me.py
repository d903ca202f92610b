"""One's own page: password, passkeys, authenticator app, recovery codes, sessions."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Final

import segno
from django.contrib.auth import authenticate, update_session_auth_hash
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from amends.store import factors
from amends.store.passkeys import passkeys_of, remove_passkey
from amends.store.sessions import end_key, end_session, end_sessions, sessions_of
from amends.store.tries import WAIT_MINUTES, count_try, digest_of, forget_tries, must_wait
from amends.web.entry import be_sure, is_sure, remember
from amends.web.front import front
from amends.web.passkey_place import passkeys_work_at
from amends.web.tongues import tongue
from amends.web.who import signed_in
from amends.web.words import page_words

SHORTEST_PASSWORD: Final = 12
_ISSUER: Final = "Amends"

View = Callable[..., HttpResponse]


def _sure(view: View) -> View:
    """Will let a view change how the person signs in only where they have just proven who they are."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: object, **given: object) -> HttpResponse:
        if not is_sure(request):
            return _page(request, "sure", page_words("me.sure_first", tongue()), status=403)
        return view(request, *args, **given)

    return guarded


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Will show the person's own page."""
    return _page(request)


@require_POST
@sensitive_post_parameters("password")
def sure(request: HttpRequest) -> HttpResponse:
    """Will take the password once more, so that the person may change how they sign in for a quarter of an hour."""
    user, now = signed_in(request), front().now()
    if not _proves(request, user, request.POST.get("password", "")):
        wait = must_wait(_counter(user), now)
        said = (
            page_words("sign_in.wait", tongue(), minutes=WAIT_MINUTES)
            if wait
            else page_words("me.wrong_password", tongue())
        )
        return _page(request, "sure", said, status=429 if wait else 403)
    be_sure(request)
    return HttpResponseRedirect("/me")


@require_POST
@sensitive_post_parameters("password", "fresh", "again")
def change_password(request: HttpRequest) -> HttpResponse:
    """Will change the password and end every other session."""
    user, fresh = signed_in(request), request.POST.get("fresh", "")[:4096]
    if not _proves(request, user, request.POST.get("password", "")):
        return _page(request, "password", page_words("me.wrong_password", tongue()), status=403)
    fault = password_fault(fresh, request.POST.get("again", ""), user.get_username())
    if fault:
        return _page(request, "password", fault, status=400)
    key = request.session.session_key or ""
    user.set_password(fresh)
    user.save(update_fields=["password"])
    end_sessions(user, but=key)
    update_session_auth_hash(request, user)
    end_key(key)
    remember(request, user)
    be_sure(request)
    return HttpResponseRedirect("/me?done=password")


def password_fault(fresh: str, again: str, name: str) -> str:
    """What is wrong with a new password, in words; nothing where it will do."""
    if len(fresh) < SHORTEST_PASSWORD:
        return page_words("me.short_password", tongue(), count=SHORTEST_PASSWORD)
    if fresh != again:
        return page_words("me.not_same", tongue())
    if fresh.casefold() == name.casefold() or len(set(fresh)) < 5:
        return page_words("me.easy_password", tongue())
    return ""


@require_POST
@_sure
def begin_app(request: HttpRequest) -> HttpResponse:
    """Will draw the secret of an authenticator app."""
    factors.begin_app(signed_in(request), front().now())
    return HttpResponseRedirect("/me#app")


@require_POST
@_sure
def confirm_app(request: HttpRequest) -> HttpResponse:
    """Will make the app count, once a code of it was given."""
    user, now = signed_in(request), front().now()
    if must_wait(_counter(user), now):
        return _page(request, "app", page_words("sign_in.wait", tongue(), minutes=WAIT_MINUTES), status=429)
    if not factors.confirm_app(user, request.POST.get("code", "")[:20], now):
        count_try(_counter(user), now)
        return _page(request, "app", page_words("second.wrong", tongue()), status=403)
    return HttpResponseRedirect("/me?done=app")


@require_POST
@_sure
def remove_app(request: HttpRequest) -> HttpResponse:
    """Will forget the app."""
    factors.remove_app(signed_in(request))
    return HttpResponseRedirect("/me#app")


@require_POST
@_sure
def forget_passkey(request: HttpRequest, number: int) -> HttpResponse:
    """Will forget a passkey."""
    remove_passkey(signed_in(request), min(number, 2**62))
    return HttpResponseRedirect("/me#passkeys")


@require_POST
@_sure
def new_codes(request: HttpRequest) -> HttpResponse:
    """Will draw new recovery codes and show them this once."""
    return render(request, "me_codes.html", {"codes": factors.new_codes(signed_in(request))})


@require_POST
def end_one(request: HttpRequest, number: int) -> HttpResponse:
    """Will end one of the person's sessions."""
    end_session(signed_in(request), min(number, 2**62))
    return HttpResponseRedirect("/me#sessions")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Will end every session but this one."""
    end_sessions(signed_in(request), but=request.session.session_key or "")
    return HttpResponseRedirect("/me#sessions")


def _proves(request: HttpRequest, user: User, password: str) -> bool:
    now, counter = front().now(), _counter(user)
    if must_wait(counter, now):
        return False
    if authenticate(request, username=user.get_username(), password=password[:4096]) != user:
        count_try(counter, now)
        return False
    forget_tries(counter)
    return True


def _counter(user: User) -> str:
    return digest_of("sure", str(user.pk))


def _page(request: HttpRequest, at: str = "", fault: str = "", status: int = 200) -> HttpResponse:
    user = signed_in(request)
    waiting = factors.app_address(user, _ISSUER) if is_sure(request) else None
    shown = {
        "at": at,
        "fault": fault,
        "done": request.GET.get("done", ""),
        "sure": is_sure(request),
        "factors": factors.factors_of(user),
        "passkeys": passkeys_of(user),
        "secret": " ".join(_fours(waiting[0])) if waiting else "",
        "picture": segno.make(waiting[1], micro=False).svg_data_uri(scale=4, border=2, light="#fff") if waiting else "",
        "sessions": sessions_of(user),
        "here": request.session.session_key,
        "place": passkeys_work_at(request),
    }
    return render(request, "me.html", shown, status=status)


def _fours(text: str) -> list[str]:
    return [text[start : start + 4] for start in range(0, len(text), 4)]

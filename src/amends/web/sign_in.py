"""Signing in and out, and choosing the language."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from amends.store.factors import factors_of, take_code, use_recovery_code
from amends.store.sessions import end_key
from amends.store.tries import WAIT_MINUTES, count_try, digest_of, forget_tries, must_wait
from amends.web.entry import enter, place_of
from amends.web.front import front
from amends.web.onward import safe_onward
from amends.web.passkey_place import passkeys_work_at
from amends.web.tongues import tongue
from amends.web.words import page_words

HALF: Final = "half"
"""What a session holds of one whose password was right and who still has to give the second proof."""
_HALF_SECONDS: Final = 5 * 60


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Will sign a person in, or ask for the second proof; after 8 wrong tries for one name from one address it asks to wait."""
    onward = safe_onward(request, request.POST.get("next") or request.GET.get("next") or "/")
    if request.user.is_authenticated:
        return HttpResponseRedirect(onward)
    name = request.POST.get("name", "")[:150]
    shown: dict[str, object] = {"onward": onward, "name": name, "place": passkeys_work_at(request)}
    if request.method != "POST":
        return render(request, "sign_in.html", shown)
    counter, now = digest_of(place_of(request), name.lower()), front().now()
    if must_wait(counter, now):
        shown["fault"] = page_words("sign_in.wait", tongue(), minutes=WAIT_MINUTES)
        return render(request, "sign_in.html", shown, status=429)
    person = authenticate(request, username=name, password=request.POST.get("password", "")[:4096])
    if not isinstance(person, User):
        count_try(counter, now)
        shown["fault"] = page_words("sign_in.wrong", tongue())
        return render(request, "sign_in.html", shown, status=403)
    forget_tries(counter)
    if factors_of(person).second:
        request.session[HALF] = {"user": person.pk, "at": int(now.timestamp()), "next": onward}
        return HttpResponseRedirect("/sign-in/second")
    enter(request, person)
    return HttpResponseRedirect(onward)


@login_not_required
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def second_proof(request: HttpRequest) -> HttpResponse:
    """Will take the second proof of one whose password was right: a code of the app, or a recovery code."""
    person = half_in(request)
    if person is None:
        return HttpResponseRedirect("/sign-in")
    shown: dict[str, object] = {"factors": factors_of(person), "place": passkeys_work_at(request)}
    if request.method != "POST":
        return render(request, "sign_in_second.html", shown)
    counter, now = digest_of("second", str(person.pk)), front().now()
    if must_wait(counter, now):
        shown["fault"] = page_words("sign_in.wait", tongue(), minutes=WAIT_MINUTES)
        return render(request, "sign_in_second.html", shown, status=429)
    code = request.POST.get("code", "")[:40]
    if not (take_code(person, code, now) or use_recovery_code(person, code, now)):
        count_try(counter, now)
        shown["fault"] = page_words("second.wrong", tongue())
        return render(request, "sign_in_second.html", shown, status=403)
    forget_tries(counter)
    onward = half_onward(request)
    enter(request, person)
    return HttpResponseRedirect(onward)


def half_in(request: HttpRequest) -> User | None:
    """The person whose password was right in the last five minutes; None where there is none."""
    half = request.session.get(HALF)
    if not isinstance(half, dict) or int(front().now().timestamp()) - int(half["at"]) > _HALF_SECONDS:
        return None
    return User.objects.filter(pk=half["user"], is_active=True).first()


def half_onward(request: HttpRequest) -> str:
    """Where the person wanted to go; asked for once, it ends the half way."""
    half = request.session.pop(HALF, {})
    return safe_onward(request, str(half.get("next", "/")))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Will end the session."""
    key = request.session.session_key
    logout(request)
    end_key(key or "")
    return HttpResponseRedirect("/sign-in")


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Will keep the chosen language in a cookie and go back to the page that asked."""
    response = HttpResponseRedirect(safe_onward(request, request.POST.get("next", "/")))
    wanted = request.POST.get("language", "")
    if wanted in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            wanted,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response

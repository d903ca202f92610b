"""Signing in and out, and choosing the language."""

from __future__ import annotations

import hashlib
from typing import Final

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from amends.web.onward import safe_onward
from amends.web.tongues import tongue
from amends.web.words import page_words

TRIES: Final = 8
WAIT_MINUTES: Final = 5


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Will sign a person in; after 8 wrong tries for one name from one address it asks to wait 5 minutes."""
    onward = safe_onward(request, request.POST.get("next") or request.GET.get("next") or "/")
    if request.user.is_authenticated:
        return HttpResponseRedirect(onward)
    name = request.POST.get("name", "")[:150]
    shown: dict[str, object] = {"onward": onward, "name": name}
    if request.method != "POST":
        return render(request, "sign_in.html", shown)
    counter = _counter(request, name)
    tries = int(cache.get(counter, 0))
    if tries >= TRIES:
        shown["fault"] = page_words("sign_in.wait", tongue(), minutes=WAIT_MINUTES)
        return render(request, "sign_in.html", shown, status=429)
    person = authenticate(request, username=name, password=request.POST.get("password", "")[:4096])
    if person is None:
        cache.set(counter, tries + 1, WAIT_MINUTES * 60)
        shown["fault"] = page_words("sign_in.wrong", tongue())
        return render(request, "sign_in.html", shown, status=403)
    cache.delete(counter)
    login(request, person)
    return HttpResponseRedirect(onward)


def _counter(request: HttpRequest, name: str) -> str:
    told = f"{request.META.get('REMOTE_ADDR', '')} {name.lower()}"
    return "tries:" + hashlib.sha256(told.encode()).hexdigest()


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Will end the session."""
    logout(request)
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

"""Light, dark, or as the device says: a person's choice, kept in a cookie."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from amends.web.onward import safe_onward
from amends.web.tags import language_context

LOOKS: Final = ("auto", "light", "dark")
COOKIE: Final = "look"


def look_of(request: HttpRequest) -> str:
    """Will give the look that was chosen; auto where none was, or where the cookie holds something else."""
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in LOOKS else "auto"


def page_context(request: HttpRequest) -> dict[str, object]:
    """Will tell every template how the page speaks and looks."""
    return {**language_context(request), "page_look": look_of(request), "page_looks": LOOKS}


@login_not_required
@require_POST
def choose_look(request: HttpRequest) -> HttpResponse:
    """Will keep the chosen look and go back to the page that asked; anything else changes nothing."""
    response = HttpResponseRedirect(safe_onward(request, request.POST.get("next", "/")))
    wanted = request.POST.get("look", "")
    if wanted in LOOKS:
        response.set_cookie(
            COOKIE,
            wanted,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )
    return response

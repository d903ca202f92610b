"""Who may open the pages of the settings."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from amends.facts.people import Person
from amends.web.money import acting as acting_as

View = Callable[..., HttpResponse]


def acting(request: HttpRequest) -> Person:
    """The signed-in person."""
    return acting_as(request.user)


def keepers_only(view: View) -> View:
    """Will let a view be opened only by those who keep settings."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **given: Any) -> HttpResponse:
        if not acting(request).may("settings"):
            raise PermissionDenied
        return view(request, *args, **given)

    return guarded


def plain(text: str) -> str:
    """A text as it was typed: forms send every line's end as two characters."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")

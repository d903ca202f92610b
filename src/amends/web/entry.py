"""How a person gets in: from where, with which device, and what a session remembers of it."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Final

from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpRequest

from amends.store.sessions import note_session, see_session
from amends.web.front import front

SURE: Final = "sure"
SEEN: Final = "seen"
SURE_SECONDS: Final = 15 * 60
_SEEN_EVERY: Final = 5 * 60
_BROWSERS: Final = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def enter(request: HttpRequest, user: User) -> None:
    """Will begin a session for a person who has proven who they are."""
    login(request, user)
    remember(request, user)
    be_sure(request)


def remember(request: HttpRequest, user: User) -> None:
    """Will note where a session runs, also when it goes on under a new key."""
    now = front().now()
    request.session[SEEN] = int(now.timestamp())
    if not request.session.session_key:
        request.session.save()
    note_session(user, str(request.session.session_key), device_of(request), place_of(request), now)


def keep_seen(request: HttpRequest, user: User) -> None:
    """Will note that a session is alive, at most once in five minutes."""
    now = front().now()
    if int(now.timestamp()) - int(request.session.get(SEEN, 0)) >= _SEEN_EVERY and request.session.session_key:
        request.session[SEEN] = int(now.timestamp())
        see_session(user, request.session.session_key, device_of(request), place_of(request), now)


def be_sure(request: HttpRequest) -> None:
    """Will remember that the person has just proven who they are."""
    request.session[SURE] = int(front().now().timestamp())


def is_sure(request: HttpRequest) -> bool:
    """Whether the person proved who they are in the last quarter of an hour: what changes how they sign in needs that."""
    return int(front().now().timestamp()) - int(request.session.get(SURE, 0)) < SURE_SECONDS


def place_of(request: HttpRequest) -> str:
    """The address that a request came from; behind a proxy on this machine, the one that the proxy tells."""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    told = request.headers.get("X-Forwarded-For", "").rsplit(",", 1)[-1].strip()
    return told[:64] if told and _is_loopback(direct) and _is_address(told) else direct[:64]


def device_of(request: HttpRequest) -> str:
    """The browser and the system, as far as the browser tells: Chrome, Windows."""
    told = request.headers.get("User-Agent", "")
    return ", ".join(name for name in (_first(_BROWSERS, told), _first(_SYSTEMS, told)) if name)


def _first(known: Sequence[tuple[str, str]], told: str) -> str:
    return next((name for sign, name in known if sign in told), "")


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _is_loopback(text: str) -> bool:
    return _is_address(text) and ipaddress.ip_address(text).is_loopback

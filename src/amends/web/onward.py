"""Where a person goes on to."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def safe_onward(request: HttpRequest, wanted: str) -> str:
    """Will give `wanted` where it stays on this server, else the work list: no open redirect."""
    own = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return wanted if own else "/"

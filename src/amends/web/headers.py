"""Headers that keep a page from loading or sending anything elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)


SCANS: Final = "/station"
"""Where a telephone's camera reads bar codes."""


class SafeHeaders:
    """Puts the content security policy on every answer, and keeps pages with people's data out of shared caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Will answer as the view does, with the headers added."""
        response = self._get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        camera = "camera=(self)" if request.path.startswith(SCANS) else "camera=()"
        response.headers.setdefault("Permissions-Policy", f"{camera}, geolocation=(), microphone=()")
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

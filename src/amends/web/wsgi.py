"""The pages as a WSGI application, with their static files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.core.wsgi import get_wsgi_application
from whitenoise import WhiteNoise

from amends.web.tags import STATIC

ONE_YEAR: Final = 365 * 24 * 60 * 60


def application() -> Callable[..., Any]:
    """Will give the application; Django must be ready and its front installed."""
    app: Callable[..., Any] = WhiteNoise(get_wsgi_application(), root=STATIC, prefix="static/", max_age=ONE_YEAR)
    return app

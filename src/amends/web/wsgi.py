"""The pages as a WSGI application, with their static files."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Any, Final

from django.core.wsgi import get_wsgi_application
from whitenoise import WhiteNoise

from amends.web.tags import STATIC
from amends.web.tongues import TONGUES
from amends.web.words import words_of

ONE_YEAR: Final = 365 * 24 * 60 * 60


def application() -> Callable[..., Any]:
    """Will give the application; Django must be ready and its front installed."""
    app: Callable[..., Any] = WhiteNoise(get_wsgi_application(), root=STATIC, prefix="static/", max_age=ONE_YEAR)
    keep_what_stays()
    return app


def keep_what_stays() -> None:
    """Will have Python's collector pass over all that is there by now: rules, words, code. It stays as long as the process does.

    Going through it again took a tenth of a second and more, in the middle of someone's request.
    """
    for language in TONGUES:
        words_of(language)
    gc.collect()
    gc.freeze()

"""The document of the API, and the page that shows it: all from this server, nothing from elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import ninja
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amends.web.api.api import document

_SWAGGER: Final = Path(ninja.__file__).parent / "static" / "ninja"
_FILES: Final = {"swagger-ui.css": "text/css", "swagger-ui-bundle.js": "text/javascript"}


@login_not_required
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """Will give the OpenAPI document."""
    return HttpResponse(document(), content_type="application/json")


@login_not_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Will show the document."""
    return render(request, "api/docs.html")


@login_not_required
@require_safe
def swagger(request: HttpRequest, file: str) -> HttpResponse:
    """Will give the two files that the page is drawn by; they come with the package."""
    if file not in _FILES:
        raise Http404
    answer = HttpResponse((_SWAGGER / file).read_bytes(), content_type=_FILES[file])
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer

"""What is shown when a page is not there, not allowed or broken; and whether the server is alive."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from amends.web.look import page_context


@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """Will answer 200 while the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "no database"}, status=503)
    return JsonResponse({"status": "ok"})


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Will say that the request is not right."""
    return _fault(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Will say that this is not allowed."""
    return _fault(request, 403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Will say that the form is stale or came from elsewhere."""
    return _fault(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Will say that there is no such page."""
    return _fault(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Will say that something went wrong, without touching the database."""
    return _fault(request, 500)


def _fault(request: HttpRequest, status: int) -> HttpResponse:
    return HttpResponse(render_to_string("fault.html", _shown(request, status)), status=status)


def _shown(request: HttpRequest, status: int) -> dict[str, object]:
    shown = {"title_key": f"fault.{status}", "text_key": f"fault.{status}_text", "status": status}
    return {**shown, **page_context(request)}

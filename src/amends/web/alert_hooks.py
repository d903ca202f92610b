"""Where alerts before a dispute are told: the token at the end of the address, and the signature where there is one, are what counts."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from amends.web.front import front
from amends.web.hooks import answered


@csrf_exempt
@login_not_required
@require_POST
def alert_hook(request: HttpRequest, name: str, token: str) -> HttpResponse:
    """Will keep an alert: 404 for an address that nobody was given, 401 for one that proves nothing, 422 for one that cannot be read."""
    return answered(request, lambda headers, body: front().alerts.take(name, token, headers, body), "no such address")

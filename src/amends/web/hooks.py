"""Where gateways send their notices and platforms push: no session, no token of ours; the signature is what counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from amends.facts.wire import WireAnswer
from amends.web.front import front

LARGEST: Final = 1024 * 1024


@csrf_exempt
@login_not_required
@require_POST
def hook(request: HttpRequest, gateway: str) -> HttpResponse:
    """Will keep a notice and answer its sender: 401 for one that proves nothing, 404 where the gateway is not configured."""
    return answered(request, lambda headers, body: front().notices.take(gateway, headers, body), "no such gateway")


@csrf_exempt
@login_not_required
@require_POST
def push(request: HttpRequest, push_name: str) -> HttpResponse:
    """Will keep what a platform pushes and answer it: 401 for what proves nothing, 404 where nobody is connected by this address."""
    return answered(request, lambda headers, body: front().pushes.take(push_name, headers, body), "no such address")


def answered(
    request: HttpRequest, take: Callable[[Mapping[str, str], bytes], WireAnswer | None], nobody: str
) -> HttpResponse:
    """Will hand a push to whoever takes it, and answer as they say; `nobody`: the words where none of them does."""
    length = request.headers.get("Content-Length", "0")
    if not length.isdecimal() or int(length) > LARGEST:
        return HttpResponse("too large", status=413, content_type="text/plain")
    try:
        body = request.body
    except (UnreadablePostError, RawPostDataException):
        return HttpResponse("cut off", status=400, content_type="text/plain")
    headers = {name.lower(): value for name, value in request.headers.items()}
    answer = take(headers, body)
    if answer is None:
        return HttpResponse(nobody, status=404, content_type="text/plain")
    return HttpResponse(
        answer.body, status=answer.status, content_type=answer.headers.get("content-type", "text/plain")
    )

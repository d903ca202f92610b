"""Where tracking networks push: the secret in the address, and their signature where they have one, are what counts."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from amends.desk.freight.pickup_told import take_pickup_push
from amends.desk.tracking.listen import take_push
from amends.web.front import front
from amends.web.hooks import LARGEST


@csrf_exempt
@login_not_required
@require_POST
def carrier_hook(request: HttpRequest, network: str, secret: str) -> HttpResponse:
    """Will keep what a push tells: 404 for an address that nobody was given, 401 for a push that proves nothing."""
    length = request.headers.get("Content-Length", "0")
    if not length.isdecimal() or int(length) > LARGEST:
        return HttpResponse("too large", status=413, content_type="text/plain")
    try:
        body = request.body
    except (UnreadablePostError, RawPostDataException):
        return HttpResponse("cut off", status=400, content_type="text/plain")
    headers = {name.lower(): value for name, value in request.headers.items()}
    key = request.GET.get("booking", "")[:40]
    answer = take_pickup_push(front().bookings, network, secret, key, body)
    answer = answer or take_push(front().tracking, network, secret, headers, body)
    if answer is None:
        return HttpResponse("no such address", status=404, content_type="text/plain")
    return HttpResponse(
        answer.body, status=answer.status, content_type=answer.headers.get("content-type", "text/plain")
    )

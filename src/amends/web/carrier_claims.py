"""All claims against carriers, what runs out first on top."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amends.desk.freight.look import all_claims
from amends.web.front import front
from amends.web.who import acting, needs


@require_safe
@needs("work")
def carrier_claims(request: HttpRequest) -> HttpResponse:
    """Will list the claims of a person's merchants: open ones by their end, settled ones below."""
    me, desk = acting(request), front().freight
    shown = {
        "open": all_claims(desk, me),
        "settled": all_claims(desk, me, settled=True),
        "now": front().now(),
    }
    return render(request, "carrier_claims.html", shown)

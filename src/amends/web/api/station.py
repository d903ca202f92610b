"""A station's scanner by calls: what goes by a number."""

from __future__ import annotations

from typing import Annotated, Final

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from amends.web.api import answers_station as a
from amends.web.api import told
from amends.web.api.calls import allowed
from amends.web.api.routes import answers, scoped
from amends.web.front import front

router: Final = Router(tags=["station"])
Code = Annotated[str, Query(max_length=120)]


@router.get("/station/scan", response=answers(a.ScanTold), operation_id="scan", summary="What goes by a number",
            openapi_extra=scoped("cases:read"))  # fmt: skip
def scan(request: HttpRequest, code: Code = "") -> HttpResponse:
    """A waybill, a case's key, an order's number or a kept parcel's label; cases, orders and kept parcels that fit, none where none do."""
    person = allowed(request, "cases:read")
    hits = front().station.scan(person, code)
    items = [
        {"kind": one.kind, "id": one.number, "key": one.key, "shop": one.shop, "by": one.by, "status": one.status,
         "open": one.open}
        for one in hits
    ]  # fmt: skip
    return told.reply(request, {"items": items})

"""A case's freight as the outside reads it, offers of labels and couriers, and all claims against carriers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Body, Router

from amends.desk.freight.labels import ask_rates
from amends.desk.freight.look import all_claims
from amends.desk.freight.pickups import ask_pickups
from amends.web.api import answers_freight as f
from amends.web.api import told
from amends.web.api.calls import allowed, see
from amends.web.api.routes import Id, answers, scoped
from amends.web.api.schemas_freight import LabelRatesIn, PickupRatesIn
from amends.web.api.told_freight import claim, whole
from amends.web.front import front

router: Final = Router(tags=["freight"])


@router.get("/cases/{id}/freight", response=answers(f.FreightWhole), operation_id="read_freight",
            summary="A case's freight", openapi_extra=scoped("cases:read"))  # fmt: skip
def freight(request: HttpRequest, id: Id) -> HttpResponse:
    """Who pays the way back and by which rules, labels and couriers, insurance, claims, interceptions, signals."""
    state = see(request, id)
    return told.reply(request, whole(state), state.version)


@router.post("/cases/{id}/label-rates", response=answers(f.FreightWhole), operation_id="label_rates",
             summary="Ask what a label would cost", openapi_extra=scoped("cases:write"))  # fmt: skip
def label_rates(request: HttpRequest, id: Id, body: Annotated[LabelRatesIn, Body()]) -> HttpResponse:
    """Nothing is bought. The offers take the place of those that were there, so no key is needed; they stand for a day."""
    return _asked(request, id, body, ask_rates)


@router.post("/cases/{id}/pickup-rates", response=answers(f.FreightWhole), operation_id="pickup_rates",
             summary="Ask what a courier to the buyer's door would cost", openapi_extra=scoped("cases:write"))  # fmt: skip
def pickup_rates(request: HttpRequest, id: Id, body: Annotated[PickupRatesIn, Body()]) -> HttpResponse:
    """Nothing is booked. Each offer comes with the times at which its carrier can come; no key is needed."""
    return _asked(request, id, body, ask_pickups)


@router.get("/carrier-claims", response=answers(f.ClaimsTold), operation_id="list_carrier_claims",
            summary="Claims against carriers", openapi_extra=scoped("cases:read"))  # fmt: skip
def claims(request: HttpRequest, settled: bool = False) -> HttpResponse:
    """Open ones, what runs out first, or the settled ones, the newest first; two hundred at most."""
    person = allowed(request, "cases:read")
    found = all_claims(front().freight, person, settled=settled)
    return told.reply(request, {"items": [claim(view) for view in found]})


def _asked(request: HttpRequest, number: int, body: Any, ask: Callable[..., Any]) -> HttpResponse:
    """The seller is spoken to outside any transaction: a slow one keeps nobody waiting who writes."""
    person = allowed(request, "cases:write")
    given = {name: str(value) for name, value in body.model_dump().items() if value is not None}
    ask(front().bookings, number, person, given)
    state = see(request, number, "cases:write")
    return told.reply(request, whole(state))

"""Webhooks: where events are sent, what became of them, and sending them again; and the same events to be read."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Body, Query, Router

from amends.desk.api.webhooks import told as endpoint_told
from amends.desk.cases.faults import bad_value
from amends.facts.api import Delivery, event_json
from amends.facts.people import Person
from amends.web.api import answers_house as h
from amends.web.api import told
from amends.web.api.calls import allowed, once, token_of
from amends.web.api.cursors import cursor, place
from amends.web.api.routes import Id, Key, answers, scoped
from amends.web.api.schemas import NothingIn
from amends.web.api.schemas_house import EndpointChange, EndpointIn, ReplayIn
from amends.web.front import front

router: Final = Router(tags=["webhooks"])
_SCOPE: Final = "webhooks:write"
Most = Annotated[int, Query(ge=1, le=200)]
Cursor = Annotated[str, Query(max_length=60)]


def delivery_told(one: Delivery) -> dict[str, Any]:
    """A delivery as the outside reads it."""
    return {
        "id": one.number,
        "name": one.name,
        "event": one.event,
        "state": one.state,
        "tries": one.tries,
        "status": one.status,
        "message": one.message,
        "made_at": one.made_at.isoformat(),
        "next_at": told.when(one.next_at),
        "delivered_at": told.when(one.delivered_at),
    }


@router.get("/webhooks", response=answers(h.EndpointsTold), operation_id="list_webhooks", summary="The endpoints",
            openapi_extra=scoped(_SCOPE))  # fmt: skip
def endpoints(request: HttpRequest) -> HttpResponse:
    """Without their secrets."""
    person = allowed(request, _SCOPE)
    return told.reply(request, {"items": [endpoint_told(one) for one in front().api.webhooks.endpoints(person)]})


@router.post("/webhooks", response=answers(h.EndpointTold, 201), operation_id="make_webhook",
             summary="Begin to send events to an address", openapi_extra=scoped(_SCOPE))  # fmt: skip
def make(request: HttpRequest, body: Annotated[EndpointIn, Body()], idempotency_key: Key = None) -> HttpResponse:
    """The answer holds the secret that deliveries are signed with (Standard Webhooks)."""
    person = allowed(request, _SCOPE)
    merchant = body.merchant or token_of(request).merchant

    def do() -> Any:
        made = front().api.webhooks.make(person, merchant, body.url, body.events)
        return told.answer(endpoint_told(made, secret=True), 201)

    return once(request, do)


@router.get("/webhooks/{id}", response=answers(h.EndpointTold), operation_id="read_webhook", summary="An endpoint",
            openapi_extra=scoped(_SCOPE))  # fmt: skip
def read(request: HttpRequest, id: Id) -> HttpResponse:
    """Without its secret."""
    person = allowed(request, _SCOPE)
    return told.reply(request, endpoint_told(front().api.webhooks.get(person, id)))


@router.patch("/webhooks/{id}", response=answers(h.EndpointTold), operation_id="change_webhook",
              summary="Change an endpoint", openapi_extra=scoped(_SCOPE))  # fmt: skip
def change(
    request: HttpRequest, id: Id, body: Annotated[EndpointChange, Body()], idempotency_key: Key = None
) -> HttpResponse:
    """What is left out stays."""
    person = allowed(request, _SCOPE)

    def do() -> Any:
        return told.answer(endpoint_told(front().api.webhooks.change(person, id, body.url, body.events, body.on)))

    return once(request, do, needed=False)


@router.delete("/webhooks/{id}", response=answers(h.CountTold), operation_id="drop_webhook",
               summary="Send nothing there any more", openapi_extra=scoped(_SCOPE))  # fmt: skip
def drop(request: HttpRequest, id: Id, idempotency_key: Key = None) -> HttpResponse:
    """What was sent is forgotten."""
    person = allowed(request, _SCOPE)

    def do() -> Any:
        front().api.webhooks.drop(person, id)
        return told.answer({"count": 1})

    return once(request, do, needed=False)


@router.post("/webhooks/{id}/secret", response=answers(h.EndpointTold), operation_id="new_webhook_secret",
             summary="Draw a new secret", openapi_extra=scoped(_SCOPE))  # fmt: skip
def new_secret(
    request: HttpRequest, id: Id, body: Annotated[NothingIn, Body()], idempotency_key: Key = None
) -> HttpResponse:
    """Deliveries are signed with both the new and the last one, so that nothing is refused meanwhile."""
    person = allowed(request, _SCOPE)
    return once(request, lambda: told.answer(endpoint_told(front().api.webhooks.new_secret(person, id), secret=True)))


@router.post("/webhooks/{id}/test", response=answers(h.DeliveryTold), operation_id="test_webhook",
             summary="Send a test event", openapi_extra=scoped(_SCOPE))  # fmt: skip
def send_test(
    request: HttpRequest, id: Id, body: Annotated[NothingIn, Body()], idempotency_key: Key = None
) -> HttpResponse:
    """Its type is `test`."""
    person = allowed(request, _SCOPE)
    return once(request, lambda: told.answer(delivery_told(front().api.webhooks.test(person, id))))


@router.get("/webhooks/{id}/deliveries", response=answers(h.DeliveryPage), operation_id="list_deliveries",
            summary="What was or is to be sent", openapi_extra=scoped(_SCOPE))  # fmt: skip
def deliveries(request: HttpRequest, id: Id, after: Cursor = "", limit: Most = 50) -> HttpResponse:
    """The newest first; kept for 30 days."""
    person = allowed(request, _SCOPE)
    found = front().api.webhooks.deliveries(person, id, place(after), limit + 1)
    following = cursor(found[limit - 1].number) if len(found) > limit else None
    return told.reply(request, {"items": [delivery_told(one) for one in found[:limit]], "next": following})


@router.post("/webhooks/{id}/deliveries/{delivery}/replay", response=answers(h.DeliveryTold),
             operation_id="replay_delivery", summary="Send a delivery again", openapi_extra=scoped(_SCOPE))  # fmt: skip
def replay(
    request: HttpRequest, id: Id, delivery: Id, body: Annotated[NothingIn, Body()], idempotency_key: Key = None
) -> HttpResponse:
    """Under the same `webhook-id`."""
    person = allowed(request, _SCOPE)
    return once(request, lambda: told.answer(delivery_told(front().api.webhooks.send_again(person, id, delivery))))


@router.post("/webhooks/{id}/replay", response=answers(h.CountTold), operation_id="replay_failed",
             summary="Send again all that failed", openapi_extra=scoped(_SCOPE))  # fmt: skip
def replay_failed(
    request: HttpRequest, id: Id, body: Annotated[ReplayIn, Body()], idempotency_key: Key = None
) -> HttpResponse:
    """Since a moment."""
    person = allowed(request, _SCOPE)
    since = _since(body.since)
    return once(request, lambda: _count(person, id, since))


def _count(person: Person, number: int, since: datetime) -> Any:
    return told.answer({"count": front().api.webhooks.send_failed_again(person, number, since)})


def _since(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None or not 1970 < found.year < 2200:
        raise bad_value("since", "a time with its offset, such as 2026-11-26T00:00:00Z", "须为带时区的 ISO 8601 时间")
    return found


@router.get("/events", response=answers(h.EventPage), operation_id="list_events", summary="Everything that happened",
            openapi_extra=scoped("cases:read"))  # fmt: skip
def events(request: HttpRequest, after: Cursor = "", limit: Most = 100) -> HttpResponse:
    """In the order in which it was written. Keep `next` and ask again with it; nothing is left out and nothing comes twice."""
    person = allowed(request, "cases:read")
    start = place(after)
    found = front().api.feed.events(start, limit, person.merchants)
    last = found[-1].number if found else start
    return told.reply(request, {"items": [event_json(one) for one in found], "next": cursor(last)})

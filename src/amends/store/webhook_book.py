"""Endpoints of webhooks and their deliveries in the database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from amends.facts.api import Delivery, Endpoint
from amends.facts.people import Merchants
from amends.store.database import writing
from amends.store.models import ApiAnswerRow, WebhookDeliveryRow, WebhookEndpointRow
from amends.store.seal import seal, unseal
from amends.store.webhook_outbox import forget_endpoints

_PURPOSE = "webhook"


class DatabaseWebhooks:
    """Implements `amends.desk.api.ports.WebhookShelf`."""

    def put(self, endpoint: Endpoint) -> Endpoint:
        """Will keep an endpoint, its secrets sealed."""
        with writing():
            row = WebhookEndpointRow(pk=endpoint.number or None)
            row.merchant, row.url, row.events = endpoint.merchant, endpoint.url, list(endpoint.events)
            row.secrets = seal(json.dumps(list(endpoint.secrets)), _PURPOSE)
            row.made_by, row.made_at, row.off_since = endpoint.made_by, endpoint.made_at, endpoint.off_since
            row.alarm, row.failing_since = endpoint.alarm, endpoint.failing_since
            row.save()
        forget_endpoints()
        return _endpoint(row)

    def get(self, number: int) -> Endpoint | None:
        """Will give an endpoint."""
        row = WebhookEndpointRow.objects.filter(pk=number).first()
        return None if row is None else _endpoint(row)

    def all(self, merchants: Merchants) -> Sequence[Endpoint]:
        """Will give every endpoint within a wall."""
        rows = WebhookEndpointRow.objects.order_by("pk")
        return [_endpoint(row) for row in (rows if merchants is None else rows.filter(merchant__in=sorted(merchants)))]

    def drop(self, number: int) -> None:
        """Will remove an endpoint with its deliveries."""
        with writing():
            WebhookEndpointRow.objects.filter(pk=number).delete()
        forget_endpoints()

    def deliveries(self, endpoint: int, before: int, most: int) -> Sequence[Delivery]:
        """Will give deliveries, the newest first."""
        rows = WebhookDeliveryRow.objects.filter(endpoint_id=endpoint).order_by("-pk")
        return [_delivery(row) for row in (rows.filter(pk__lt=before) if before else rows)[:most]]

    def delivery(self, number: int) -> Delivery | None:
        """Will give one delivery."""
        row = WebhookDeliveryRow.objects.filter(pk=number).first()
        return None if row is None else _delivery(row)

    def send_test(self, endpoint: int, name: str, event: str, body: str, at: datetime) -> Delivery:
        """Will write a delivery that tells of no log entry."""
        with writing():
            row = WebhookDeliveryRow.objects.create(
                endpoint_id=endpoint, name=name, event=event, body=body, made_at=at, next_at=at
            )
        return _delivery(row)

    def again(self, numbers: Sequence[int], at: datetime) -> int:
        """Will have deliveries sent once more, their three days counted anew."""
        with writing():
            rows = WebhookDeliveryRow.objects.filter(pk__in=list(numbers))
            return rows.update(state="waiting", next_at=at, made_at=at, tries=0, message="")

    def failed_of(self, endpoint: int, since: datetime) -> Sequence[int]:
        """Will give deliveries that failed for good."""
        rows = WebhookDeliveryRow.objects.filter(endpoint_id=endpoint, state="failed", made_at__gte=since)
        return list(rows.order_by("pk").values_list("pk", flat=True)[:5000])

    def claim(self, at: datetime, until: datetime, most: int) -> Sequence[tuple[Endpoint, Delivery]]:
        """Will give what is due at endpoints that are on, kept from other runners until then."""
        due = WebhookDeliveryRow.objects.filter(state="waiting", next_at__lte=at, endpoint__off_since=None)
        if not due.exists():
            return []
        with writing():
            rows = list(
                due.select_for_update(skip_locked=True, of=("self",))
                .select_related("endpoint")
                .order_by("next_at", "pk")[:most]
            )
            WebhookDeliveryRow.objects.filter(pk__in=[row.pk for row in rows]).update(next_at=until)
        return [(_endpoint(row.endpoint), _delivery(row)) for row in rows]

    def settle(
        self, delivery: int, state: str, status: int | None, message: str, at: datetime, next_at: datetime | None
    ) -> None:
        """Will write what became of a try."""
        with writing():
            row = WebhookDeliveryRow.objects.select_related("endpoint").filter(pk=delivery).first()
            if row is None:
                return
            row.state, row.status, row.message, row.next_at, row.tries = state, status, message, next_at, row.tries + 1
            row.delivered_at = at if state == "delivered" else None
            row.save(update_fields=["state", "status", "message", "next_at", "tries", "delivered_at"])
            arrived = state == "delivered"
            if arrived == (row.endpoint.failing_since is not None):
                row.endpoint.failing_since = None if arrived else at
                row.endpoint.save(update_fields=["failing_since"])

    def switch_off(self, endpoint: int, alarm: str, at: datetime) -> None:
        """Will switch an endpoint off; what waits for it fails, and can be sent again."""
        with writing():
            WebhookEndpointRow.objects.filter(pk=endpoint).update(off_since=at, alarm=alarm[:300])
            WebhookDeliveryRow.objects.filter(endpoint_id=endpoint, state="waiting").update(
                state="failed", next_at=None
            )
        forget_endpoints()

    def forget(self, before: datetime, most: int) -> int:
        """Will remove deliveries at their end and answers to calls that are older than this."""
        with writing():
            ended = WebhookDeliveryRow.objects.filter(state__in=("delivered", "failed"), made_at__lt=before)
            gone, _ = WebhookDeliveryRow.objects.filter(pk__in=list(ended.values_list("pk", flat=True)[:most])).delete()
            old = ApiAnswerRow.objects.filter(at__lt=before).values_list("pk", flat=True)[:most]
            answers, _ = ApiAnswerRow.objects.filter(pk__in=list(old)).delete()
        return gone + answers


def _endpoint(row: WebhookEndpointRow) -> Endpoint:
    return Endpoint(
        row.pk,
        row.merchant,
        row.url,
        tuple(row.events),
        tuple(json.loads(unseal(row.secrets, _PURPOSE))),
        row.made_by,
        row.made_at,
        row.off_since,
        row.alarm,
        row.failing_since,
    )


def _delivery(row: WebhookDeliveryRow) -> Delivery:
    return Delivery(
        row.pk,
        row.endpoint_id,
        row.name,
        row.event,
        row.body,
        row.made_at,
        row.state,
        row.tries,
        row.next_at,
        row.status,
        row.message,
        row.delivered_at,
    )

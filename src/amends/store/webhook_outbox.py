"""The outbox of webhooks: rows written with the log entry they tell of, where an endpoint wants to hear of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

import orjson
from django.db import connection

from amends.facts.api import event_json, wants
from amends.store.api_feed import event_of
from amends.store.models import CaseLogRow, WebhookDeliveryRow, WebhookEndpointRow

_REMEMBERED = 1.0
"""Seconds that a process remembers who wants to hear of what: so long an endpoint that another process made may miss events."""
_known: dict[str, tuple[float, dict[str, list[tuple[int, tuple[str, ...]]]]]] = {}
_lock = threading.Lock()


def forget_endpoints() -> None:
    """Will have this process look anew: an endpoint was changed."""
    with _lock:
        _known.clear()


def tell(rows: Sequence[CaseLogRow]) -> None:
    """Will put entries, just written in the transaction that is under way, into the outbox."""
    listening = _listening()
    if not listening:
        return
    made = []
    for row in rows:
        for endpoint, events in listening.get(row.case.shop.merchant, ()):
            if wants(events, f"case.{row.what}"):
                made.append(_delivery(endpoint, row))
    if made:
        WebhookDeliveryRow.objects.bulk_create(made, batch_size=500)


def _delivery(endpoint: int, row: CaseLogRow) -> WebhookDeliveryRow:
    told = event_json(event_of(row))
    return WebhookDeliveryRow(
        endpoint_id=endpoint,
        entry_id=row.pk,
        name=told["id"],
        event=told["type"],
        body=orjson.dumps(told).decode(),
        made_at=row.at,
        next_at=row.at,
    )


def _listening() -> dict[str, list[tuple[int, tuple[str, ...]]]]:
    name = str(connection.settings_dict["NAME"])
    now = time.monotonic()
    with _lock:
        there = _known.get(name)
        if there is not None and now - there[0] < _REMEMBERED:
            return there[1]
    found: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for pk, merchant, events in WebhookEndpointRow.objects.filter(off_since=None).values_list(
        "pk", "merchant", "events"
    ):
        found.setdefault(merchant, []).append((pk, tuple(events)))
    with _lock:
        _known[name] = (now, found)
    return found

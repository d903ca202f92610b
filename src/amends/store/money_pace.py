"""How many calls a gateway may be given now, over all processes, and whether a payment has rested since its last refund."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from django.db.models import F, Q

from amends.facts.claims import Pace
from amends.store.models import AgendaRow, PayStep

NO_PACE: Final = Pace(None, None, 0)
NO_LIMIT: Final = 1_000_000
_QUEUE: Final = 0x616D656E6473
"""The name of the queue in PostgreSQL: a number that nobody else is likely to use."""


def claims_queue() -> None:
    """Will let one claim go at a time until the transaction ends: two that count at once would both see the same room.

    SQLite has one writer at a time as it is.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_QUEUE])


def room_of(gateway: str, now: datetime, lease_seconds: int, pace: Pace) -> int:
    """Will count how many more steps of a gateway may be leased now; a step that is leased and not called yet counts as called."""
    room = NO_LIMIT
    held = AgendaRow.objects.filter(gateway=gateway, lease_until__gte=now, done=False)
    if pace.concurrency is not None:
        room = min(room, pace.concurrency - held.count())
    if pace.calls_per_second is not None:
        called = PayStep.objects.filter(gateway=gateway, called_at__gt=now - timedelta(seconds=1)).count()
        leased_at = F("lease_until") - timedelta(seconds=lease_seconds)
        waiting = held.filter(Q(step__called_at__isnull=True) | Q(step__called_at__lt=leased_at)).count()
        room = min(room, pace.calls_per_second - called - waiting)
    return room


def has_rested(row: AgendaRow, now: datetime, pace: Pace) -> bool:
    """Will tell whether the step's payment is free: no other step of it is held, and its rest is over, else the row is due after it."""
    step = row.step
    if step.payment_id is None:
        return True
    others = PayStep.objects.filter(payment_id=step.payment_id).exclude(pk=step.pk)
    if others.filter(agenda__lease_until__gte=now, agenda__done=False).exists():
        return False
    last = others.filter(called_at__isnull=False).order_by("-called_at").values_list("called_at", flat=True).first()
    rest = timedelta(seconds=pace.spacing_seconds)
    if pace.spacing_seconds and last is not None and last + rest > now:
        AgendaRow.objects.filter(pk=row.pk).update(due_at=last + rest)
        return False
    return True

"""Connections under a lease, and what was read there: taken in together with how far the reading is, or not at all."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from amends.facts.channel_intake import (
    Brought,
    Fault,
    HintsRead,
    Hold,
    PollStep,
    Step,
    SweepStep,
    TakenIn,
    UnableToHold,
)
from amends.store.channel_put import put
from amends.store.database import writing
from amends.store.models import BackfillRow, ConnectionRow, HintRow

_PUSHES: Final = timedelta(days=1)
"""A platform that pushed something within so long is read less often."""


class DatabaseIntake:
    """Implements `amends.desk.channels.ports.IntakeBook`."""

    def claim(self, owner: str, now: datetime, lease: timedelta) -> Hold | None:
        """Will lease the one that has waited longest since it was last looked at."""
        if not _due(now).exists():  # so that nobody takes the write lock to learn that there is nothing to do
            return None
        with writing():
            free = _due(now).select_related("shop").order_by(F("tried_at").asc(nulls_first=True), "pk")
            if connection.vendor == "postgresql":
                free = free.select_for_update(skip_locked=True, of=("self",), no_key=True)
            row = free.first()
            if row is None:
                return None
            row.lease = f"{owner}:{row.pk}:{now.timestamp():.6f}"
            row.lease_until, row.tried_at = now + lease, now
            row.save(update_fields=["lease", "lease_until", "tried_at"])
            return _hold(row, now)

    def take(self, hold: Hold, brought: Brought, step: Step | None, at: datetime, until: datetime) -> TakenIn:
        """Will take in and move on in one transaction."""
        with writing():
            row = _held(hold)
            taken = put(row, brought, at)
            _move(row, step, taken, at)
            row.lease_until, row.read_at = until, at
            if brought.left is not None:
                row.calls_left = brought.left
            row.save(update_fields=["lease_until", "read_at", "calls_left", "cursor", "window_until", "read_until"])
        return taken

    def tell(self, connection: int, brought: Brought, at: datetime) -> TakenIn:
        """Will take in single things, the connection's row held meanwhile."""
        with writing():
            rows = ConnectionRow.objects.select_related("shop").select_for_update(no_key=True, of=("self",))
            return put(rows.get(pk=connection), brought, at)

    def release(self, hold: Hold, due_at: datetime, at: datetime, *, read: bool) -> None:
        """Will free the lease; a wish to be read at once that came meanwhile stays."""
        with writing():
            row = _mine(hold)
            if row is None:
                return
            row.due_at = due_at if row.due_at == hold.due_at else min(row.due_at or due_at, due_at)
            row.lease, row.lease_until = "", None
            if read:
                row.faults, row.fault_why, row.fault_says, row.again_at = 0, "", "", None
            row.save()

    def failed(self, hold: Hold, fault: Fault, again_at: datetime | None, faults: int, at: datetime) -> None:
        """Will free the lease and note the fault, unless somebody changed something meanwhile and wants it tried at once."""
        with writing():
            row = _mine(hold)
            if row is None:
                return
            row.lease, row.lease_until = "", None
            if row.due_at == hold.due_at:
                row.faults, row.fault_why, row.fault_says = faults, fault.why, f"{fault.zh} / {fault.en}"[:500]
                row.again_at = again_at
                row.due_at = again_at or row.due_at
            row.save()

    def hold_on(self, hold: Hold, until: datetime) -> None:
        """Will put the end of the lease off."""
        with writing():
            if not ConnectionRow.objects.filter(pk=hold.number, lease=hold.lease).update(lease_until=until):
                raise UnableToHold(f"connection {hold.number} is not held by {hold.lease} any more")

    def pass_over(self, hold: Hold, until: datetime) -> None:
        """Will count a window as read."""
        with writing():
            row = _held(hold)
            _move(row, PollStep(until, ""), TakenIn(), until)
            row.save(update_fields=["cursor", "window_until", "read_until"])

    def holders(self, now: datetime) -> frozenset[str]:
        """Will name who holds a lease that runs."""
        leases = ConnectionRow.objects.filter(lease_until__gte=now).values_list("lease", flat=True)
        return frozenset([lease.rsplit(":", 2)[0] for lease in leases])

    def free(self, owner: str) -> int:
        """Will end a dead worker's leases."""
        with writing():
            held = ConnectionRow.objects.filter(lease__startswith=f"{owner}:")
            return held.update(lease="", lease_until=None)


def _due(now: datetime) -> QuerySet[ConnectionRow]:
    """Connections that are switched on, may be called, are free, and have something due. Keys that were refused wait for a person."""
    hints = HintRow.objects.filter(connection=OuterRef("pk"), due_at__lte=now)
    return (
        ConnectionRow.objects.filter(state="on")
        .filter(Q(again_at__isnull=True) | Q(again_at__lte=now))
        .filter(Q(lease_until__isnull=True) | Q(lease_until__lt=now))
        .filter(Q(due_at__lte=now) | Exists(hints))
        .exclude(fault_why="keys")
    )


def _mine(hold: Hold) -> ConnectionRow | None:
    return ConnectionRow.objects.select_for_update(no_key=True).filter(pk=hold.number, lease=hold.lease).first()


def _held(hold: Hold) -> ConnectionRow:
    rows = ConnectionRow.objects.select_related("shop").select_for_update(no_key=True, of=("self",))
    row = rows.filter(pk=hold.number, lease=hold.lease).first()
    if row is None:
        raise UnableToHold(f"connection {hold.number} is not held by {hold.lease} any more")
    return row


def _move(row: ConnectionRow, step: Step | None, taken: TakenIn, at: datetime) -> None:
    if isinstance(step, PollStep):
        row.cursor, row.window_until = step.cursor, step.until if step.cursor else None
        if not step.cursor and (row.read_until is None or row.read_until < step.until):
            row.read_until = step.until
    elif isinstance(step, HintsRead):
        for number, heard in step.hints:
            HintRow.objects.filter(pk=number, heard=heard).delete()
    elif isinstance(step, SweepStep):
        _sweep(step, taken, at)


def _sweep(step: SweepStep, taken: TakenIn, at: datetime) -> None:
    row = BackfillRow.objects.select_for_update().get(pk=step.number)
    row.cases, row.orders = row.cases + taken.told[0], row.orders + taken.told[1]
    row.refused, row.missed = row.refused + taken.refused, row.missed + taken.late
    row.done_to, row.cursor, row.tries, row.due_at, row.fault = step.done_to, step.cursor, 0, None, ""
    if step.over and row.state == "running":
        row.state, row.ended_at = ("checking", None) if row.kind == "nightly" else ("done", at)
    row.save()


def _hold(row: ConnectionRow, now: datetime) -> Hold:
    return Hold(
        number=row.pk, lease=row.lease, read_until=row.read_until, window_until=row.window_until, cursor=row.cursor,
        due_at=row.due_at, reconciled_at=row.reconciled_at, keys_until=row.keys_until, market=row.shop.market,
        faults=row.faults, fault_why=row.fault_why,
        pushed=row.pushed_at is not None and now - row.pushed_at < _PUSHES,
    )  # fmt: skip

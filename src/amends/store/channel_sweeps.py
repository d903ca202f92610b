"""Stretches of time that are read: history, gaps, the nightly look."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal, cast

from django.db.models import Case, IntegerField, Q, Value, When

from amends.facts.channel_intake import Sweep, SweepKind
from amends.facts.connections import Backfill
from amends.store.database import writing
from amends.store.models import BackfillRow, ConnectionRow

_ORDER: Final = Case(
    When(kind="nightly", then=Value(0)),
    When(kind="gap", then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


class DatabaseSweeps:
    """Implements `amends.desk.channels.ports.SweepBook`."""

    def begin(
        self,
        connection: int,
        kind: SweepKind,
        since: datetime,
        until: datetime,
        by: str,
        at: datetime,
        cursor: str = "",
    ) -> int:
        """Will begin one; of history and of nightly looks only one runs at a time, and gaps that touch become one."""
        with writing():
            ConnectionRow.objects.select_for_update(no_key=True).get(pk=connection)
            going = BackfillRow.objects.filter(connection_id=connection, kind=kind, state__in=("running", "checking"))
            row = going.filter(since__lte=since, until__gte=since).first() if kind == "gap" else going.first()
            if row is not None and kind == "gap":
                row.until = max(row.until, until)
                row.save(update_fields=["until"])
            if row is not None and (kind != "history" or row.since <= since):
                return row.pk
            if row is not None:
                going.update(state="stopped", ended_at=at)
            made = BackfillRow.objects.create(
                connection_id=connection, kind=kind, since=since, until=until, done_to=since, cursor=cursor,
                made_by=by, made_at=at,
            )  # fmt: skip
            return made.pk

    def stop(self, connection: int, at: datetime) -> None:
        """Will stop the history that is being read in."""
        with writing():
            rows = BackfillRow.objects.filter(connection_id=connection, kind="history", state="running")
            rows.update(state="stopped", ended_at=at)

    def history(self, connection: int) -> list[Backfill]:
        """Will give the history that was asked for, latest first."""
        rows = BackfillRow.objects.filter(connection_id=connection, kind="history").order_by("-pk")
        return [_backfill(row) for row in rows[:50]]

    def running(self, connection: int, now: datetime) -> list[Sweep]:
        """Will give what is to go on now, in the order in which it should."""
        rows = BackfillRow.objects.filter(connection_id=connection, state__in=("running", "checking"))
        due = rows.filter(Q(due_at__isnull=True) | Q(due_at__lte=now)).order_by(_ORDER, "pk")
        return [_sweep(row) for row in due]

    def failed(self, sweep: int, fault: str, again_at: datetime) -> None:
        """Will note a failure."""
        with writing():
            row = BackfillRow.objects.get(pk=sweep)
            row.tries, row.fault, row.due_at = row.tries + 1, fault[:300], again_at
            row.save(update_fields=["tries", "fault", "due_at"])


def _sweep(row: BackfillRow) -> Sweep:
    kind = cast("SweepKind", row.kind)
    return Sweep(
        row.pk, kind, row.since, row.until, row.done_to, row.cursor, row.tries, row.made_at, row.state == "checking"
    )


def _backfill(row: BackfillRow) -> Backfill:
    whole = (row.until - row.since).total_seconds()
    share = 100 if row.state == "done" or not whole else int(100 * (row.done_to - row.since).total_seconds() // whole)
    state = cast("Literal['running', 'done', 'stopped']", row.state)
    return Backfill(
        row.pk,
        row.since,
        row.until,
        row.done_to,
        state,
        row.cases,
        row.orders,
        row.refused,
        share,
    )

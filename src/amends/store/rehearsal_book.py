"""Rehearsals that people asked for, in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet

from amends.facts.audit import Deed
from amends.facts.rehearsal_runs import RehearsalRun, Span
from amends.facts.rehearsed import Rehearsed
from amends.facts.rehearsed_json import read_rehearsed, rehearsed_json
from amends.store.audit_book import DatabaseAudit
from amends.store.database import writing
from amends.store.models import RehearsalRow

KEPT: Final = 20
"""Rehearsals that are kept of a policy."""
DEAD_AFTER: Final = timedelta(minutes=3)
"""A rehearsal that has not moved for so long lost its runner."""


class DatabaseRehearsals:
    """Implements `amends.desk.rehearsal.ports.RehearsalBook`."""

    def ask(self, run: RehearsalRun, deed: Deed) -> int:
        """Will keep what somebody asked for, with its line in the audit; the oldest of a policy are forgotten."""
        span = run.span
        with writing():
            row = RehearsalRow.objects.create(
                policy_id=run.policy,
                version=run.version,
                against=run.against,
                shop=span.shop,
                since=span.since,
                until=span.until,
                asked_by=run.by[:150],
                asked_at=run.at,
            )
            old = RehearsalRow.objects.filter(policy=run.policy, state__in=("done", "failed", "stopped")).order_by(
                "-pk"
            )
            RehearsalRow.objects.filter(pk__in=list(old.values_list("pk", flat=True)[KEPT - 1 :])).delete()
            DatabaseAudit().write(deed, run.at)
        return row.pk

    def next(self, now: datetime) -> RehearsalRun | None:
        """Will take the one that waits longest, or whose runner died."""
        with writing():
            dead = Q(state="running", moved_at__lt=now - DEAD_AFTER)
            row = RehearsalRow.objects.select_for_update().filter(Q(state="waiting") | dead).order_by("pk").first()
            if row is None:
                return None
            row.state, row.moved_at, row.done, row.total, row.unread = "running", now, 0, 0, 0
            row.save(update_fields=["state", "moved_at", "done", "total", "unread"])
            return _run(row)

    def moved(self, number: int, done: int, total: int, now: datetime) -> bool:
        """Will note how many cases were read, of how many; not to go on where it was stopped."""
        return bool(_running(number).update(done=done, total=total, moved_at=now))

    def stop(self, run: RehearsalRun, deed: Deed, now: datetime) -> None:
        """Will end what waits or runs, with its line in the audit."""
        with writing():
            going = RehearsalRow.objects.filter(pk=run.number, state__in=("waiting", "running"))
            if going.update(state="stopped", ended_at=now):
                DatabaseAudit().write(deed, now)

    def ended(self, number: int, found: Rehearsed, keys: Mapping[int, str], unread: int, now: datetime) -> None:
        """Will keep what was found, unless it was stopped meanwhile."""
        _running(number).update(state="done", found=rehearsed_json(found), keys=keys, unread=unread, ended_at=now)

    def failed(self, number: int, fault: str, now: datetime) -> None:
        """Will note that it could not be done, and why."""
        _running(number).update(state="failed", fault=fault[:300], ended_at=now)

    def of_policy(self, policy: int) -> Sequence[RehearsalRun]:
        """Will give the rehearsals of a policy, the newest first, without what they found."""
        rows = RehearsalRow.objects.filter(policy=policy).order_by("-pk").defer("found", "keys")
        return [_run(row, whole=False) for row in rows[:KEPT]]

    def get(self, policy: int, number: int) -> RehearsalRun | None:
        """Will give one rehearsal of a policy; None where there is none."""
        row = RehearsalRow.objects.filter(policy=policy, pk=number).first()
        return _run(row) if row else None


def _running(number: int) -> QuerySet[RehearsalRow]:
    return RehearsalRow.objects.filter(pk=number, state="running")


def _run(row: RehearsalRow, *, whole: bool = True) -> RehearsalRun:
    return RehearsalRun(
        row.pk,
        row.policy_id,
        row.version,
        row.against,
        Span(row.shop, row.since, row.until),
        row.asked_by,
        row.asked_at,
        row.state,
        row.done,
        row.total,
        row.unread,
        row.fault,
        row.ended_at,
        read_rehearsed(row.found) if whole and row.found else None,
        {int(number): key for number, key in row.keys.items()} if whole else {},
    )

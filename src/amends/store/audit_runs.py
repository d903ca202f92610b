"""Looks through the whole chain that people asked for, in the database."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import F, Q

from amends.facts.audit_trail import AuditFinding, AuditProgress
from amends.facts.vault import AuditRun
from amends.store.database import writing
from amends.store.models import AuditRunRow

MOST_KEPT: Final = 500
DEAD_AFTER: Final = timedelta(minutes=10)
"""A look that has not moved for so long lost its runner."""


class DatabaseAuditRuns:
    """Implements `amends.desk.vault.ports.AuditRuns`."""

    def ask(self, by: str, at: datetime) -> AuditRun:
        """Will ask for a look; one at a time."""
        with writing():
            there = AuditRunRow.objects.select_for_update().filter(state__in=("waiting", "running")).first()
            return _run(there or AuditRunRow.objects.create(asked_by=by[:150], asked_at=at))

    def next(self, now: datetime) -> AuditRun | None:
        """Will take the one that waits, or whose runner died."""
        with writing():
            dead = Q(state="running", moved_at__lt=now - DEAD_AFTER)
            row = AuditRunRow.objects.select_for_update().filter(Q(state="waiting") | dead).order_by("pk").first()
            if row is None:
                return None
            row.state, row.moved_at = "running", now
            row.part, row.done, row.found, row.findings, row.counted = "", 0, 0, [], {}
            row.save()
            return _run(row)

    def moved(self, number: int, progress: AuditProgress, now: datetime) -> None:
        """Will note how far it is."""
        row = AuditRunRow.objects.get(pk=number)
        row.part, row.done, row.total, row.moved_at = progress.part, progress.done, progress.total, now
        row.counted = {**row.counted, progress.part: progress.things}
        row.save(update_fields=["part", "done", "total", "moved_at", "counted"])

    def found(self, number: int, finding: AuditFinding) -> None:
        """Will keep a finding; the first ones in words, all of them by count."""
        row = AuditRunRow.objects.get(pk=number)
        if len(row.findings) < MOST_KEPT:
            says = {"en": finding.says.en, "zh": finding.says.zh}
            row.findings = [
                *row.findings,
                {"kind": finding.kind, "where": finding.where, "merchant": finding.merchant, **says},
            ]
            row.save(update_fields=["findings"])
        AuditRunRow.objects.filter(pk=number).update(found=F("found") + 1)

    def ended(self, number: int, state: str, now: datetime) -> None:
        """Will note its end."""
        AuditRunRow.objects.filter(pk=number).update(state=state, ended_at=now)

    def last(self) -> AuditRun | None:
        """Will give the newest."""
        row = AuditRunRow.objects.order_by("-pk").first()
        return None if row is None else _run(row)


def _run(row: AuditRunRow) -> AuditRun:
    return AuditRun(
        row.pk,
        row.asked_by,
        row.asked_at,
        row.state,
        row.part,
        row.done,
        row.total,
        row.counted,
        row.found,
        tuple(row.findings),
        row.ended_at,
    )

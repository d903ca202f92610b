"""Dossiers in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Q

from amends.facts.dossier import Choice, DigestOver, Dossier
from amends.facts.rulebook import Says
from amends.store.database import writing
from amends.store.models import DigestLeafRow, DossierRow

DEAD_AFTER: Final = timedelta(minutes=3)
"""A building that has not moved for so long lost its runner; it is begun anew."""


class DatabaseDossiers:
    """Implements `amends.desk.dossiers.ports.DossierBook`."""

    def get(self, case: int, forum: str, reason: str) -> Dossier | None:
        """Will give the dossier of a case for a forum and a reason."""
        row = DossierRow.objects.filter(case=case, forum=forum, reason=reason).first()
        return None if row is None else _dossier(row)

    def numbered(self, case: int, number: int) -> Dossier | None:
        """Will give one of a case."""
        row = DossierRow.objects.filter(case=case, pk=number).first()
        return None if row is None else _dossier(row)

    def of_case(self, case: int) -> Sequence[Dossier]:
        """Will give all of a case."""
        return [_dossier(row) for row in DossierRow.objects.filter(case=case).order_by("-pk")]

    def keep(self, case: int, choice: Choice) -> Dossier:
        """Will keep a choice."""
        with writing():
            row, _ = DossierRow.objects.select_for_update().get_or_create(
                case_id=case, forum=choice.forum, reason=choice.reason
            )
            row.choice = choice.plain
            row.save(update_fields=["choice"])
            return _dossier(row)

    def ask(self, number: int, by: str, at: datetime) -> Dossier:
        """Will have it built."""
        with writing():
            row = DossierRow.objects.select_for_update().get(pk=number)
            if row.state not in ("waiting", "building"):
                row.state, row.asked_by, row.asked_at = "waiting", by[:120], at
                row.moved_at, row.done, row.total, row.fault = None, 0, 0, {}
                row.save()
            return _dossier(row)

    def next(self, now: datetime) -> Dossier | None:
        """Will take one to be built."""
        with writing():
            dead = Q(state="building", moved_at__lt=now - DEAD_AFTER)
            waiting = DossierRow.objects.select_for_update().filter(Q(state="waiting") | dead)
            row = waiting.order_by("asked_at", "pk").first()
            if row is None:
                return None
            row.state, row.moved_at, row.done, row.total = "building", now, 0, 0
            row.save(update_fields=["state", "moved_at", "done", "total"])
            return _dossier(row)

    def moved(self, number: int, done: int, total: int, now: datetime) -> None:
        """Will note how far it is."""
        DossierRow.objects.filter(pk=number).update(done=done, total=total, moved_at=now)

    def built(self, number: int, facts: Mapping[str, Any], now: datetime) -> None:
        """Will note what was built."""
        DossierRow.objects.filter(pk=number).update(**facts, state="built", built_at=now, fault={})

    def failed(self, number: int, says: Says, now: datetime) -> None:
        """Will note why it was not built."""
        told = {"en": says.en, "zh": says.zh}
        DossierRow.objects.filter(pk=number).update(state="failed", moved_at=now, fault=told)

    def digest_over(self, case: int, seq: int) -> DigestOver | None:
        """Will give the first digest that covers a place of the log: that place itself, or a later one."""
        leaves = DigestLeafRow.objects.filter(kind="case", subject=case, seq__gte=seq).select_related("digest")
        leaf = leaves.order_by("digest__number").first()
        return None if leaf is None else DigestOver(leaf.digest.number, leaf.digest.at, leaf.digest.sealed)


def _dossier(row: DossierRow) -> Dossier:
    told = row.choice
    choice = Choice(
        row.forum, row.reason, tuple(told.get("order", ())), told.get("counts_as", {}), told.get("letter", "")
    )
    fault = Says(row.fault["en"], row.fault["zh"]) if row.fault else None
    return Dossier(
        row.pk,
        row.case_id,
        choice,
        row.state,  # type: ignore[arg-type]
        row.asked_by,
        row.asked_at,
        row.done,
        row.total,
        row.pages,
        row.sha256,
        row.size,
        row.name,
        row.digest,
        tuple(row.shown),
        fault,
        row.built_at,
    )

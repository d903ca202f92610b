"""Policies in the shadow, and what they would have decided, in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import IntegrityError
from django.db.models import Count, Q, Sum

from amends.facts.audit import Deed
from amends.facts.past_cases import PastCase
from amends.facts.rehearsed import Example, ExampleSide, Flow, Rehearsed, Side
from amends.facts.rulebook import Says
from amends.facts.shadows import Answered, Shadow, Shadowed, ShadowFound
from amends.store.audit_book import DatabaseAudit
from amends.store.database import writing
from amends.store.models import CaseFile, ShadowCaseRow, ShadowRow

_PARTS: Final = ("rule", "outcome", "remedy", "handling", "conflict")
_SIDES: Final = tuple([f"{side}_{part}" for side in ("before", "after") for part in _PARTS])
_ANSWERS: Final = ("decided_at", "currency", "differs", *_SIDES, "before_money", "after_money")
_SILENT: Final = Says("", "")


class DatabaseShadows:
    """Implements `amends.desk.rehearsal.ports.ShadowBook`."""

    def start(self, policy: int, version: int, deed: Deed, at: datetime) -> Shadow | None:
        """Will begin a shadow; None where one runs."""
        try:
            with writing():
                row = ShadowRow.objects.create(
                    policy_id=policy, version=version, started_by=deed.who[:150], started_at=at, mark=at
                )
                DatabaseAudit().write(deed, at)
        except IntegrityError:
            return None
        return _shadow(row)

    def stop(self, number: int, live: int, deed: Deed, at: datetime) -> None:
        """Will end a shadow, once."""
        with writing():
            running = ShadowRow.objects.filter(pk=number, stopped_at__isnull=True)
            if running.update(stopped_at=at, stopped_by=deed.who[:150], went_live=live):
                DatabaseAudit().write(deed, at)

    def last(self, policy: int) -> Shadow | None:
        """Will give the newest shadow of a policy."""
        row = ShadowRow.objects.filter(policy=policy).order_by("-pk").first()
        return _shadow(row) if row else None

    def running(self) -> Sequence[Shadow]:
        """Will give every shadow that runs."""
        return [_shadow(row) for row in ShadowRow.objects.filter(stopped_at__isnull=True).order_by("pk")]

    def decided(self, shadow: Shadow, merchant: str, after: tuple[datetime, int], most: int) -> Sequence[PastCase]:
        """Will give decided cases after a moment and a number."""
        at, number = after
        later = Q(case__decided_at__gt=at) | Q(case__decided_at=at, case_id__gt=number)
        found = CaseFile.objects.filter(later, case__decided_at__gt=shadow.since, case__decided_at__gte=at)
        found = found.filter(case__shop__merchant=merchant, agreed__isnull=True)
        told = found.values_list("case_id", "case__shop__name", "case_json", "decision_json", "case__decided_at")
        return [PastCase(*one) for one in told.order_by("case__decided_at", "case_id")[:most]]

    def known(self, number: int, cases: Sequence[int]) -> Mapping[int, datetime]:
        """Will give of which decision each case was looked at."""
        found = ShadowCaseRow.objects.filter(shadow=number, case__in=cases)
        return dict(found.values_list("case_id", "decided_at"))

    def keep(self, number: int, looked: Sequence[Shadowed], mark: datetime) -> None:
        """Will keep what was looked at, and how far the shadow is."""
        with writing():
            running = ShadowRow.objects.filter(pk=number, stopped_at__isnull=True)
            if not running.update(mark=mark):
                return
            rows = [ShadowCaseRow(shadow_id=number, case_id=one.case, **_columns(one)) for one in looked]
            ShadowCaseRow.objects.bulk_create(
                rows, update_conflicts=True, unique_fields=["shadow", "case"], update_fields=list(_ANSWERS)
            )

    def found(self, number: int, most: int) -> ShadowFound:
        """Will give the counts, and the newest cases that differ."""
        rows = ShadowCaseRow.objects.filter(shadow=number)
        counts = {"cases": Count("pk"), "changed": Count("pk", filter=Q(differs=True))}
        money = {"paid": Sum("before_money"), "would": Sum("after_money")}
        counted = rows.order_by().values("currency", *_SIDES).annotate(**counts, **money)
        flows = [
            Flow(one[0], Side(*one[1:6]), Side(*one[6:11]), *one[11:])
            for one in counted.order_by("currency", *_SIDES).values_list("currency", *_SIDES, *counts, *money)
        ]
        differing = rows.filter(differs=True).select_related("case__shop").order_by("-decided_at", "-pk")[:most]
        examples = [_example(row) for row in differing]
        return ShadowFound(Rehearsed(tuple(flows), tuple(examples)), {row.case_id: row.case.key for row in differing})


def _shadow(row: ShadowRow) -> Shadow:
    return Shadow(
        row.pk,
        row.policy_id,
        row.version,
        row.started_by,
        row.started_at,
        row.mark,
        row.stopped_by,
        row.stopped_at,
        row.went_live,
    )


def _columns(one: Shadowed) -> dict[str, Any]:
    found: dict[str, Any] = {
        "decided_at": one.decided_at,
        "currency": one.currency,
        "differs": one.before.differs(one.after),
    }
    for side, told in (("before", one.before), ("after", one.after)):
        found |= _answer(side, told)
    return found


def _answer(side: str, told: Answered) -> dict[str, Any]:
    parts = {f"{side}_{part}": getattr(told.side, part) for part in _PARTS}
    return {**parts, f"{side}_rule": told.side.rule[:200], f"{side}_money": told.money}


def _example(row: ShadowCaseRow) -> Example:
    sides = [
        ExampleSide(Side(*[getattr(row, f"{side}_{part}") for part in _PARTS]), getattr(row, f"{side}_money"), _SILENT)
        for side in ("before", "after")
    ]
    return Example(row.case_id, row.case.shop.name, row.currency, sides[0], sides[1])

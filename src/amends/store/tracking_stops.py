"""Questions that are counted, and wishes to stop parcels, in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db.models import F

from amends.facts.parcels import CaseParcel, KeptParcel, Stop
from amends.facts.tracking import StopReceipt
from amends.store.database import writing
from amends.store.models import AskedRow, StopRow
from amends.store.tracking_rows import parcel_of, stop_of

_OPEN: Final = ("wanted", "asked", "unknown")
_TRIED_FOR: Final = timedelta(minutes=2)


class DatabaseStops:
    """The part of `DatabaseParcels` that counts and stops."""

    def may_ask(self, network: str, waybill: str, now: datetime, most: int, every: timedelta) -> bool:
        """Will count a question before it is put, so that no crash can hide one."""
        with writing():
            day = now.astimezone(UTC).date()
            last = AskedRow.objects.filter(network=network, waybill=waybill).order_by("-day").first()
            if last is not None and now - last.last_at < every:
                return False
            row, made = AskedRow.objects.get_or_create(
                network=network, waybill=waybill, day=day, defaults={"count": 1, "last_at": now}
            )
            if made:
                return True
            rows = AskedRow.objects.filter(pk=row.pk, count__lt=most)
            return bool(rows.update(count=F("count") + 1, last_at=now))

    def ask_stop(self, link: CaseParcel, key: str, why: str, by: str, at: datetime) -> Stop | None:
        """Will write down a wish to stop a parcel."""
        with writing():
            if StopRow.objects.filter(parcel_id=link.parcel.number, state__in=_OPEN).exists():
                return None
            row = StopRow.objects.create(
                parcel_id=link.parcel.number, case_id=link.case, key=key, by=by, at=at, why=why[:200], due_at=at
            )
        return stop_of(row)

    def stop_of(self, parcel: int) -> Stop | None:
        """Will give the last wish to stop a parcel."""
        row = StopRow.objects.filter(parcel_id=parcel).order_by("-pk").first()
        return None if row is None else stop_of(row)

    def stops_due(self, now: datetime, most: int) -> Sequence[tuple[Stop, KeptParcel]]:
        """Will give wishes that are due; each is put off for a while, so that no two workers pass on the same."""
        if not StopRow.objects.filter(due_at__lte=now).exists():
            return []
        with writing():
            rows = StopRow.objects.select_for_update(of=("self",)).select_related("parcel").filter(due_at__lte=now)
            found = list(rows.order_by("due_at")[:most])
            StopRow.objects.filter(pk__in=[row.pk for row in found]).update(
                due_at=now + _TRIED_FOR, tries=F("tries") + 1
            )
        return [(stop_of(row), parcel_of(row.parcel)) for row in found]

    def stopped(self, stop: int, receipt: StopReceipt, state: str, due: datetime | None) -> None:
        """Will keep what came of a wish."""
        with writing():
            told = {
                "reference": receipt.reference[:120],
                "code": receipt.code[:40],
                "message": receipt.message[:300],
            }
            kept = {name: value for name, value in told.items() if value}
            StopRow.objects.filter(pk=stop, state__in=_OPEN).update(state=state, due_at=due, **kept)

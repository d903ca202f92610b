"""Parcels in the database: joined to cases, scans as sets, questions counted, leases, what is still to be told."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import F, Q

from amends.facts.parcels import CaseParcel, KeptParcel, Wish
from amends.facts.traces import Scan, joined
from amends.facts.tracking import ParcelTold
from amends.store.database import writing
from amends.store.models import CaseParcelRow, LogMarkRow, ParcelRow, ScanRow
from amends.store.tracking_rows import link_of, parcel_of, scan_of
from amends.store.tracking_stops import DatabaseStops


class DatabaseParcels(DatabaseStops):
    """Implements `amends.desk.tracking.ports.ParcelBook`."""

    def follow(self, case: int, wish: Wish, network: str, at: datetime) -> CaseParcel:
        """Will keep a parcel of a case and have it subscribed to."""
        with writing():
            parcel, _ = ParcelRow.objects.get_or_create(
                network=network,
                waybill=wish.waybill,
                defaults={"carrier": wish.carrier, "phone": wish.phone, "made_at": at, "due_at": at, "look_at": at},
            )
            if parcel.state == "refused" or (wish.carrier and not parcel.carrier):
                parcel.carrier, parcel.phone = wish.carrier or parcel.carrier, wish.phone or parcel.phone
                parcel.state, parcel.due_at, parcel.fault_why, parcel.fault = "wanted", at, "", ""
                parcel.save(update_fields=["carrier", "phone", "state", "due_at", "fault_why", "fault"])
            links = CaseParcelRow.objects.filter(case_id=case, part=wish.part, shipment=wish.shipment)
            links.exclude(parcel=parcel).update(live=False)
            row, _ = links.get_or_create(
                parcel=parcel,
                defaults={
                    "case_id": case,
                    "part": wish.part,
                    "shipment": wish.shipment,
                    "heard": 1,
                    "untold": parcel.heard_at is not None,
                },
            )
            if not row.live:
                CaseParcelRow.objects.filter(pk=row.pk).update(live=True, heard=F("heard") + 1, untold=True)
        return self.link(row.pk) or link_of(row)

    def of_case(self, case: int) -> Sequence[CaseParcel]:
        """Will give a case's parcels, those that count first."""
        rows = CaseParcelRow.objects.select_related("parcel").filter(case_id=case)
        return [link_of(row) for row in rows.order_by("-live", "part", "pk")]

    def cases_of(self, parcel: int) -> Sequence[int]:
        """Will give the cases in which a parcel counts."""
        rows = CaseParcelRow.objects.filter(parcel_id=parcel, live=True)
        return list(rows.order_by("case_id").values_list("case_id", flat=True).distinct())

    def link(self, number: int) -> CaseParcel | None:
        """Will give one by its number."""
        row = CaseParcelRow.objects.select_related("parcel").filter(pk=number).first()
        return None if row is None else link_of(row)

    def scans(self, parcel: int) -> Sequence[Scan]:
        """Will give every scan, the oldest first."""
        return joined([scan_of(row) for row in ScanRow.objects.filter(parcel_id=parcel)])

    def take(
        self, network: str, told: ParcelTold, at: datetime, look_after: timedelta, again_after: timedelta
    ) -> int | None:
        """Will keep what was told, and have every case told where that says more than before."""
        with writing():
            number = "".join(told.number.split()).upper()
            row = ParcelRow.objects.select_for_update().filter(network=network, waybill=number).first()
            if row is None:
                return None
            fresh = _keep(row, told.scans, at)
            row.heard_at, row.reference = at, told.reference or row.reference
            row.carrier = row.carrier or told.carrier
            row.strange = sorted({*row.strange, *told.alarms})[:20]
            if told.over:
                row.state, row.due_at = "over", None
            elif told.again and row.state in ("followed", "wanted"):
                row.state, row.due_at = "lapsed", at + again_after
            if fresh:
                row.look_at = at + look_after
                row.cases.update(heard=F("heard") + 1, untold=True)
            row.save()
            return fresh

    def hint(self, network: str, waybill: str, at: datetime) -> bool:
        """Will have a parcel asked about now."""
        with writing():
            rows = ParcelRow.objects.filter(network=network, waybill="".join(waybill.split()).upper())
            return bool(rows.update(hinted=True, due_at=at))

    def claim(self, owner: str, now: datetime, seconds: int, most: int) -> Sequence[KeptParcel]:
        """Will lease parcels that are due, the longest due first."""
        free = Q(lease_until=None) | Q(lease_until__lt=now)
        if not ParcelRow.objects.filter(
            free, due_at__lte=now
        ).exists():  # no lock is taken where there is nothing to do
            return []
        with writing():
            rows = ParcelRow.objects.select_for_update().filter(free, due_at__lte=now).exclude(network="")
            found = list(rows.order_by("due_at")[:most])
            until = now + timedelta(seconds=seconds)
            ParcelRow.objects.filter(pk__in=[row.pk for row in found]).update(
                lease=owner, lease_until=until, hinted=False
            )
        return [parcel_of(row) for row in found]

    def free(self, owner: str, parcel: int, was: str, state: str, due: datetime | None, **values: Any) -> None:
        """Will keep what became of a claimed parcel. What a push has changed meanwhile (its state, a hint) stays as it is."""
        with writing():
            rows = ParcelRow.objects.filter(pk=parcel, lease=owner)
            rows.filter(state=was, hinted=False).update(due_at=due)
            rows.filter(state=was).update(state=state)
            rows.update(lease="", lease_until=None, **values)

    def look_again(self, now: datetime, after: timedelta, most: int) -> int:
        """Will have the cases of long quiet parcels told anew, so that their alarms are looked at."""
        rows = ParcelRow.objects.filter(look_at__lte=now).exclude(state="over").order_by("look_at")
        if not rows.exists():
            return 0
        with writing():
            found = list(rows.values_list("pk", flat=True)[:most])
            CaseParcelRow.objects.filter(parcel__in=found, live=True).update(heard=F("heard") + 1, untold=True)
            ParcelRow.objects.filter(pk__in=found).update(look_at=now + after)
        return len(found)

    def untold(self, most: int) -> Sequence[int]:
        """Will give the numbers of case parcels whose word is not in their case yet."""
        return list(CaseParcelRow.objects.filter(untold=True).order_by("pk").values_list("pk", flat=True)[:most])

    def tell(self, number: int, heard: int, alarms: Sequence[str], moved: bool) -> None:
        """Will note what the case knows; it stays untold where more was heard meanwhile."""
        with writing():
            rows = CaseParcelRow.objects.filter(pk=number)
            rows.update(told=heard, alarms=list(alarms), moved=moved)
            rows.filter(heard=heard).update(untold=False)

    def mark(self, name: str) -> int:
        """Will give up to where a reader has read."""
        row = LogMarkRow.objects.filter(pk=name).first()
        return 0 if row is None else row.read_to

    def set_mark(self, name: str, read_to: int) -> None:
        """Will note up to where a reader has read."""
        with writing():
            LogMarkRow.objects.update_or_create(name=name, defaults={"read_to": read_to})


def _keep(row: ParcelRow, scans: Iterable[Scan], at: datetime) -> int:
    """Will keep scans that are new or say more than what is there; how many."""
    there = {one.name: one for one in ScanRow.objects.filter(parcel=row)}
    fresh = 0
    clipped = [replace(one, at=one.at.replace(microsecond=0), place=one.place[:200]) for one in scans]
    for scan in joined(clipped):
        name = _name(scan)
        old = there.get(name)
        best = scan if old is None else joined([scan_of(old), scan])[0]
        told = {"kind": best.kind, "code": best.code[:80], "signed_by": best.signed_by}
        if old is None:
            ScanRow.objects.create(
                parcel=row, name=name, at=scan.at, text=scan.text, place=scan.place, heard_at=at, **told
            )
        elif any(getattr(old, column) != value for column, value in told.items()):
            ScanRow.objects.filter(pk=old.pk).update(**told)
        else:
            continue
        fresh += 1
    return fresh


def _name(scan: Scan) -> str:
    told = f"{scan.at.astimezone(UTC).isoformat()}\n{scan.text}\n{scan.place}"
    return hashlib.sha256(told.encode("utf-8", errors="replace")).hexdigest()

"""The audit in the database: written once, never changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Final

from django.db.models import QuerySet

from amends.facts.audit import AUDIT_PAGE, HOUSE_LOG, AuditPage, AuditQuery, Deed, deed_entry
from amends.facts.audit_trail import HouseLog
from amends.facts.log import SealedEntry, seal
from amends.facts.people import Merchants
from amends.store.database import writing
from amends.store.models import AuditHeadRow, AuditRow, AuditSealRow

_BATCH: Final = 1000


class DatabaseAudit:
    """Implements `amends.desk.people.AuditBook`."""

    def write(self, deed: Deed, at: datetime) -> None:
        """Will write down a deed, as the next place of the sealed chain."""
        with writing():
            end = AuditHeadRow.objects.select_for_update().get()
            row = AuditRow.objects.create(
                at=at,
                who=deed.who,
                what=deed.what,
                merchant=deed.merchant,
                subject=deed.subject[:150],
                case=deed.case,
                fields=list(deed.fields),
                note=deed.note[:300],
                place=deed.place[:64],
            )
            seq = end.count + 1
            sealed = seal(HOUSE_LOG, seq, end.head, deed_entry(_deed(row), at))
            AuditSealRow.objects.create(seq=seq, row=row.pk, before=end.head, sealed=sealed)
            end.count, end.head = seq, sealed
            end.save(update_fields=["count", "head"])

    def read(self, query: AuditQuery, merchants: Merchants) -> AuditPage:
        """Will give a page of what was done about these merchants' data, the latest first."""
        own = AuditRow.objects.all() if merchants is None else AuditRow.objects.filter(merchant__in=merchants)
        found = _asked(own, query)
        total = found.count()
        pages = max(1, -(-total // AUDIT_PAGE))
        page = min(query.page, pages)
        rows = found.order_by("-at", "-pk")[(page - 1) * AUDIT_PAGE : page * AUDIT_PAGE]
        people = own.order_by("who").values_list("who", flat=True).distinct()
        return AuditPage(tuple(_deed(row) for row in rows), total, page, pages, tuple(people))


def _asked(rows: QuerySet[AuditRow], query: AuditQuery) -> QuerySet[AuditRow]:
    if query.who:
        rows = rows.filter(who=query.who)
    if query.what:
        rows = rows.filter(what=query.what)
    if query.since:
        rows = rows.filter(at__gte=datetime.combine(query.since, time(), UTC))
    if query.until and query.until < query.until.max:
        rows = rows.filter(at__lt=datetime.combine(query.until + timedelta(days=1), time(), UTC))
    return rows


def house_log() -> HouseLog:
    """Will give the house's own log: its end, its places as a stream, and the rows that have no place."""
    end = AuditHeadRow.objects.first()
    placed = AuditSealRow.objects.values("row")
    loose = [(row.pk, row.what) for row in AuditRow.objects.exclude(pk__in=placed).order_by("pk")[:1000]]
    count = int(end.count) if end else 0
    return HouseLog(count, str(end.head) if end else "", _places(count), tuple(loose))


def _places(count: int) -> Iterator[SealedEntry]:
    """A place whose row is gone is left out, and so found missing; one behind the end is given only if it is behind it still.

    What somebody does while the log is read is no fault.
    """
    last = 0
    while places := list(AuditSealRow.objects.filter(seq__gt=last).order_by("seq")[:_BATCH]):
        last = places[-1].seq
        rows = AuditRow.objects.in_bulk([one.row for one in places])
        for one in places:
            if one.seq > count and one.seq <= AuditHeadRow.objects.get().count:
                return
            if row := rows.get(one.row):
                yield SealedEntry(one.seq, deed_entry(_deed(row), row.at), one.before, one.sealed)


def _deed(row: AuditRow) -> Deed:
    return Deed(row.who, row.what, row.merchant, row.subject, row.case, tuple(row.fields), row.note, row.place, row.at)

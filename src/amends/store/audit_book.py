"""The audit in the database: written once, never changed."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from django.db.models import QuerySet

from amends.facts.audit import AUDIT_PAGE, AuditPage, AuditQuery, Deed
from amends.facts.people import Merchants
from amends.store.models import AuditRow


class DatabaseAudit:
    """Implements `amends.desk.people.AuditBook`."""

    def write(self, deed: Deed, at: datetime) -> None:
        """Will write down a deed."""
        AuditRow.objects.create(
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


def _deed(row: AuditRow) -> Deed:
    return Deed(row.who, row.what, row.merchant, row.subject, row.case, tuple(row.fields), row.note, row.place, row.at)

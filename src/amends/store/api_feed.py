"""Lists for the API, read with a cursor: cases newest first, events oldest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.db.models import QuerySet

from amends.facts.api import CaseQuery, LoggedEvent
from amends.facts.listed import ListLine
from amends.facts.people import Merchants
from amends.store.case_reader import line_of
from amends.store.models import CaseLogRow, CaseRow
from amends.store.walls import of_shops, shops_within

_SETTLED = (
    '("store_caselogrow".xmin::text::bigint < (pg_snapshot_xmin(pg_current_snapshot())::text::bigint & 4294967295)'
    ' OR "store_caselogrow"."at" < %s)'
)
_LONGEST = timedelta(minutes=10)
"""No transaction of ours lasts so long."""


class DatabaseFeed:
    """Implements `amends.desk.api.ports.Feed`."""

    def cases(self, query: CaseQuery, merchants: Merchants) -> Sequence[ListLine]:
        """Will give cases, the newest first."""
        rows = CaseRow.objects.filter(**of_shops(shops_within(merchants))).select_related("shop").order_by("-pk")
        if query.before:
            rows = rows.filter(pk__lt=query.before)
        asked = {
            "shop__name": query.shop,
            "state": query.state,
            "status": query.status,
            "order_no": query.order,
            "key": query.key,
        }
        rows = rows.filter(**{column: value for column, value in asked.items() if value})
        return [line_of(row) for row in rows[: query.most]]

    def events(self, after: int, most: int, merchants: Merchants) -> Sequence[LoggedEvent]:
        """Will give entries that nothing can come before any more: on PostgreSQL those of transactions older than any under way."""
        rows = CaseLogRow.objects.filter(pk__gt=after, **of_shops(shops_within(merchants), "case__shop_id"))
        return [event_of(row) for row in _settled(rows).select_related("case__shop").order_by("pk")[:most]]


def _settled(rows: QuerySet[CaseLogRow]) -> QuerySet[CaseLogRow]:
    if connection.vendor != "postgresql":
        return rows
    return rows.extra(where=[_SETTLED], params=[datetime.now(UTC) - _LONGEST])


def event_of(row: CaseLogRow) -> LoggedEvent:
    """Will give the event that a log row is."""
    case = row.case
    return LoggedEvent(
        row.pk,
        case.pk,
        case.key,
        case.shop.name,
        case.shop.merchant,
        row.seq,
        row.at,
        row.what,
        row.who_kind,
        tuple([(str(track), str(move)) for track, move in row.moves]),
        row.data,
    )

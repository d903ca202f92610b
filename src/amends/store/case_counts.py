"""Counts that stay quick over a million cases: nothing is counted further than people read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from amends.facts.listed import COUNTED, VIEWS, ListQuery
from amends.store.case_views import INDEXED, index_of, of_view
from amends.store.models import CaseRow
from amends.store.walls import of_shops


def counted(cases: QuerySet[CaseRow], most: int) -> int:
    """Will count cases, but no further than `most`."""
    return cases.order_by().values("pk")[:most].count()


def counts_of_views(now: datetime, shops: list[int] | None, me: str, role: str) -> dict[str, int]:
    """Will count every view up to `COUNTED` + 1 in one statement: one part a view, each over its own index."""
    parts, values = [], list[Any]()
    for view in VIEWS:
        query = ListQuery(view=view, me=me, role=role)
        cases = CaseRow.objects.filter(of_view(query, now), **of_shops(shops)).order_by().values("pk")
        told = _by_own_index(_sql(cases[: COUNTED + 1]), view)
        parts.append("0" if told is None else f"(SELECT COUNT(*) FROM ({told[0]}) AS of_{view})")  # noqa: S608
        values += told[1] if told else ()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        found = cursor.fetchone()
    return dict(zip(VIEWS, found, strict=True))


def _by_own_index(told: tuple[str, tuple[Any, ...]] | None, view: str) -> tuple[str, tuple[Any, ...]] | None:
    """Will name the view's own index where the database would rather read every open case than go through a smaller index whole."""
    if told is None or connection.vendor != "sqlite" or view not in INDEXED:
        return told
    table = f'FROM "{CaseRow._meta.db_table}"'
    return told[0].replace(table, f'{table} INDEXED BY "{index_of(view)}"', 1), told[1]


def _sql(cases: QuerySet[CaseRow, Any]) -> tuple[str, tuple[Any, ...]] | None:
    """The statement of a query with its values; None where the query can find nothing."""
    from django.core.exceptions import EmptyResultSet

    try:
        return cases.query.sql_with_params()
    except EmptyResultSet:
        return None

"""Finds cases by a part of a word: SQLite's trigram index where it helps, a plain scan where it cannot."""

from __future__ import annotations

from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from amends.store.models import CaseRow, CaseText

_SHORTEST: Final = 3
"""A trigram index knows nothing of shorter parts: 退款 is scanned for."""


def matching(cases: QuerySet[CaseRow], text: str) -> QuerySet[CaseRow]:
    """Will keep the cases in whose words every part of `text` (split at blanks) occurs, whatever its case."""
    for part in text.split():
        cases = cases.filter(pk__in=_holding(part))
    return cases


def _holding(part: str) -> Any:
    if connection.vendor == "sqlite" and len(part) >= _SHORTEST:
        quoted = '"' + part.replace('"', '""') + '"'
        return RawSQL("SELECT rowid FROM store_casesearch WHERE store_casesearch MATCH %s", (quoted,))
    return CaseText.objects.filter(words__icontains=part).values("case_id")

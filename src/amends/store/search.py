"""Finds cases by a part of a word through an index: SQLite's trigrams, on PostgreSQL our own grams (`store_grams`).

A gram is two neighbouring characters where one of them is Chinese, Japanese or Korean, else three: 退货 is a gram, and so is 612.
PostgreSQL's own `pg_trgm` knows nothing of two characters, knows no Chinese at all under some locales, and must be installed by
whoever keeps the server; a function and an index of our own need neither.
"""

from __future__ import annotations

from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from amends.store.models import CaseRow, CaseText

_SHORTEST: Final = 3
"""SQLite's trigram index knows nothing of shorter parts: 退款 is scanned for, among the cases of the view."""
_WIDE: Final = 0x2E80
"""From this code point on, two characters are as telling as three Latin ones."""


def matching(cases: QuerySet[CaseRow], text: str) -> QuerySet[CaseRow]:
    """Will keep the cases in whose words every part of `text` (split at blanks) occurs, whatever its case."""
    for part in text.split():
        cases = cases.filter(pk__in=_holding(part))
    return cases


def has_gram(part: str) -> bool:
    """Whether the index of PostgreSQL knows anything of a part."""
    return len(part) >= _SHORTEST or (len(part) == _SHORTEST - 1 and any(ord(one) >= _WIDE for one in part))


def _holding(part: str) -> Any:
    if connection.vendor == "sqlite" and len(part) >= _SHORTEST:
        quoted = '"' + part.replace('"', '""') + '"'
        return RawSQL("SELECT rowid FROM store_casesearch WHERE store_casesearch MATCH %s", (quoted,))
    found = CaseText.objects.filter(words__icontains=part)
    if connection.vendor == "postgresql" and has_gram(part):
        found = found.extra(where=["store_grams(words) @> store_grams(%s)"], params=[part])
    return found.values("case_id")

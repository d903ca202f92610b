"""Searching for what many cases hold: looked for among the first of the list, where it is soon found often enough.

An index of words gives every case that holds a word before one of them can be put in order: a quarter of a million for a common one. The
list's own order gives the first four thousand cases at once, and among those a common word fills the page.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from amends.facts.listed import COUNTED, PAGE_SIZE, ListQuery
from amends.store.case_asked import asked, ordered
from amends.store.models import CaseRow

_LOOKED_AT: Final = 4_000


def common_search(query: ListQuery, now: datetime, shops: list[int] | None) -> list[CaseRow] | None:
    """Will give the rows of the first page (and one more) of a search that is found more often than lists count; None for any other."""
    if not query.text or query.page > 1 or query.after:
        return None
    plain = asked(replace(query, text=""), now, shops)
    first = list(ordered(plain, query.sort).values_list("pk", flat=True)[:_LOOKED_AT])
    found = CaseRow.objects.filter(pk__in=first)
    for part in query.text.split():
        found = found.filter(text__words__icontains=part)
    numbers = list(ordered(found, query.sort).values_list("pk", flat=True)[: COUNTED + 1])
    if len(numbers) <= COUNTED:
        return None
    shown = CaseRow.objects.filter(pk__in=numbers[: PAGE_SIZE + 1]).select_related("shop")
    return list(ordered(shown, query.sort))

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
_RARE: Final = 6
"""Digits from which a number belongs to one order or case."""


def common_search(query: ListQuery, now: datetime, shops: list[int] | None) -> tuple[list[CaseRow], bool] | None:
    """Will give the rows of the first page (and one more) of a search that fills it among the first of the list; None for any other.

    The flag says that it was found more often than lists count. A long number is never common: it is not looked for here.
    """
    parts = query.text.split()
    if not parts or query.page > 1 or query.after or any(len(part) >= _RARE and part.isdecimal() for part in parts):
        return None
    plain = asked(replace(query, text=""), now, shops)
    first = list(ordered(plain, query.sort).values_list("pk", flat=True)[:_LOOKED_AT])
    found = CaseRow.objects.filter(pk__in=first)
    for part in parts:
        found = found.filter(text__words__icontains=part)
    numbers = list(ordered(found, query.sort).values_list("pk", flat=True)[: COUNTED + 1])
    if len(numbers) <= PAGE_SIZE:
        return None
    shown = CaseRow.objects.filter(pk__in=numbers[: PAGE_SIZE + 1]).select_related("shop")
    return list(ordered(shown, query.sort)), len(numbers) > COUNTED

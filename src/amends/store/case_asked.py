"""A question of the work list as a query: its cases, their order, and what comes before or after a place in it."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from amends.facts.listed import FILTERS, NOBODY, ListQuery
from amends.store.case_views import of_view
from amends.store.models import CaseRow
from amends.store.search import matching
from amends.store.walls import of_shops

_ORDERS: Final = {
    "deadline": ("due_order", "-value_points", "id"),
    "amount": ("-value_points", "due_order", "id"),
    "newest": ("-asked_order", "id"),
}
_PLACE: Final = re.compile(r"-?[0-9]{1,18}(\.-?[0-9]{1,18}){1,2}", re.ASCII)
_COLUMNS: Final = {"shop": "shop__name", "platform": "shop__channel"}


def asked(query: ListQuery, now: datetime, shops: list[int] | None) -> QuerySet[CaseRow]:
    """Will give the cases that a question asks for, of these shops."""
    found = CaseRow.objects.filter(of_view(query, now), **of_shops(shops))
    for name in FILTERS:
        wanted = getattr(query, name)
        if name == "assignee" and wanted == NOBODY:
            found = found.filter(assignee="")
        elif wanted:
            found = found.filter(**{_COLUMNS.get(name, name): wanted})
    return matching(found, query.text)


def ordered(cases: QuerySet[CaseRow], sort: str, *, backwards: bool = False) -> QuerySet[CaseRow]:
    """Will put cases in the list's order, or in the reverse of it."""
    order = _ORDERS[sort]
    if backwards:
        order = tuple([name[1:] if name.startswith("-") else f"-{name}" for name in order])
    return cases.order_by(*order)


def place_of(row: CaseRow, sort: str) -> str:
    """Will give where a case stands in the order, as an address carries it."""
    return ".".join([str(getattr(row, name.lstrip("-"))) for name in _ORDERS[sort]])


def read_place(text: str, sort: str) -> tuple[int, ...]:
    """Will read a place; what is none of this order is no place."""
    found = tuple([int(part) for part in text.split(".")]) if _PLACE.fullmatch(text) else ()
    return found if len(found) == len(_ORDERS[sort]) else ()


def beyond(place: tuple[int, ...], sort: str, *, backwards: bool = False) -> Q:
    """Will give the cases after (or before) a place: later in the first column, or equal there and later in the next.

    The bound on the first column says nothing new, but lets the database begin at the place instead of reading up to it.
    """
    later, equal, bound = Q(), Q(), Q()
    for name, value in zip(_ORDERS[sort], place, strict=True):
        descending, column = name.startswith("-"), name.lstrip("-")
        way = "lt" if descending != backwards else "gt"
        bound = bound or Q(**{f"{column}__{way}e": value})
        later |= equal & Q(**{f"{column}__{way}": value})
        equal &= Q(**{column: value})
    return bound & later

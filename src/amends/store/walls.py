"""The wall between merchants: what a person may not see is as if it were not there."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from amends.facts.people import Merchants
from amends.store.models import Shop

Row = TypeVar("Row", bound=Model)


def sees_all(merchants: Merchants) -> bool:
    """Whether nothing is behind this wall: every shop there is belongs to one of these merchants."""
    return merchants is None or (bool(merchants) and not Shop.objects.exclude(merchant__in=merchants).exists())


def shops_within(merchants: Merchants) -> list[int] | None:
    """Will give the keys of the shops within a wall; None where that is every shop, so that a query needs no filter."""
    if merchants is None:
        return None
    shops = dict(Shop.objects.values_list("pk", "merchant"))
    within = [key for key, merchant in shops.items() if merchant in merchants]
    return None if len(within) == len(shops) else within


def within(merchants: Merchants, *paths: str) -> Q:
    """Will give the condition that a row lies within a wall; `paths` lead from the row to its shop, any of them will do.

    A row that no path leads to a shop from is for those alone who see every merchant.
    """
    if sees_all(merchants):
        return Q()
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(**{f"{path}__merchant__in": sorted(merchants or ())})
    return found


def walled(rows: QuerySet[Row], merchants: Merchants, *paths: str) -> QuerySet[Row]:
    """Will keep the rows that lie within a wall; see `within`."""
    return rows.filter(within(merchants, *paths))


def of_shops(shops: list[int] | None, column: str = "shop_id") -> dict[str, Any]:
    """Will give the filter that keeps the rows of these shops; of all of them, none."""
    return {} if shops is None else {f"{column}__in": shops}

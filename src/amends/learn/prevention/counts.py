"""Cases and exposure of one shop by place, asked of the facts for metrics.

An order counts once, with its first case. A case comes up to two weeks after the payment, so that orders of fourteen days before a
window belong to its exposure: a SKU that is sold no more has its cases held against the orders that they come from.
"""

from __future__ import annotations

from typing import Final

from amends.facts.prevention import PLACES, Cluster
from amends.learn.metrics.ask import Facts
from amends.learn.prevention.search import WINDOWS, Seen

LAG: Final = 14
_OF_LINES: Final = frozenset({"sku", "batch", "supplier"})
_COUNTED: Final = "shop = ? AND opened_day BETWEEN ? AND ? AND order_known = 1 AND counts_order = 1 AND reason <> ''"


def seen(facts: Facts, shop: str, today: int) -> tuple[Seen, ...]:
    """Will count every window that ends with yesterday."""
    return tuple([_window(facts, shop, today - days, today - 1, share) for days, share in WINDOWS])


def _window(facts: Facts, shop: str, first: int, last: int, share: float) -> Seen:
    cases: dict[tuple[str, str, str], int] = {}
    exposure: dict[tuple[str, str], int] = {}
    for place in PLACES:
        sql = f"SELECT {place}, reason, COUNT(*) FROM cases WHERE {_COUNTED} AND {place} <> '' GROUP BY {place}, reason"
        for value, reason, many in facts.ask(sql, (shop, first, last)):
            cases[place, str(value), str(reason)] = _number(many)
        for value, many in facts.ask(*_exposed(place, shop, first, last)):
            exposure[place, str(value)] = _number(many)
    return Seen(first, last, share, cases, exposure)


def _exposed(place: str, shop: str, first: int, last: int) -> tuple[str, tuple[object, ...]]:
    """Orders paid, by what they tell of the place."""
    counted = "one" if place in _OF_LINES else "whole"
    return (
        f"SELECT {place}, SUM({counted}) FROM sales WHERE shop = ? AND paid_day BETWEEN ? AND ? AND {place} <> '' GROUP BY {place}",
        (shop, first - LAG, last),
    )


def around(facts: Facts, shop: str, place: str, value: str, reason: str, days: tuple[int, int]) -> Cluster:
    """Will count one place and reason, and the rest of the shop, over some days. `place` is one of `PLACES`."""
    first, last = days
    told = facts.ask(
        f"SELECT {place} = ?, COUNT(*) FROM cases WHERE {_COUNTED} AND {place} <> '' AND reason = ? GROUP BY 1",
        (value, shop, first, last, reason),
    )
    cases = {bool(own): _number(many) for own, many in told}
    sql, given = _exposed(place, shop, first, last)
    exposed = {str(name): _number(many) for name, many in facts.ask(sql, given)}
    own = exposed.get(value, 0)
    return Cluster(
        place,
        value,
        reason,
        cases.get(True, 0),
        own,
        cases.get(False, 0),
        sum(exposed.values()) - own,
        first,
        last,
    )


def behind(facts: Facts, shop: str, one: Cluster) -> frozenset[int]:
    """Will give the numbers of the cases of a cluster."""
    sql = f"SELECT id FROM cases WHERE {_COUNTED} AND {one.place} = ? AND reason = ?"
    return frozenset(_number(row[0]) for row in facts.ask(sql, (shop, one.first, one.last, one.value, one.reason)))


def _number(told: object) -> int:
    return int(str(told or 0))

"""What the fake Shopify's shapes are made of: times, money, connections that hand out pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from amends.basics.currencies import EXPONENTS
from amends.basics.money import Minor, write_minor


def moment(at: int) -> str | None:
    """A time as Shopify writes it; None for what has not happened."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def money(amount: Minor, currency: str) -> dict[str, Any]:
    """A bag of money: the shop's and the buyer's are the same here. Shopify writes at least one digit behind the point."""
    text = write_minor(amount, EXPONENTS[currency])
    told = {"__typename": "MoneyV2", "amount": text if "." in text else f"{text}.0", "currencyCode": currency}
    return {"__typename": "MoneyBag", "presentmentMoney": told, "shopMoney": told}


def connection(things: list[dict[str, Any]], kind: str, cursor: Callable[[dict[str, Any]], str] | None = None) -> Any:
    """A connection that hands out `first` things behind `after`."""
    mark = cursor or (lambda thing: str(thing["id"]))

    def page(info: object, first: int | None = None, after: str | None = None, **_: object) -> dict[str, Any]:
        if first is None:
            raise ValueError("you must provide one of first or last")
        marks = [mark(thing) for thing in things]
        start = marks.index(after) + 1 if after in marks else 0
        found = things[start : start + first]
        ends = {"hasNextPage": start + first < len(things), "endCursor": mark(found[-1]) if found else None}
        edges = [{"__typename": f"{kind}Edge", "cursor": mark(thing), "node": thing} for thing in found]
        return {
            "__typename": f"{kind}Connection",
            "nodes": found,
            "edges": edges,
            "pageInfo": {"__typename": "PageInfo", **ends},
        }

    return page


def listed(things: list[dict[str, Any]]) -> Any:
    """A list that is cut off after `first` things."""
    return lambda info, first=None, **_: things[:first] if first else things

"""Rows of the public sets as named parts, each of what was known at the moment of the order or payment."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from bench.additive import Parts, banded
from bench.flag_sets import Line, Payment

KNOWN_AFTER = timedelta(days=45)
"""The fashion set has no day of return: an outcome counts as known so long after its order."""
_COUNTS = (1, 2, 3, 5, 8)
_PRICES = (0.01, 15, 20, 25, 30, 40, 50, 60, 70, 80, 90, 100, 120, 150, 200)
_AMOUNTS = (25, 50, 100, 200, 400, 700, 1000, 1500, 2500)


def line_parts(lines: Sequence[Line], *, delivery: bool) -> list[Parts]:
    """Will give each line's parts; `delivery`: with whether it was delivered, which nobody knows when it is ordered."""
    baskets: Counter[tuple[str, str]] = Counter([one.basket for one in lines])
    styles: dict[tuple[str, str, str], set[tuple[str, str]]] = defaultdict(set)
    for one in lines:
        styles[one.buyer, one.day, one.item].add(one.variant)
    told: dict[str, list[Line]] = defaultdict(list)
    for one in lines:
        told[one.buyer].append(one)
    found = []
    for one in lines:
        least = (date.fromisoformat(one.day) - KNOWN_AFTER).isoformat()
        past = [other.returned for other in told[one.buyer] if other.day < least]
        habit = f"{banded(len(past), _COUNTS)}:{round(4 * sum(past) / len(past))}" if past else "new"
        parts = [
            ("item", one.item), ("brand", one.brand), ("size", one.variant[0]), ("colour", one.variant[1]),
            ("price", banded(one.price, _PRICES)), ("basket", banded(baskets[one.basket], (2, 3, 4, 6, 9))),
            ("variants", banded(len(styles[one.buyer, one.day, one.item]), (2, 3, 4))), ("own past", habit),
        ]  # fmt: skip
        found.append([*parts, ("delivered", str(one.delivered))] if delivery else parts)
    return found


def payment_parts(every: Sequence[Payment], *, money: bool) -> list[Parts]:
    """Will give each payment's parts: how many came before of the same buyer, card and device; `money`: with its amount."""
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for one in every:
        keys = [("buyer", one.signs.buyer), ("card", one.signs.ties["card"]), ("device", one.signs.ties["device"])]
        parts = [(name, "none" if not key else banded(seen[name, key], _COUNTS)) for name, key in keys]
        found.append([*parts, ("amount", banded(one.amount, _AMOUNTS))] if money else parts)
        seen.update(keys)
    return found

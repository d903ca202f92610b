"""The finite cells of every axis: what the thresholds and words of a policy and of the rule packs cut."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any, Final

from amends.basics.periods import days_of_law, months_of_law
from amends.decide.policy.model import PolicyText, Test, tests
from amends.facts.rulebook import Pack

_MOST_TOGETHER: Final = 4
_MONTH_SLACK: Final = 4
_ROLL: Final = 12


def all_tests(text: PolicyText) -> list[Test]:
    """Every comparison in a policy."""
    return [test for rule in text.rules for test in tests(rule.when)]


def thresholds(text: PolicyText, *facts: str) -> set[int]:
    """The whole numbers that any of the facts is compared with."""
    found = [test for test in all_tests(text) if test.fact.name in facts and test.operator != "known"]
    return {int(value) for test in found for value in test.values}


def money_thresholds(text: PolicyText, currency: str, *facts: str) -> set[int]:
    """Minor units that any of the facts is compared with in one currency."""
    named = [test for test in all_tests(text) if test.fact.name in facts and test.currency == currency]
    return {int(value) for test in named for value in test.values}


def mentioned(text: PolicyText, fact: str) -> list[str]:
    """The words that a fact is compared with, in order."""
    named = [test for test in all_tests(text) if test.fact.name == fact and test.operator != "known"]
    return sorted({str(value) for test in named for value in test.values})


def around(limits: Iterable[int]) -> list[int]:
    """One value in every cell that the limits cut: each limit and its neighbours, none below zero."""
    return sorted({value for limit in limits for value in (limit - 1, limit, limit + 1) if value >= 0})


def first(default: Any, values: Iterable[Any]) -> tuple[Any, ...]:
    """The default, then every other value once."""
    return tuple(dict.fromkeys([default, *values]))


def sets(named: list[str], others: Iterable[str]) -> tuple[frozenset[str], ...]:
    """Every combination of the words that the policy names, alone and with one other word each."""
    most = len(named) if len(named) <= _MOST_TOGETHER else 2
    together = [frozenset(part) for size in range(most + 1) for part in combinations(named, size)]
    alone = [frozenset(), *[frozenset({word}) for word in sorted(others) if word not in named]]
    return tuple(dict.fromkeys([part | other for other in alone for part in together]))


def _numbers(value: Any) -> Iterator[int]:
    if isinstance(value, bool):
        return
    if isinstance(value, int):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _numbers(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _numbers(inner)


def pack_numbers(packs: Iterable[Pack], unit: str) -> set[int]:
    """Every number of the packs whose unit has a word in it, over all dates."""
    parameters = [item for pack in packs for item in pack.parameters.values() if unit in item.unit]
    return {number for item in parameters for value in item.values for number in _numbers(value.value)}


def day_cells(text: PolicyText, packs: Iterable[Pack], market: str, asked: datetime) -> tuple[int, ...]:
    """Days from delivery to a request at `asked`: one value in every cell that any period cuts, the last day of it included."""
    packs = tuple(packs)
    found = {0, 1, *around(thresholds(text, "days_since_delivery"))}
    found |= set(around({hours // 24 for hours in pack_numbers(packs, "hour")}))
    for days in pack_numbers(packs, "day"):
        found |= {*around([days]), *_edge(asked, lambda d, n=days: days_of_law(d, n, market), days, days + _ROLL)}
    for months in pack_numbers(packs, "month"):
        span = (months * 28 - 1, months * 31 + _MONTH_SLACK)
        found |= set(_edge(asked, lambda d, n=months: months_of_law(d, n, market), *span))
    for years in pack_numbers(packs, "year"):
        span = (years * 365 - 1, years * 366 + _MONTH_SLACK)
        found |= set(_edge(asked, lambda d, n=years * 12: months_of_law(d, n, market), *span))
    found.add(max(found) + 40)
    return first(3, sorted(found))


def _edge(asked: datetime, ends: Callable[..., datetime], low: int, high: int) -> list[int]:
    """The last number of days with which a period still runs at `asked`, and the next."""
    for days in range(max(low, 0), high + 1):
        if ends(asked - timedelta(days=days)) <= asked:
            return [max(days - 1, 0), days]
    return [high]

"""What one fact of the policy vocabulary is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from amends.facts.rulebook import Says
from amends.facts.situation import Situation

Kind = Literal["bool", "integer", "number", "money", "code", "codes"]
"""`money` is minor units of the order's currency; `code` one word of a closed set; `codes` a set of such words."""

NUMERIC: frozenset[Kind] = frozenset({"integer", "number", "money"})


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its name, type, unit, definition, and how it is read. A value of None means unknown.

    `codes` are the words that a `code` or `codes` fact may have (empty: any text). `group` is their group of words for
    people. `judged`: the value depends on what law, platform and risk rules say, not on the case file alone.
    """

    name: str
    kind: Kind
    means: Says
    get: Callable[[Situation], Any]
    unit: str | None = None
    codes: frozenset[str] = frozenset()
    group: str | None = None
    judged: bool = False


def yes_no(name: str, en: str, zh: str, get: Callable[[Situation], bool | None]) -> Fact:
    """A fact that is true, false or unknown."""
    return Fact(name, "bool", Says(en, zh), get)


def count(name: str, unit: str, en: str, zh: str, get: Callable[[Situation], int | None]) -> Fact:
    """A whole number with its unit."""
    return Fact(name, "integer", Says(en, zh), get, unit)


def amount(name: str, en: str, zh: str, get: Callable[[Situation], int | None]) -> Fact:
    """An amount in minor units of the order's currency."""
    return Fact(name, "money", Says(en, zh), get, "order currency")

"""Conditions compiled to closures over the facts of one situation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from amends.basics.money import write_minor
from amends.decide.policy.model import Condition, Group
from amends.facts.situation import Situation
from amends.facts.vocabulary import VOCABULARY


class Values(dict[str, Any]):
    """The facts of one situation by name, each read when first asked for. None: unknown."""

    __slots__ = ("situation",)

    def __init__(self, situation: Situation) -> None:
        super().__init__()
        self.situation = situation

    def __missing__(self, name: str) -> Any:
        value = VOCABULARY[name].get(self.situation)
        self[name] = value
        return value


class Shown(dict[str, Any]):
    """The facts as a finding shows them: amounts as decimal strings, sets as sorted lists."""

    __slots__ = ("situation",)

    def __init__(self, situation: Situation) -> None:
        super().__init__()
        self.situation = situation

    def __missing__(self, name: str) -> Any:
        fact = VOCABULARY[name]
        value = fact.get(self.situation)
        if value is not None:
            if fact.kind == "money":
                value = write_minor(value, self.situation.case.order.digits)
            elif fact.kind == "codes":
                value = sorted(value)
            elif fact.kind == "number":
                value = f"{value.normalize():f}"
        self[name] = value
        return value


Check = Callable[[Values], bool]


def compile_condition(condition: Condition) -> Check:
    """A function that answers whether the condition holds. An unknown fact holds only for ``known: false``."""
    if isinstance(condition, Group):
        return _group(condition)
    name, values = condition.fact.name, condition.values
    if condition.operator == "known":
        return (lambda v: v[name] is not None) if values[0] else (lambda v: v[name] is None)
    if condition.fact.kind == "codes":
        return _set_check(name, frozenset(cast("tuple[str, ...]", values)), condition.operator == "one_of")
    if condition.operator == "one_of":
        return _one_of(name, values)
    if condition.operator == "not":
        banned = frozenset(values)
        return lambda v: (value := v[name]) is not None and value not in banned
    return _threshold(name, condition.operator, int(values[0]))


def _one_of(name: str, values: tuple[Any, ...]) -> Check:
    if len(values) == 1:
        only = values[0]
        return lambda v: bool(v[name] == only)
    allowed = frozenset(values)
    return lambda v: v[name] in allowed


def _set_check(name: str, wanted: frozenset[str], inside: bool) -> Check:
    if inside:
        return lambda v: (value := v[name]) is not None and not wanted.isdisjoint(value)
    return lambda v: (value := v[name]) is not None and wanted.isdisjoint(value)


def _threshold(name: str, operator: str, limit: int) -> Check:
    if operator == "at_least":
        return lambda v: (value := v[name]) is not None and value >= limit
    if operator == "at_most":
        return lambda v: (value := v[name]) is not None and value <= limit
    if operator == "over":
        return lambda v: (value := v[name]) is not None and value > limit
    return lambda v: (value := v[name]) is not None and value < limit


def _group(group: Group) -> Check:
    parts = tuple([compile_condition(part) for part in group.parts])
    if group.how == "all":
        return lambda v: all(part(v) for part in parts)
    if group.how == "any":
        return lambda v: any(part(v) for part in parts)
    return lambda v: not any(part(v) for part in parts)

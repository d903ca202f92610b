"""The `when` of a rule: facts compared, joined by any, all and none."""

from __future__ import annotations

from typing import Final, Literal, cast

from amends.decide.policy.model import OPERATORS, Condition, Group, Operator, Test, Value
from amends.decide.policy.parts import US, US_STATE, read_money
from amends.decide.policy.spots import Faults, Spot, hint, shown
from amends.facts.vocabulary import VOCABULARY
from amends.facts.vocabulary_fact import NUMERIC, Fact

JOINS: Final = ("all", "any", "none")
_BIGGEST: Final = 10**12


def read_when(spot: Spot, faults: Faults) -> tuple[Condition, ...]:
    """Every entry of the mapping must hold."""
    if not isinstance(spot.value, dict):
        faults.add(spot, f"a mapping of facts to what is wanted of them is needed here, not {shown(spot.value)}")
        return ()
    found: list[Condition] = []
    for name, value in spot.value.items():
        if name in JOINS:
            found.append(_group(cast("Literal['all', 'any', 'none']", name), value, faults))
        elif name in VOCABULARY:
            found += _tests(VOCABULARY[name], value, faults)
        else:
            faults.add(value, f"unknown fact{hint(name, (*VOCABULARY, *JOINS))}")
    return tuple(found)


def _group(how: Literal["all", "any", "none"], spot: Spot, faults: Faults) -> Group:
    items = spot.value if isinstance(spot.value, list) else [spot]
    if not items:
        faults.add(spot, f"{how} of nothing: give at least one condition")
    parts: list[Condition] = []
    for item in items:
        inner = read_when(item, faults)
        if isinstance(item.value, dict) and not item.value:
            faults.add(item, "an empty condition says nothing; give a fact or take it out")
        parts.append(inner[0] if len(inner) == 1 else Group("all", inner))
    return Group(how, tuple(parts))


def _tests(fact: Fact, spot: Spot, faults: Faults) -> list[Test]:
    if not isinstance(spot.value, dict):
        return _of(fact, "one_of", spot, faults)
    if not spot.value:
        faults.add(spot, f"say what is wanted: a value, a list, or one of {', '.join(OPERATORS)}")
    found = []
    for operator, value in spot.value.items():
        if operator not in OPERATORS:
            faults.add(value, f"unknown comparison{hint(operator, OPERATORS) or '; known: ' + ', '.join(OPERATORS)}")
        else:
            found += _of(fact, operator, value, faults)
    return found


def _of(fact: Fact, operator: Operator, spot: Spot, faults: Faults) -> list[Test]:
    if operator == "known":
        if not isinstance(spot.value, bool):
            faults.add(spot, f"true or false is wanted, not {shown(spot.value)}")
        return [Test(fact, operator, (bool(spot.value),), None, spot.path, spot.line)]
    if operator not in ("one_of", "not") and fact.kind not in NUMERIC:
        faults.add(spot, f"{fact.name} is no number: {operator} cannot compare it; give a value or a list")
        return []
    items = [spot]
    if operator in ("one_of", "not") and isinstance(spot.value, list):
        items = spot.value
        if not items:
            faults.add(spot, "the list is empty: no value would match")
    values: list[Value] = []
    currencies: set[str] = set()
    for item in items:
        value, currency = _value(fact, item, faults)
        if value is not None:
            values.append(value)
        currencies |= {currency} if currency else set()
    if len(currencies) > 1:
        faults.add(spot, f"one comparison, one currency: {', '.join(sorted(currencies))} cannot stand together")
    if not values:
        return []
    return [Test(fact, operator, tuple(values), next(iter(currencies), None), spot.path, spot.line)]


def _value(fact: Fact, spot: Spot, faults: Faults) -> tuple[Value | None, str | None]:
    """The value wanted of a fact (None after a fault), and its currency where it is money."""
    value = spot.value
    if fact.kind == "money":
        money = read_money(spot, faults)
        return (money.minor, money.currency) if money else (None, None)
    if fact.kind == "bool":
        if isinstance(value, bool):
            return value, None
        faults.add(spot, f"true or false is wanted for {fact.name}, not {shown(value)}")
    elif fact.kind in NUMERIC:
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _BIGGEST:
            return value, None
        faults.add(spot, f"a whole number of {fact.unit} is wanted for {fact.name}, not {shown(value)}")
    elif isinstance(value, str) and _is_known(fact, value):
        return value, None
    else:
        known = ", ".join(sorted(fact.codes)) if 0 < len(fact.codes) <= 12 else "the words of this fact"
        wanted = hint(str(value), fact.codes) or f"; wanted: {known}"
        faults.add(spot, f"unknown value {shown(value)} for {fact.name}{wanted}")
    return None, None


def _is_known(fact: Fact, value: str) -> bool:
    if not fact.codes or value in fact.codes:
        return True
    return US in fact.codes and US_STATE.fullmatch(value) is not None

"""A second reading of a policy, straight from its tree: what the compiled one is held against.

It shares no code with the compiled form, and keeps three values (true, false, unknown) to the end of each comparison.
"""

from __future__ import annotations

from typing import Any

from amends.decide.policy.model import Condition, Group, PolicyRule, PolicyText, Test
from amends.facts.situation import Situation
from amends.facts.vocabulary import value_of


def first_match(text: PolicyText, situation: Situation) -> str | None:
    """The id of the first rule that matches; None where none does."""
    for rule in text.rules:
        if matches(rule, situation):
            return rule.id
    return None


def matches(rule: PolicyRule, situation: Situation) -> bool:
    """Whether a rule's currency and every condition of it hold."""
    if any(currency != situation.case.order.currency for currency in rule.currencies):
        return False
    return not any(not holds(condition, situation) for condition in rule.when)


def holds(condition: Condition, situation: Situation) -> bool:
    """Whether one condition holds; a comparison that cannot be made does not."""
    if isinstance(condition, Group):
        met = sum(1 for part in condition.parts if holds(part, situation))
        return {"all": met == len(condition.parts), "any": met > 0, "none": met == 0}[condition.how]
    return compare(condition, value_of(condition.fact.name, situation)) is True


def compare(test: Test, value: Any) -> bool | None:
    """True, false, or None where the fact is unknown."""
    if test.operator == "known":
        return bool((value is not None) == test.values[0])
    if value is None:
        return None
    if test.operator in ("one_of", "not"):
        found = value if test.fact.kind == "codes" else [value]
        met = any(item == wanted for item in found for wanted in test.values)
        return met if test.operator == "one_of" else not met
    limit = int(test.values[0])
    difference = value - limit
    answers: dict[str, bool] = {
        "at_least": difference >= 0,
        "at_most": difference <= 0,
        "over": difference > 0,
        "under": difference < 0,
    }
    return answers[test.operator]

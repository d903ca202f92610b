"""Rules that only a rule of law or platform can make the first match: the case in which one does, or the proof that none does."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from amends.decide.policy.check.contradictions import unsettled
from amends.decide.policy.check.court import Court
from amends.decide.policy.check.flaws import Flaw
from amends.decide.policy.check.floor_search import Sought, capped_worlds, worlds
from amends.decide.policy.check.grants import Given, giving
from amends.decide.policy.check.harder import is_asked
from amends.decide.policy.check.search import Budget
from amends.decide.policy.check.world import World
from amends.decide.policy.model import PolicyRule, Test
from amends.facts.rulebook import Says

_TRIED: Final = 40
_NEEDED: Final = ("entitled", "something_owed", "in_doubt", "facts_missing", "capped")


def by_law(court: Court, index: int, budget: Budget) -> Iterator[Flaw]:
    """Nothing where a rule of law or platform makes policy rule `index` the first match in a real case; else one finding."""
    rule = court.space.text.rules[index]
    name = f"policy.{court.space.text.id}.{rule.id}"
    found = False
    for chosen in _given_worlds(court, index, budget):
        found = True
        if court.first_rule(chosen) == name:
            return
    if found or budget.spent or not _needs_law(rule):
        yield unsettled(rule, "can ever be the first match", "会首先匹配")
        return
    says = Says(
        "No rule of law or platform ever gives what its conditions ask for.", "没有任何法律或平台规则会使其条件成立。"
    )
    yield Flaw("unreachable", "warning", rule.id, rule.line, says)


def _given_worlds(court: Court, index: int, budget: Budget) -> Iterator[dict[str, Any]]:
    """Some worlds for each rule of law or platform that grants or caps something there."""
    space = court.space
    entitled = _needs(space.text.rules[index], "entitled")
    for market in space.markets():
        law = giving(space, market)
        for capping in law.capping:
            yield from islice(capped_worlds(space, market, capping, space.text.rules, index, budget), _TRIED)
        for standing in (True,) if entitled else (True, False):
            bears = is_asked if entitled else _any_grant
            sought = Sought(space.text.rules, index, standing, bears, is_harder=False)
            for dated in law.rules:
                yield from islice(worlds(space, market, law, dated, sought, budget), _TRIED)


def _any_grant(given: Given, world: World) -> bool:
    return True


def _needs_law(rule: PolicyRule) -> bool:
    """Whether one of the conditions that must all hold is that law or platform give something, or cap it."""
    return any(_needs(rule, fact) for fact in _NEEDED) or any(
        isinstance(condition, Test) and condition.fact.name == "owed" and condition.operator == "one_of"
        for condition in rule.when
    )


def _needs(rule: PolicyRule, fact: str) -> bool:
    return any(
        isinstance(condition, Test)
        and condition.fact.name == fact
        and condition.operator == "one_of"
        and condition.values == (True,)
        for condition in rule.when
    )

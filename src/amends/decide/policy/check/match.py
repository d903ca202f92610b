"""Whether a rule of a policy can be the first that matches in a world that is chosen in part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from amends.decide.policy.check.lazy_case import lazy_situation
from amends.decide.policy.check.search import NO, YES, Answer
from amends.decide.policy.check.world import Undecided, World
from amends.decide.policy.interpret import compare
from amends.decide.policy.model import Condition, Group, PolicyRule, Test
from amends.facts.vocabulary_fact import Fact

OPEN: Final = object()
"""A judged fact of which nothing is known: it may be anything."""
Judged = Callable[[World, Fact], Any]
State = bool | str | None
"""True, False, the axis that it hangs on, or None: it hangs on a judged fact that is open."""


def free_judged(world: World, fact: Fact) -> Any:
    """Judged facts as axes of their own, free of each other: wider than what the rules allow."""
    return world.get(f"judged:{fact.name}")


def known_judged(known: Mapping[str, Any]) -> Judged:
    """Judged facts of which some are known."""
    return lambda world, fact: known.get(fact.name, OPEN)


def narrowed(rule: PolicyRule, world: World, judged: Judged) -> Answer | None:
    """No, or the axis on which a rule's own conditions hang; None once they hold, or hang on nothing but judged facts that are open."""
    state = _conjunction(rule, world, judged)
    if state is False:
        return NO
    return Answer(True, state) if isinstance(state, str) else None


def first_match(rules: tuple[PolicyRule, ...], index: int, world: World, judged: Judged) -> Answer:
    """Whether rule `index` can be the first match; the axis is one on which that hangs (its own conditions first)."""
    before = world.reads
    world.reads = set()
    own = _conjunction(rules[index], world, judged)
    world.reads |= before
    if own is False:
        return NO
    waiting = own if isinstance(own, str) else None
    return _none(rules[:index], world, judged, waiting)


def none_matches(rules: tuple[PolicyRule, ...], world: World, judged: Judged) -> Answer:
    """Whether a case of this world can be one that no rule matches."""
    return _none(rules, world, judged, None)


def _none(rules: tuple[PolicyRule, ...], world: World, judged: Judged, waiting: str | None) -> Answer:
    """Whether none of the rules surely matches. A "no" rests on what the one that matches looked at, and on nothing else."""
    before = world.reads
    for rule in rules:
        world.reads = set()
        state = _conjunction(rule, world, judged)
        if state is True:
            return NO
        before = before | world.reads
        if isinstance(state, str) and waiting is None:
            waiting = state
    world.reads = before
    return Answer(True, waiting) if waiting else YES


def _conjunction(rule: PolicyRule, world: World, judged: Judged) -> State:
    """Whether all conditions hold. Where one fails, only what that one looked at counts as read."""
    waiting: State = True
    before = world.reads
    if rule.currencies:
        try:
            if rule.currencies != {world.get("currency")}:
                return False
        except Undecided as undecided:
            waiting = undecided.axis
    for condition in rule.when:
        read = world.reads
        world.reads = set()
        state = evaluate(condition, world, judged)
        if state is False:
            world.reads |= before
            return False
        world.reads |= read
        waiting = _later(waiting, state)
    return waiting


def _later(waiting: State, state: State) -> State:
    """What a conjunction hangs on: an axis before anything that is open."""
    if state is True or isinstance(waiting, str):
        return waiting
    return state if waiting is True or isinstance(state, str) else waiting


def evaluate(condition: Condition, world: World, judged: Judged) -> State:
    """Whether one condition holds in every case of a world."""
    if isinstance(condition, Group):
        return _group(condition, world, judged)
    try:
        value = judged(world, condition.fact) if condition.fact.judged else condition.fact.get(lazy_situation(world))
    except Undecided as undecided:
        return undecided.axis
    if value is OPEN:
        return None
    if isinstance(value, AtLeast):
        return value.compare(condition)
    return compare(condition, value) is True


def _group(group: Group, world: World, judged: Judged) -> State:
    states = [evaluate(part, world, judged) for part in group.parts]
    if group.how != "all":
        if True in states:
            return group.how == "any"
        settled = group.how == "none"
    else:
        if False in states:
            return False
        settled = True
    waiting = next((state for state in states if isinstance(state, str)), None)
    if waiting is not None:
        return waiting
    return None if None in states else settled


class AtLeast:
    """A set of which some members are known, and there may be more."""

    def __init__(self, members: frozenset[str]) -> None:
        self.members = members

    def compare(self, test: Test) -> State:
        """Whether a comparison holds whatever else is in the set; None where that decides."""
        if test.operator == "known":
            return test.values[0] is True
        if not self.members.isdisjoint([str(value) for value in test.values]):
            return test.operator == "one_of"
        return None

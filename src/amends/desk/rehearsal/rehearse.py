"""Two shelves of policies over the same history: what differs, counted over all cases, and the cases in which most does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from typing import Any, Final

from sqlglot import exp

from amends.basics.money import exponent, write_minor
from amends.decide.policy.compiled import GAP, CompiledPolicy
from amends.decide.policy.explain import matched
from amends.decide.policy.model import tests
from amends.decide.rehearsal.compare_sql import examples, flows
from amends.decide.rehearsal.decision_sql import RESULTS
from amends.decide.rehearsal.shelf_sql import ShelfSql
from amends.desk.rehearsal.ports import History
from amends.facts.rehearsed import Example, ExampleSide, Flow, Rehearsed, Side
from amends.facts.rulebook import Says
from amends.facts.sentences import fill
from amends.facts.vocabulary import VOCABULARY

SHOWN: Final = 10
_HEAD: Final = ("case_number", "shop", "currency")
_COLUMNS: Final = (*_HEAD, *[name for name in VOCABULARY if name not in _HEAD])
_TABLE: Final = exp.to_table("history")


def rehearse_history(
    history: History, before: Sequence[CompiledPolicy], after: Sequence[CompiledPolicy], shown: int = SHOWN
) -> Rehearsed:
    """Ask both shelves of the whole history. Cases for which one of them has no policy are left out: end a shelf with `standard`."""
    first, second = ShelfSql(before), ShelfSql(after)
    counted = [
        _flow(row, first, second) for row in history.ask(_sql(flows(_TABLE.copy(), first, second), history.dialect))
    ]
    told = history.ask(_sql(examples(_TABLE.copy(), first, second, _COLUMNS, shown), history.dialect)) if shown else []
    return Rehearsed(tuple(sorted(counted, key=astuple)), tuple([_example(row, first, second) for row in told]))


def put_in_place(live: Sequence[CompiledPolicy], draft: CompiledPolicy) -> tuple[CompiledPolicy, ...]:
    """The live policies with the draft in the place of the one of its name, or among them by its name."""
    others = [policy for policy in live if policy.id != draft.id]
    return tuple(sorted([*others, draft], key=lambda policy: policy.id))


def _sql(query: exp.Expr, dialect: str) -> str:
    return query.sql(dialect, identify=True)


def _flow(row: Sequence[Any], before: ShelfSql, after: ShelfSql) -> Flow:
    currency, *rest = row
    cases, changed, *money = rest[10:]
    return Flow(currency, _side(rest[:5], before), _side(rest[5:10], after), cases, changed, money[0], money[1])


def _side(told: Sequence[Any], shelf: ShelfSql) -> Side:
    rule, outcome, remedy, handling, conflict = told
    return Side(shelf.rules[rule].proposal.rule, outcome, remedy, handling, bool(conflict))


def _example(row: Sequence[Any], before: ShelfSql, after: ShelfSql) -> Example:
    facts = dict(zip(_COLUMNS, row, strict=False))
    told = row[len(_COLUMNS) :]
    half = len(RESULTS)
    sides = [
        _example_side(dict(zip(RESULTS, part, strict=True)), facts, shelf)
        for part, shelf in ((told[:half], before), (told[half:], after))
    ]
    return Example(facts["case_number"], facts["shop"], facts["currency"], sides[0], sides[1])


def _example_side(told: Mapping[str, Any], facts: Mapping[str, Any], shelf: ShelfSql) -> ExampleSide:
    side = _side([told[name] for name in ("rule", "outcome", "remedy", "handling", "conflict")], shelf)
    return ExampleSide(side, told["money"], _reason(shelf, told["rule"], facts))


def _reason(shelf: ShelfSql, number: int, facts: Mapping[str, Any]) -> Says:
    """What the rule says of the case, its conditions with the values that they had."""
    rule = shelf.rules[number]
    if rule.place is None:
        return GAP
    text = shelf.policies[rule.policy].text.rules[rule.place]
    named = {test.fact.name for test in tests(text.when)}
    values = {name: _shown(name, facts) for name in named}
    says = matched(text.when, text.say)
    return Says(fill(says.en, values, "en"), fill(says.zh, values, "zh"))


def _shown(name: str, facts: Mapping[str, Any]) -> Any:
    value = facts[name]
    if value is not None and VOCABULARY[name].kind == "money":
        return write_minor(value, exponent(facts["currency"]))
    if value is not None and VOCABULARY[name].kind == "number":
        return f"{value.normalize():f}"
    return value

"""A policy's conditions as a tree of SQL (sqlglot), over columns that are called as the facts are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sqlglot import exp

from amends.decide.policy.model import Condition, PolicyRule, Test, Value

_COMPARED: Final[dict[str, type[exp.Binary]]] = {
    "at_least": exp.GTE,
    "at_most": exp.LTE,
    "over": exp.GT,
    "under": exp.LT,
}


def matches(rule: PolicyRule) -> exp.Expr:
    """Whether the rule's currency and every condition of it hold. NULL where one cannot be told: as good as not."""
    if len(rule.currencies) > 1:
        return exp.false()
    money = [exp.EQ(this=column("currency"), expression=literal(currency)) for currency in rule.currencies]
    return all_of([*money, *[holds(condition) for condition in rule.when]])


def holds(condition: Condition, known: bool = False) -> exp.Expr:
    """Whether one condition holds. `known`: the answer must be true or false, never NULL, because it will be turned round."""
    if isinstance(condition, Test):
        asked = _test(condition)
        return exp.Coalesce(this=asked, expressions=[exp.false()]) if known and condition.operator != "known" else asked
    inside = known or condition.how == "none"
    parts = [holds(part, inside) for part in condition.parts]
    if condition.how == "all":
        return all_of(parts)
    any_holds = any_of(parts)
    return exp.Not(this=exp.Paren(this=any_holds)) if condition.how == "none" else any_holds


def _test(test: Test) -> exp.Expr:
    here, values = column(test.fact.name), test.values
    if test.operator == "known":
        unknown = exp.Is(this=here, expression=exp.null())
        return exp.Not(this=unknown) if values[0] else unknown
    if compared := _COMPARED.get(test.operator):
        return compared(this=here, expression=literal(int(values[0])))
    if test.fact.kind == "codes":
        found = any_of([exp.ArrayContains(this=here, expression=literal(value)) for value in values])
    else:
        found = one_of(here, values)
    return found if test.operator == "one_of" else exp.Not(this=exp.Paren(this=found))


def one_of(here: exp.Expr, values: Sequence[Value]) -> exp.Expr:
    """Whether a column holds one of some values."""
    if len(values) == 1:
        return exp.EQ(this=here, expression=literal(values[0]))
    return exp.In(this=here, expressions=[literal(value) for value in values])


def column(name: str) -> exp.Column:
    """A column by its name, quoted."""
    return exp.column(exp.to_identifier(name, quoted=True))


def literal(value: Value | None) -> exp.Expr:
    """A word, a whole number, a truth or nothing, as SQL writes it."""
    if value is None:
        return exp.null()
    if isinstance(value, bool):
        return exp.true() if value else exp.false()
    return exp.Literal.number(value) if isinstance(value, int) else exp.Literal.string(value)


def all_of(parts: Iterable[exp.Expr]) -> exp.Expr:
    """All hold; of nothing: true."""
    found = list(parts)
    return exp.and_(*found) if found else exp.true()


def any_of(parts: Iterable[exp.Expr]) -> exp.Expr:
    """One holds at least; of nothing: not."""
    found = list(parts)
    return exp.or_(*found) if found else exp.false()

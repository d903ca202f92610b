"""Two shelves of policies over the same cases, as SQL: the counts of what changes, and the cases in which most does."""

from __future__ import annotations

from typing import Final

from sqlglot import exp

from amends.decide.rehearsal.conditions_sql import any_of, column, literal
from amends.decide.rehearsal.decision_sql import RESULTS, decided, result
from amends.decide.rehearsal.shelf_sql import ShelfSql

BEFORE: Final = "before"
AFTER: Final = "after"
GROUPED: Final = tuple(
    [f"{name}_{side}" for side in (BEFORE, AFTER) for name in ("rule", "outcome", "remedy", "handling", "conflict")]
)
"""What a count is told apart by, beside the currency."""
_DIFFERS: Final = ("outcome", "remedy", "money", "handling")


def flows(history: exp.Expr, before: ShelfSql, after: ShelfSql) -> exp.Select:
    """Rows of currency, `GROUPED`, number of cases, how many of them change, money before and money after (minor units)."""
    told = decided(history, {BEFORE: before, AFTER: after})
    names = [column(name) for name in ("currency", *GROUPED)]
    one = exp.Case().when(differs(), literal(1)).else_(literal(0))
    counts = (exp.Count(this=exp.Star()), exp.Sum(this=one), _total(BEFORE), _total(AFTER))
    return exp.select(*names, *counts).from_(told.subquery("h", copy=False), copy=False).group_by(*names)


def examples(history: exp.Expr, before: ShelfSql, after: ShelfSql, shown: tuple[str, ...], most: int) -> exp.Select:
    """The cases in which most changes, by money and then by number: the columns `shown`, then `RESULTS` before and after."""
    told = decided(history, {BEFORE: before, AFTER: after})
    names = [*map(column, shown), *[result(name, side) for side in (BEFORE, AFTER) for name in RESULTS]]
    gap = exp.Abs(this=exp.Sub(this=result("money", AFTER), expression=result("money", BEFORE)))
    inner = exp.select(*names, exp.alias_(differs(), "changes")).from_(told.subquery("h", copy=False), copy=False)
    first = [exp.Ordered(this=column("changes"), desc=True), exp.Ordered(this=gap, desc=True), column("case_number")]
    # Filtered only once it is cut short: an engine that moves a filter down through the layers writes each of them out over and over.
    cut = inner.order_by(*first, copy=False).limit(most, copy=False)
    return exp.select(*names).from_(cut.subquery("e", copy=False), copy=False).where(column("changes"), copy=False)


def differs() -> exp.Expr:
    """Whether outcome, remedy, money or handling of a case change."""
    return any_of([exp.NullSafeNEQ(this=result(name, BEFORE), expression=result(name, AFTER)) for name in _DIFFERS])


def _total(side: str) -> exp.Expr:
    return exp.cast(exp.Sum(this=result("money", side)), "BIGINT")

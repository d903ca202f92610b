"""Questions about facts as SQL that every database answers alike: sums of whole numbers, grouped by a day or by a dimension."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from amends.facts.metric_columns import Table
from amends.facts.people import Merchants
from amends.learn.metrics.catalogue import BY_DIMENSION
from amends.learn.metrics.daily import Term, daily_for
from amends.learn.metrics.metric import Metric

Row = Sequence[object]
_OF_LINES: Final = frozenset({"sku", "batch", "supplier"})
"""Dimensions of a line: taken apart by them, an order counts once under each."""


class Facts(Protocol):
    """Whoever answers questions about the tables `cases` and `sales`. Places for values are question marks.

    `days`: the first and last day that the question is about, where rows of other days need not be looked at.
    """

    def ask(self, sql: str, given: Sequence[object], days: tuple[int, int] | None = None) -> list[Row]: ...


class UnableToAsk(ValueError):
    """The question names something that is not there; the message says what would be right."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which facts: days from `first` to `last` (both within), whose (`merchants`; None: everyone's), and values of dimensions.

    `currency`: the one that amounts are added up in. `today`: the day on which it is asked; None: the last day. `shops`: these alone;
    none named: all.
    """

    first: int
    last: int
    merchants: Merchants = None
    only: Mapping[str, str] = field(default_factory=dict)
    currency: str = "CNY"
    today: int | None = None
    shops: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in self.only:
            if name not in BY_DIMENSION:
                raise UnableToAsk(f"{name!r} is no dimension; use one of {', '.join(BY_DIMENSION)}")
        if self.last < self.first:
            raise UnableToAsk("the last day lies before the first; give them the other way round")

    @property
    def within(self) -> tuple[int, int]:
        """Will give the first and the last day."""
        return self.first, self.last

    @property
    def days(self) -> int:
        """Will give how many days are asked about."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Pieces:
    """How days are put together: `step` of them, counted back from `last`, and none across `cut`, the first day of the later stretch.

    A piece is known by its last day.
    """

    last: int
    step: int
    cut: int

    def of(self, day: str) -> str:
        """Will give the piece of a day, as an expression."""
        if self.step == 1:
            return day
        end = f"{day} + ({self.last} - {day}) % {self.step}"
        return f"CASE WHEN {day} < {self.cut} AND {end} >= {self.cut} THEN {self.cut - 1} ELSE {end} END"


def sums(
    question: Question, table: Table, day: str, terms: Sequence[Term], by: str, pieces: Pieces | None = None
) -> tuple[str, list[object]]:
    """Will ask for what each term adds up to, for each value of `by` (the day itself, or a dimension): of sums a day where they tell it.

    `pieces`: not for each day, but for each of these; `by` is the day then.
    """
    condition, given = within(question, table, day)
    daily = daily_for(table, day, (by, *question.only))
    asked = ", ".join([one.of_days() if daily else one.of_rows() for one in terms])
    key = pieces.of(by) if pieces else by
    return f"SELECT {key}, {asked} FROM {daily.name if daily else table} WHERE {condition} GROUP BY 1", given


def within(question: Question, table: Table, day: str) -> tuple[str, list[object]]:
    """Will give the condition of a question on a table, by one of its days, with the values for its places."""
    parts, given = [f"{day} BETWEEN ? AND ?"], [question.first, question.last]
    values: list[object] = list(given)
    if question.merchants is not None:
        names = sorted(question.merchants)
        parts.append(f"merchant IN ({', '.join('?' * len(names))})" if names else "1 = 0")
        values += names
    if question.shops:
        parts.append(f"shop IN ({', '.join('?' * len(question.shops))})")
        values += question.shops
    for name, value in question.only.items():
        if table == "sales" and not BY_DIMENSION[name].of_sales:
            continue
        parts.append(f"{name} = ?")
        values.append(value)
    return " AND ".join(parts), values


def top_of(metric: Metric, question: Question) -> Term:
    """Will give a numerator, in the currency that is asked for; what is counted under money is counted in cases of that currency alone."""
    return _in_currency(metric.top, question) if metric.in_money else Term(metric.top)


def bottom_of(metric: Metric, question: Question, by: str = "") -> Term:
    """Will give a denominator; by SKU, batch or supplier an order counts once under each of them."""
    bottom = metric.bottom
    if metric.over == "sales" and bottom == "whole" and _OF_LINES & {by, *question.only}:
        bottom = "one"
    in_money = "minor" in bottom or (metric.in_money and metric.unit != "share")
    return _in_currency(bottom, question) if in_money else Term(bottom)


def _in_currency(term: str, question: Question) -> Term:
    code = question.currency
    if not (len(code) == 3 and code.isascii() and code.isalpha()):
        raise UnableToAsk(f"{code!r} is no currency; use for example CNY or EUR")
    return Term(term, code.upper())


def applies(metric: Metric, question: Question, by: str = "") -> bool:
    """Whether a metric can be asked so: one over orders cannot be taken apart by what orders do not tell."""
    named = {by, *question.only} - {""}
    return metric.over == "cases" or all(BY_DIMENSION[name].of_sales for name in named)


def together(metrics: Iterable[Metric]) -> dict[tuple[Table, str], list[Metric]]:
    """Will put the metrics together whose numerators can be added up in one pass: by table and day."""
    found: dict[tuple[Table, str], list[Metric]] = {}
    for one in metrics:
        found.setdefault(("cases", one.day), []).append(one)
    return found

"""Metrics of a stretch of days beside those of another: their values, bases and courses, and taken apart by a dimension."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from amends.facts.metric_columns import Table
from amends.learn.metrics.ask import Facts, Pieces, Question, applies, bottom_of, sums, together, top_of, within
from amends.learn.metrics.daily import HEAT, NONE, Term
from amends.learn.metrics.metric import Metric
from amends.learn.metrics.trend import Point, Trend, Value, trend_of

MOST_PARTS: Final = 50
MOST_CELLS: Final = 12
MOST_BEHIND: Final = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """A metric as it is shown. `possible`: it can be asked so; `small`: its base is too small to conclude anything."""

    metric: Metric
    now: Value
    before: Value
    trend: Trend
    possible: bool = True

    @property
    def small(self) -> bool:
        """Whether its base is smaller than the least from which it says something."""
        return self.metric.small(self.now.bottom)


@dataclass(frozen=True, slots=True)
class Part:
    """A value of a dimension and a metric there. `unusual`: outside of what chance alone gives around the whole."""

    name: str
    now: Value
    before: Value
    unusual: str = ""


def shown(facts: Facts, metrics: Sequence[Metric], question: Question, before: Question) -> list[Shown]:
    """Will give metrics of a stretch of days, of the one it is compared with, and their course over both."""
    able = [one for one in metrics if applies(one, question)]
    span, step = _span(question, before), step_of(question)
    pieces = _of_span(facts, able, span, Pieces(span.last, step, question.first))
    apart = span.first > before.first or before.last > span.last
    earlier = _of_span(facts, able, before, Pieces(before.last, before.days, before.first)) if apart else pieces
    found = []
    for one in metrics:
        values = pieces.get(one.code, {})
        now, then = _total(values, question), _total(earlier.get(one.code, {}), before)
        trend = trend_of(
            _points(values, span, step, _ripe_to(question, one)), counts=one.counts, signed=one.code == "net_recovery"
        )
        found.append(Shown(one, now, then, trend, one in able))
    return found


def step_of(question: Question) -> int:
    """Will give how many days make a point: a day up to five weeks, a week up to eight months, else thirty days."""
    return 1 if question.days <= 35 else 7 if question.days <= 240 else 30


def _span(question: Question, before: Question) -> Question:
    """The days of the course: with those compared with, where they lie right before."""
    return replace(question, first=before.first) if before.last == question.first - 1 else question


def _of_span(facts: Facts, metrics: Sequence[Metric], span: Question, pieces: Pieces) -> dict[str, dict[int, Value]]:
    """Numerators and bases of every piece of some days, metric by metric."""
    found: dict[str, dict[int, Value]] = {one.code: {} for one in metrics}
    for (table, day), some in together(metrics).items():
        bottoms = [bottom_of(one, span) if one.over == "cases" else NONE for one in some]
        terms = [top_of(one, span) for one in some] + bottoms
        for number, *told in facts.ask(*sums(span, table, day, terms, day, pieces), span.within):
            for one, top, bottom in zip(some, told, told[len(some) :], strict=False):
                _add(found[one.code], _whole(number), Value(_whole(top), _whole(bottom)))
    for day, some in _bases(metrics).items():
        terms = [bottom_of(one, span) for one in some]
        for number, *told in facts.ask(*sums(span, "sales", day, terms, day, pieces), span.within):
            for one, bottom in zip(some, told, strict=True):
                _add(found[one.code], _whole(number), Value(0, _whole(bottom)))
    return found


def _bases(metrics: Iterable[Metric]) -> dict[str, list[Metric]]:
    found: dict[str, list[Metric]] = {}
    for one in metrics:
        if one.over == "sales":
            found.setdefault(one.base_day, []).append(one)
    return found


def _add(days: dict[int, Value], day: int, value: Value) -> None:
    days[day] = days.get(day, Value()).plus(value)


def _total(pieces: Mapping[int, Value], question: Question) -> Value:
    found = Value()
    for day, value in pieces.items():
        if question.first <= day <= question.last:
            found = found.plus(value)
    return found


def _ripe_to(question: Question, metric: Metric) -> int:
    """The last day whose outcome is settled."""
    return (question.last if question.today is None else question.today) - metric.ripens


def _points(pieces: Mapping[int, Value], span: Question, step: int, ripe_to: int) -> list[Point]:
    """The course from its end backwards, so that the last point is whole."""
    values = [Value()] * (span.days // step)
    for day, value in pieces.items():
        back = (span.last - day) // step
        if back < len(values):
            values[back] = values[back].plus(value)
    lasts = [span.last - step * back for back in range(len(values))]
    found = [
        Point(last - step + 1, last, value, ripe=last <= ripe_to) for last, value in zip(lasts, values, strict=True)
    ]
    return found[::-1]


def parts(facts: Facts, metric: Metric, by: str, question: Question, before: Question) -> list[Part]:
    """Will take a metric apart by a dimension: the values with the largest bases first."""
    if not applies(metric, question, by):
        return []
    now, then = _by(facts, metric, by, question), _by(facts, metric, by, before)
    whole = Value()
    for value in now.values():
        whole = whole.plus(value)
    ranked = sorted(now, key=lambda name: (-now[name].bottom, -now[name].top, name))
    return [
        Part(name, now[name], then.get(name, Value()), _unusual(metric, now[name], whole))
        for name in ranked[:MOST_PARTS]
    ]


def _by(facts: Facts, metric: Metric, by: str, question: Question) -> dict[str, Value]:
    found: dict[str, Value] = {}
    bottom = bottom_of(metric, question, by)
    own = bottom if metric.over == "cases" else NONE
    for name, top, base in facts.ask(
        *sums(question, "cases", metric.day, [top_of(metric, question), own], by), question.within
    ):
        found[str(name)] = Value(_whole(top), _whole(base))
    if metric.over == "sales":
        for name, base in facts.ask(*sums(question, "sales", metric.base_day, [bottom], by), question.within):
            found[str(name)] = found.get(str(name), Value()).plus(Value(0, _whole(base)))
    return {name: value for name, value in found.items() if value.bottom or value.top}


def _unusual(metric: Metric, value: Value, whole: Value) -> str:
    """Whether a share lies outside the limits that the whole sets for its base."""
    if not metric.counts or value.bottom < metric.least or not whole.bottom or not 0 <= whole.top <= whole.bottom:
        return ""
    middle, ratio = whole.top / whole.bottom, value.top / value.bottom
    width = 3 * (middle * (1 - middle) / value.bottom) ** 0.5
    return "above" if ratio > middle + width else "below" if ratio < middle - width else ""


@dataclass(frozen=True, slots=True)
class Heat:
    """Cases by reason and SKU: how many of each, for the SKUs with the most cases. `most`: the largest cell."""

    skus: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...], int], ...]
    most: int
    cases: int


def heat(facts: Facts, question: Question) -> Heat:
    """Will count cases by reason and SKU."""
    cells = _cells(facts, question)
    by_sku: dict[str, int] = {}
    by_reason: dict[str, int] = {}
    for (reason, sku), many in cells.items():
        by_sku[sku], by_reason[reason] = by_sku.get(sku, 0) + many, by_reason.get(reason, 0) + many
    skus = tuple(sorted(by_sku, key=lambda one: (-by_sku[one], one))[:MOST_CELLS])
    reasons = sorted(by_reason, key=lambda one: (-by_reason[one], one))
    rows = tuple([(one, tuple([cells.get((one, sku), 0) for sku in skus]), by_reason[one]) for one in reasons])
    most = max([many for _, row, _ in rows for many in row], default=0)
    return Heat(skus, rows, most, sum(by_sku.values()))


def _cells(facts: Facts, question: Question) -> dict[tuple[str, str], int]:
    """Whole stretches of days from their sums, what lies before and after them from the rows."""
    stretch = HEAT.stretch
    first, end = -(-question.first // stretch) * stretch, (question.last + 1) // stretch * stretch
    if first >= end or not HEAT.tells(question.only):
        asked = [("", question)]
    else:
        asked = [(HEAT.name, replace(question, first=first, last=end - 1))]
        asked += [("", replace(question, last=first - 1))] if question.first < first else []
        asked += [("", replace(question, first=end))] if end <= question.last else []
    found: dict[tuple[str, str], int] = {}
    (term,) = [Term(one) for one in HEAT.terms]
    for sums_of, days in asked:
        condition, given = within(days, "cases", "opened_day")
        counted = term.of_days() if sums_of else term.of_rows()
        source = f"{sums_of} WHERE {condition}" if sums_of else f"cases WHERE {condition} AND {HEAT.only}"
        sql = f"SELECT reason, sku, {counted} FROM {source} GROUP BY reason, sku"
        for reason, sku, many in facts.ask(sql, given, days.within):
            key = (str(reason), str(sku))
            found[key] = found.get(key, 0) + _whole(many)
    return found


def behind(facts: Facts, metric: Metric | None, question: Question, most: int = MOST_BEHIND) -> tuple[list[int], int]:
    """Will give the numbers of the cases behind a metric's value, newest first, and how many there are. None: every case opened."""
    day = metric.day if metric else "opened_day"
    condition, given = within(question, "cases", day)
    if metric:
        condition += f" AND {metric.rows}"
        if metric.in_money:
            condition += " AND currency = ?"
            given = [*given, question.currency]
    many = _whole(facts.ask(f"SELECT COUNT(*) FROM cases WHERE {condition}", given, question.within)[0][0])
    rows = facts.ask(f"SELECT id FROM cases WHERE {condition} ORDER BY id DESC LIMIT {most}", given, question.within)
    return [_whole(row[0]) for row in rows], many


def values_of(facts: Facts, by: str, question: Question, table: Table = "cases") -> list[str]:
    """Will give the values that a dimension takes, those with the most rows first; none where nothing tells it."""
    condition, given = within(question, table, "opened_day" if table == "cases" else "paid_day")
    sql = f"SELECT {by}, COUNT(*) FROM {table} WHERE {condition} AND {by} <> '' GROUP BY {by} ORDER BY 2 DESC, 1 LIMIT 200"
    return [str(row[0]) for row in facts.ask(sql, given, question.within)]


def _whole(value: object) -> int:
    return int(value) if value is not None else 0  # type: ignore[call-overload]

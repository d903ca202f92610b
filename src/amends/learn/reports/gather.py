"""What a report tells: its metrics over its days, beside those before, with a course long enough for limits, and taken apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from amends.facts.people import Merchants
from amends.facts.reports import Report, Span
from amends.learn.metrics.ask import Facts, Question
from amends.learn.metrics.board import Part, Shown, parts, shown
from amends.learn.metrics.catalogue import BY_CODE
from amends.learn.metrics.metric import Metric
from amends.learn.metrics.trend import Trend

COURSE_DAYS: Final = 30
"""A course goes back at least so many days and as many before them, so that there are points enough for limits."""
_ZERO: Final = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything that a report shows. `found`: values over `span`, each with its course; `parts`: of each metric that has some."""

    report: Report
    span: Span
    found: tuple[Shown, ...]
    parts: tuple[tuple[Metric, tuple[Part, ...]], ...] = ()


def gather(facts: Facts, report: Report, span: Span, merchants: Merchants, today: date) -> Gathered:
    """Will count a report of the shops of these merchants, as it stands on a day."""
    question = _question(report, span, merchants, today)
    metrics = [BY_CODE[code] for code in report.metrics if code in BY_CODE]
    found = shown(facts, metrics, question, _before(question))
    courses = _courses(facts, metrics, question)
    told = tuple([replace(one, trend=courses[one.metric.code]) for one in found])
    if not report.by:
        return Gathered(report, span, told)
    taken = [(one, tuple(parts(facts, one, report.by, question, _before(question)))) for one in metrics]
    return Gathered(report, span, told, tuple([one for one in taken if one[1]]))


def _question(report: Report, span: Span, merchants: Merchants, today: date) -> Question:
    return Question(
        number_of(span.first),
        number_of(span.last),
        merchants,
        {},
        report.currency,
        number_of(today),
        report.shops,
    )


def _before(question: Question) -> Question:
    return replace(question, first=question.first - question.days, last=question.first - 1)


def _courses(facts: Facts, metrics: Sequence[Metric], question: Question) -> dict[str, Trend]:
    long = replace(question, first=min(question.first, question.last - COURSE_DAYS + 1))
    return {one.metric.code: one.trend for one in shown(facts, metrics, long, _before(long))}


def number_of(day: date) -> int:
    """Will give a day as the tables count it, from 1970."""
    return (day - _ZERO).days

"""The dashboard, one metric with its course and its parts, the cases behind a number, and what is shown as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from amends.desk.metrics import MONEY, KeptFacts, may_see
from amends.facts.audit import Deed
from amends.facts.people import Merchants, Person
from amends.facts.prevention import PLACES
from amends.learn.metrics.ask import Question
from amends.learn.metrics.board import MOST_BEHIND, Heat, behind, heat, parts, shown, values_of
from amends.learn.metrics.catalogue import BY_CODE, BY_DIMENSION, DIMENSIONS, METRICS
from amends.learn.metrics.costs import ReturnCost, cost_of, returned
from amends.learn.metrics.metric import Metric
from amends.learn.metrics.sheet import metric_table, sheet
from amends.web.entry import place_of
from amends.web.front import front
from amends.web.metric_asked import COMPARED, SPANS, Asked, read_asked
from amends.web.metric_show import Card, card, part_lines, words
from amends.web.tongues import known_in, tongue
from amends.web.who import acting, needs

FIRST: Final = ("automatic_share", "automatic_errors", "refund_time", "dispute_wins", "net_recovery")
"""What stands in the first row beside the money at risk and what runs out today."""
_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
@needs("work")
def board(request: HttpRequest) -> HttpResponse:
    """Will show what has to be known in five seconds, then every metric with its course, then where it comes from."""
    person = acting(request)
    asked = read_asked(_given(request), person)
    cards = _cards(person, asked)
    return render(
        request,
        "metrics.html",
        {
            **_frame(person, asked),
            "first": {code: cards[code] for code in FIRST if code in cards},
            "cards": [one for code, one in cards.items() if code not in FIRST],
            "heat": _heat(heat(front().metrics.facts, asked.question), asked),
            "cost": _cost(person, asked),
            "counts": front().cases.counts(front().now(), person.merchants),
            "open_money": list(front().metrics.open_money(person.merchants).items()),
        },
    )


@require_safe
@needs("work")
def one_metric(request: HttpRequest, code: str) -> HttpResponse:
    """Will show one metric: its course with limits, and its parts by a dimension."""
    person = acting(request)
    metric = _metric(code, person)
    asked = read_asked(_given(request), person)
    by = request.GET.get("by", "shop")
    by = by if by in BY_DIMENSION else "shop"
    desk = front().metrics
    found = parts(desk.facts, metric, by, asked.question, asked.before)
    return render(
        request,
        "metric.html",
        {
            **_frame(person, asked),
            "card": card(shown(desk.facts, [metric], asked.question, asked.before)[0], asked),
            "by": by,
            "by_words": words(BY_DIMENSION[by].name),
            "ways": [_way(metric, one.code, asked) for one in DIMENSIONS],
            "parts": part_lines(metric, by, found, asked),
            "group": {"shop": "", "platform": "channel", "sku": ""}.get(by, by),
        },
    )


@require_safe
@needs("work")
def cases_behind(request: HttpRequest) -> HttpResponse:
    """Will list the cases that a number is counted from, newest first; of no metric, those opened in the asked-for days."""
    person = acting(request)
    code = request.GET.get("metric", "")
    metric = _metric(code, person) if code else None
    asked = read_asked(_given(request), person)
    numbers, many = behind(front().metrics.facts, metric, asked.question)
    lines = [front().cases.line(number, person.merchants) for number in numbers]
    shown_here = {
        **_frame(person, asked),
        "metric": metric and words(metric.name),
        "formula": metric and words(metric.formula),
        "code": code,
        "lines": [line for line in lines if line is not None],
        "task_of": _task_of(asked.question.only, [line.shop for line in lines if line is not None]),
        "many": many,
        "most": MOST_BEHIND,
    }
    return render(request, "metric_cases.html", shown_here)


@require_safe
@needs("work")
def export(request: HttpRequest) -> HttpResponse:
    """Will send what the dashboard shows as a table, with formulas and bases; that it was sent is written down."""
    form = "csv" if request.GET.get("form") == "csv" else "xlsx"
    person = acting(request)
    asked = read_asked(_given(request), person)
    answer = HttpResponse(content_type=_TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="amends-metrics-{asked.first}-{asked.last}.{form}"'
    if request.method == "HEAD":
        return answer
    found = shown(front().metrics.facts, _seen(person), asked.question, asked.before)
    header = (asked.first, asked.last, asked.question.currency)
    answer.write(sheet(metric_table(found, header, known_in(tongue())), form))
    for merchant in sorted(person.merchants) if person.merchants is not None else [""]:
        deed = Deed(person.name, "exported", merchant, "metrics", note=form, place=place_of(request))
        front().people.audit.write(deed, front().now())
    return answer


def _task_of(only: Mapping[str, str], shops: Sequence[str]) -> dict[str, str]:
    """What a task would be about: the reason and the one place that the list is narrowed to, of its only shop."""
    places = [name for name in PLACES if only.get(name)]
    if not only.get("reason") or len(places) != 1 or len(set(shops)) != 1:
        return {}
    return {"shop": shops[0], "place": places[0], "value": only[places[0]], "reason": only["reason"]}


def _given(request: HttpRequest) -> dict[str, str]:
    given: QueryDict = request.GET
    return {name: str(given.get(name, "")).replace("\x00", "") for name in given}


def _metric(code: str, person: Person) -> Metric:
    """The metric of this code; one that a role does not see is as if it were not there."""
    metric = BY_CODE.get(code)
    if metric is None or not may_see(person, metric):
        raise Http404
    return metric


def _seen(person: Person) -> list[Metric]:
    return [one for one in METRICS if may_see(person, one)]


def _cards(person: Person, asked: Asked) -> dict[str, Card]:
    found = shown(front().metrics.facts, _seen(person), asked.question, asked.before)
    return {one.metric.code: card(one, asked) for one in found}


def _frame(person: Person, asked: Asked) -> dict[str, Any]:
    """What every page of metrics has around it: the question, what it may be narrowed to, and how far the facts are in step."""
    desk = front().metrics
    manifest = desk.facts.manifest()
    written: datetime | None = manifest.written_at
    choices = [(one.code, words(one.name), _values(one.code, asked), words(one.fills)) for one in DIMENSIONS]
    return {
        "asked": asked,
        "spans": SPANS,
        "compared": COMPARED,
        "choices": [one for one in choices if one[2]],
        "untold": [one for one in choices if not one[2]],
        "narrowed": [(code, words(BY_DIMENSION[code].name), value) for code, value in asked.only.items()],
        "written": written,
        "lag": None if written is None else max(0, round((front().now() - written).total_seconds())),
        "filling": not manifest.mark.full,
        "behind": manifest.behind,
        "money_seen": person.may(MONEY),
        "query": SafeString(asked.address()),
    }


def _values(code: str, asked: Asked) -> tuple[str, ...]:
    """What a dimension can be narrowed to: its values without its own narrowing."""
    facts, question = front().metrics.facts, asked.question
    only = tuple([(name, value) for name, value in sorted(asked.only.items()) if name != code])
    return _kept_values(facts, facts.manifest().turn, code, question.first, question.last, question.merchants, only)


@lru_cache(maxsize=512)
def _kept_values(
    facts: KeptFacts,
    turn: int,
    code: str,
    first: int,
    last: int,
    merchants: Merchants,
    only: tuple[tuple[str, str], ...],
) -> tuple[str, ...]:
    """Asked once for facts that did not change (`turn`): every page shows them."""
    return tuple(values_of(facts, code, Question(first, last, merchants, dict(only))))


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the heat table. `warmth`: 0 to 5."""

    many: int
    warmth: int
    address: str


def _heat(found: Heat, asked: Asked) -> dict[str, Any]:
    rows = [
        (
            reason,
            [
                Cell(
                    many,
                    -(-many * 5 // found.most) if found.most else 0,
                    f"/metrics/cases{asked.address(reason=reason, sku=sku)}",
                )
                for sku, many in zip(found.skus, cells, strict=True)
            ],
            total,
        )
        for reason, cells, total in found.rows
    ]
    return {"skus": found.skus, "rows": rows, "cases": found.cases}


def _cost(person: Person, asked: Asked) -> ReturnCost | None:
    if not person.may(MONEY):
        return None
    desk = front().metrics
    return cost_of(returned(desk.facts, asked.question), desk.costs.all(person.merchants))


def _way(metric: Metric, by: str, asked: Asked) -> tuple[str, str, str, bool]:
    """A dimension to take a metric apart by: its code, name and address, and whether it can be."""
    able = bool(_values(by, asked)) and (metric.over == "cases" or BY_DIMENSION[by].of_sales)
    return by, words(BY_DIMENSION[by].name), f"/metrics/{metric.code}{asked.address(by=by)}", able

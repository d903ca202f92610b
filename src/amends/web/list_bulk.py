"""Many cases at once: what would become of each, in groups; then done ten at a time, with a result a case."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from amends.desk.cases.bulk import MOST, VERBS, Done, Looked, preview, run
from amends.desk.cases.faults import UnableToWork, bad_value
from amends.facts.listed import ListLine
from amends.facts.people import Person
from amends.facts.rulebook import Says
from amends.store.case_choices import people_of
from amends.store.own_views import guided
from amends.web.cases import query_of
from amends.web.front import front
from amends.web.who import acting, needs

GROUPS: Final = ("can", "person", "blocked")
_CASE: Final = re.compile(r"([0-9]{1,15})(?::([0-9a-f]{0,64}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Row:
    """One case of a bulk action: its line, what a look said, and what became of it."""

    looked: Looked
    line: ListLine | None
    done: Done | None = None


@require_POST
@needs("work")
def look(request: HttpRequest) -> HttpResponse:
    """Will show what would become of the chosen cases, with nothing written yet."""
    person = acting(request)
    verb, to = request.POST.get("verb", ""), request.POST.get("to", "")[:120]
    try:
        rows = _looked(request, verb, to, person)
    except UnableToWork as fault:
        return _page(request, verb, [], fault.says)
    return _page(request, verb, rows)


@require_POST
@needs("work")
def carry_on(request: HttpRequest) -> HttpResponse:
    """Will do it to the cases that were sent, and give a row each; the page sends ten at a time, without scripts all at once."""
    person = acting(request)
    verb, to = request.POST.get("verb", ""), request.POST.get("to", "")[:120]
    sent = [found.groups() for one in request.POST.getlist("case") if (found := _CASE.fullmatch(one))]
    digests = {int(number): digest for number, digest in sent if digest} if verb == "approve" else None
    try:
        _possible(verb, to, person)
        done = run(front().desk, [int(number) for number, _ in sent], verb, person, digests, to)
    except UnableToWork as fault:
        return _page(request, verb, [], fault.says)
    guided(person.name)
    rows = [Row(_again(one, person), front().cases.line(one.number, person.merchants), one) for one in done]
    if request.headers.get("X-Part") == "rows":
        return render(request, "parts/bulk_rows.html", {"rows": rows, "verb": verb, "now": front().now()})
    return _page(request, verb, rows)


def _looked(request: HttpRequest, verb: str, to: str, person: Person) -> list[Row]:
    _possible(verb, to, person)
    numbers = _chosen(request, person)
    looked = preview(front().desk, numbers, person)
    if verb != "approve":
        looked = [Looked(one.number, one.key, "can", one.total, one.currency) for one in looked]
    return [Row(one, front().cases.line(one.number, person.merchants)) for one in looked]


def _possible(verb: str, to: str, person: Person) -> None:
    if verb not in VERBS:
        raise bad_value("verb", f"one of {', '.join(VERBS)}", "不支持的批量操作")
    if verb == "assign" and to not in people_of(person.merchants):
        raise bad_value("to", "choose who gets the cases", "请选择要分派给谁")


def _chosen(request: HttpRequest, person: Person) -> list[int]:
    """The ticked cases, or the first that match, as many as may be done at once; what is behind the wall is not among them."""
    if request.POST.get("all") == "yes":
        house = front()
        return house.cases.numbers(query_of(request), house.now(), person.merchants, MOST)
    return [int(one) for one in request.POST.getlist("case") if one.isascii() and one.isdigit() and len(one) < 16]


def _again(done: Done, person: Person) -> Looked:
    line = front().cases.line(done.number, person.merchants)
    return Looked(done.number, line.key if line else str(done.number), "can")


def _page(request: HttpRequest, verb: str, rows: list[Row], fault: Says | None = None) -> HttpResponse:
    groups = [(group, [row for row in rows if row.looked.group == group]) for group in GROUPS]
    finished = any(row.done for row in rows)
    states = [row.done.outcome for row in rows if row.done]
    shown: dict[str, Any] = {
        "verb": verb,
        "to": request.POST.get("to", "")[:120],
        "groups": [(group, found) for group, found in groups if found],
        "rows": rows,
        "finished": finished,
        "failed": [row for row in rows if row.done and row.done.outcome == "failed"],
        "went": [row for row in rows if row.done and row.done.outcome != "failed"],
        "counts": {outcome: states.count(outcome) for outcome in ("done", "waits", "failed")},
        "fault": fault,
        "from": request.POST.get("from", "")[:2000],
        "now": front().now(),
    }
    return render(request, "bulk.html", shown, status=409 if fault else 200)

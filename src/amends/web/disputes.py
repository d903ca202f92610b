"""Disputes for the desk: the list, one dispute by itself, and what is done about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.disputes import alerts, answer, carry, rule, ruling_money
from amends.desk.disputes.look import look, page
from amends.desk.disputes.rule import NewDispute
from amends.facts.dispute_codes import FORUMS
from amends.facts.dispute_list import VIEWS, DisputeQuery
from amends.facts.disputes import LIABILITIES, STAGES
from amends.facts.people import Person
from amends.web.front import front
from amends.web.money import BEYOND_KEYS
from amends.web.who import acting, needs

CHOICES: Final[dict[str, Any]] = {"liabilities": LIABILITIES, "forums": FORUMS, "texts": tuple(answer.TEXTS)}


@require_safe
@needs("see")
def disputes(request: HttpRequest) -> HttpResponse:
    """Will list disputes, the soonest of our clocks first."""
    query = read_query(request.GET)
    found = page(front().disputes, query, acting(request))
    kept = {name: getattr(query, name) for name in ("view", "sort", "forum", "words") if getattr(query, name)}
    shown = {
        "query": query,
        "found": found,
        "views": [(view, found.counts.get(view)) for view in VIEWS],
        "onward": urlencode(kept),
        "sorts": tuple(STAGES),
        "forums": (*FORUMS, "card"),
        "pages": -(-found.total // 50),
        "now": front().now(),
    }
    return render(request, "disputes.html", shown)


@require_safe
@needs("see")
def dispute(request: HttpRequest, number: int) -> HttpResponse:
    """Will show one dispute."""
    return dispute_page(request, number)


def dispute_page(
    request: HttpRequest, number: int, verb: str = "", fault: UnableToWork | None = None, status: int = 200
) -> HttpResponse:
    """The page of a dispute; with `fault`, the form of `verb` as it was typed. Raises `Http404`."""
    try:
        view = look(front().disputes, number if number < BEYOND_KEYS else 0, acting(request))
    except UnableToWork as wrong:
        raise Http404 from wrong
    shown = {
        "view": view,
        "me": acting(request),
        "hindrance": fault,
        "fault_verb": verb,
        "typed": request.POST if fault else {},
    }
    return render(request, "dispute.html", shown | CHOICES | {"now": front().now()}, status=status)


@require_POST
@needs("work")
def do(request: HttpRequest, number: int, verb: str) -> HttpResponse:
    """Will do a verb on a dispute, and go back to where it was pressed."""
    work = VERBS.get(verb)
    if work is None or number >= BEYOND_KEYS:
        raise Http404
    try:
        work(number, acting(request), request.POST)
    except UnableToWork as fault:
        if fault.code == "not_found" and not fault.field:
            raise Http404 from fault
        return dispute_page(request, number, verb, fault, 409)
    case = request.POST.get("case_page", "")
    back = f"/cases/{case}#dispute-{number}" if case.isascii() and case.isdigit() else f"/disputes/{number}"
    return HttpResponseRedirect(back)


@require_POST
@needs("work")
def new_dispute(request: HttpRequest, number: int) -> HttpResponse:
    """Will write down a dispute of a case that no gateway tells of."""
    given, me = request.POST, acting(request)
    if number >= BEYOND_KEYS or front().cases.case(number, me.merchants) is None:
        raise Http404
    try:
        opened = moment_of(given.get("opened", ""), "opened") or front().now()
        new = NewDispute(
            given.get("sort", ""),
            given.get("forum", ""),
            given.get("reason", ""),
            given.get("reference", ""),
            given.get("amount", ""),
            given.get("payment", "")[:160],
            opened,
            moment_of(given.get("due", ""), "due"),
        )
        made = rule.open_by_hand(front().disputes, number, me, new)
    except UnableToWork as fault:
        from amends.web.case_page import page as case_page

        return case_page(request, number, "dispute", fault, status=409)
    return HttpResponseRedirect(f"/cases/{number}#dispute-{made}")


def moment_of(text: str, field: str) -> datetime | None:
    """A moment of a form; one without an offset is the shop's own clock as the page is read in UTC. Raises `UnableToWork`."""
    if not text.strip():
        return None
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError as fault:
        raise bad_value(field, "a day and a time", "请填写日期和时间") from fault
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def read_query(given: QueryDict) -> DisputeQuery:
    """What is asked for in an address; what is not known there is left out, never an error."""
    view, sort, forum = given.get("view", "ours"), given.get("sort", ""), given.get("forum", "")
    number = str(given.get("page", ""))[:5]
    return DisputeQuery(
        view if view in VIEWS else "ours",
        sort if sort in STAGES else "",
        forum if forum in (*FORUMS, "card") else "",
        str(given.get("words", "")).replace("\x00", "").strip()[:80],
        max(1, int(number)) if number.isascii() and number.isdigit() else 1,
    )


def _choose(number: int, me: Person, given: QueryDict) -> None:
    texts = {name: given.get(name, "") for name in answer.TEXTS}
    answer.choose(
        front().disputes, number, me, given.getlist("exhibit"), texts, compelling=given.get("compelling") == "yes"
    )


def _submit(number: int, me: Person, given: QueryDict) -> None:
    answer.submit(front().disputes, number, me, given.get("digest", ""), at_safe_time=given.get("when") == "safe")


def _join(number: int, me: Person, given: QueryDict) -> None:
    desk = front().disputes
    case = desk.book.case_named(given.get("case", "").strip()[:120], me.merchants)
    if case is None:
        raise bad_value("case", "a case or an order of yours", "请填写售后单号或订单号")
    rule.join(desk, number, me, case)


def _rule(number: int, me: Person, given: QueryDict) -> None:
    words = [given.get(name, "") for name in ("outcome", "liability", "amount", "note")]
    rule.rule(front().disputes, number, me, *words)


def _money(number: int, me: Person, given: QueryDict) -> None:
    kind, amount, reference, note = [given.get(name, "") for name in ("kind", "amount", "reference", "note")]
    moved_at = moment_of(given.get("moved_at", ""), "moved_at")
    new = ruling_money.NewRulingMoney(kind, amount, reference, moved_at, note)
    ruling_money.record(front().disputes, number, me, new)


def _money_settled(number: int, me: Person, given: QueryDict, *, yes: bool) -> None:
    movement = given.get("movement", "")
    if not (movement.isascii() and movement.isdigit() and int(movement) < BEYOND_KEYS):
        raise bad_value("movement", "which movement", "请指明是哪一笔资金")
    ruling_money.settle(front().disputes, number, me, int(movement), yes=yes, note=given.get("note", ""))


def _seen(number: int, me: Person, given: QueryDict) -> None:
    fight = given.get("fight", "")
    look(front().disputes, number, me)
    if not (fight.isascii() and fight.isdigit()):
        raise bad_value("fight", "which answer", "请指明是哪一次提交")
    carry.settle_by_word(front().disputes, number, int(fight), given.get("there") == "yes", me.name)


VERBS: Final[dict[str, Callable[[int, Person, QueryDict], object]]] = {
    "choose": _choose,
    "submit": _submit,
    "accept": lambda number, me, given: answer.accept(front().disputes, number, me, given.get("why", "")),
    "take-back": lambda number, me, given: answer.take_back(front().disputes, number, me),
    "appeal": lambda number, me, given: answer.appeal(front().disputes, number, me, given.get("why", "")),
    "rule": _rule,
    "join": _join,
    "refund": lambda number, me, given: alerts.refund_now(front().disputes, number, me),
    "let-be": lambda number, me, given: alerts.let_be(front().disputes, number, me, given.get("why", "")),
    "seen": _seen,
    "money": _money,
    "money-yes": lambda number, me, given: _money_settled(number, me, given, yes=True),
    "money-no": lambda number, me, given: _money_settled(number, me, given, yes=False),
}

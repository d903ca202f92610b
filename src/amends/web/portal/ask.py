"""Asking about an order: its lines, the choice with what each way would bring, and sending it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.open_case import Wish
from amends.desk.portal import asking
from amends.desk.portal.lines import line_looks
from amends.desk.portal.withdrawal import has_function, period_of
from amends.facts.choices import Question
from amends.facts.orders import ShopOrderFile
from amends.facts.portal import Stage
from amends.facts.shops import KeptShop
from amends.web.front import front
from amends.web.portal.frame import for_buyers, page, said, shop_address
from amends.web.portal.session import order_of, remember
from amends.web.portal.token import token_of
from amends.web.uploads import uploads_of

_YES_NO: Final = {"yes": True, "no": False}


@for_buyers("GET", "HEAD")
def order_page(request: HttpRequest, shop: KeptShop) -> HttpResponse:
    """Will show the order: what can be asked for and why not, the requests that there are, and the way to withdraw."""
    order = order_of(request, shop)
    if order is None:
        return HttpResponseRedirect(shop_address(shop))
    return _order(request, shop, order)


@for_buyers("GET", "HEAD", "POST")
def ask(request: HttpRequest, shop: KeptShop) -> HttpResponse:
    """Will show what can be chosen and what would follow; sent, it opens the case."""
    order = order_of(request, shop)
    if order is None:
        return HttpResponseRedirect(shop_address(shop))
    if request.method != "POST":
        return _choice(request, shop, order, request.GET)
    wish = _wish(request.POST, _answers(request.POST), request.POST.get("message", ""))
    try:
        opened = asking.send(front().portal, shop, order, wish, uploads_of(request))
    except UnableToWork as fault:
        return _choice(request, shop, order, request.POST, fault)
    token = token_of("case", opened.state.number)
    return remember(HttpResponseRedirect(f"{shop_address(shop)}/case/{token}?sent=1"), shop, order)


@for_buyers("GET", "HEAD")
def preview(request: HttpRequest, shop: KeptShop) -> HttpResponse:
    """Will show what would follow from the answers so far: the part of the page that changes with them."""
    order = order_of(request, shop)
    if order is None:
        return HttpResponse(status=403)
    try:
        choice = asking.choose(front().portal, shop, order, _wish(request.GET, _answers(request.GET)))
    except UnableToWork:
        return HttpResponse(status=409)
    shown = {"choice": choice, "kind": request.GET.get("kind", ""), "market": order.sold_in}
    return render(request, "portal/prospects.html", shown)


def _order(
    request: HttpRequest, shop: KeptShop, order: ShopOrderFile, fault: UnableToWork | None = None
) -> HttpResponse:
    desk = front().portal
    cases = desk.known.cases_of(shop.name, order.number)
    looks = line_looks(desk, order)
    by_stage = asking.reasons(desk, order) if any(not look.closed for look in looks) else {}
    shown: dict[str, Any] = {
        "order": order,
        "currency": order.file["order"]["currency"],
        "things": looks,
        "open": any(not look.closed for look in looks),
        "reasons": _by_reason(by_stage),
        "tokens": {look.taken_by: "" for look in looks},
        "cases": [(state, token_of("case", state.number)) for state in cases],
        "market": order.sold_in,
        "period": period_of(desk, order) if has_function(order.sold_in) else None,
        "fault": fault and said(fault),
        "now": front().now(),
    }
    answer = page(request, shop, "portal/order.html", shown, 409 if fault else 200)
    return remember(answer, shop, order)


def _by_reason(by_stage: Mapping[Stage, tuple[str, ...]]) -> list[tuple[str, str]]:
    """Every reason once, with the stages that it is for."""
    stages: dict[str, list[str]] = {}
    for stage, reasons in by_stage.items():
        for reason in reasons:
            stages.setdefault(reason, []).append(stage)
    return [(reason, " ".join(found)) for reason, found in stages.items()]


def _choice(
    request: HttpRequest, shop: KeptShop, order: ShopOrderFile, given: QueryDict, fault: UnableToWork | None = None
) -> HttpResponse:
    answers = _answers(given)
    try:
        choice = asking.choose(front().portal, shop, order, _wish(given, answers))
    except UnableToWork as other:
        return _order(request, shop, order, fault or other)
    titles = {look.id: look.title for look in line_looks(front().portal, order)}
    shown = {
        "order": order,
        "market": order.sold_in,
        "choice": choice,
        "chosen": [(titles[line], many) for line, many in choice.lines],
        "questions": [(one, _typed(given, one)) for one in choice.questions],
        "kind": given.get("kind", ""),
        "message": given.get("message", "")[:4000],
        "fault": fault and said(fault),
    }
    return remember(page(request, shop, "portal/ask.html", shown, 409 if fault else 200), shop, order)


def _typed(given: QueryDict, question: Question) -> str:
    return given.get(question.name, "")[:40]


def _wish(given: QueryDict, answers: Mapping[str, Any], message: str = "") -> Wish:
    lines = []
    for line in dict.fromkeys(given.getlist("line")[:200]):
        many = given.get(f"many-{line}", "1")
        lines.append((line[:120], int(many) if many.isascii() and many.isdigit() and len(many) < 6 else 0))
    return asking.wish_of(lines, given.get("kind", ""), given.get("reason", ""), answers, message)


def _answers(given: QueryDict) -> dict[str, Any]:
    """What was answered of all that may be asked; what makes no sense counts as not answered."""
    found: dict[str, Any] = {}
    for name in given:
        part = name.partition(".")[0]
        value = given.get(name, "").strip()
        if part in ("goods", "defect") and value in _YES_NO:
            found[name] = _YES_NO[value]
        elif name == "defect.found_at" and (day := _day(value)):
            found[name] = f"{day}T12:00:00+00:00"
        elif name == "request.amount" and value:
            found[name] = value[:20]
    return {name: value for name, value in found.items() if name in asking.ANSWERED}


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""

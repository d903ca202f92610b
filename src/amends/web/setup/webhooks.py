"""The pages of webhooks: where events are sent, and what became of each sending."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.desk.cases.faults import UnableToWork
from amends.facts.api import Endpoint
from amends.web.front import front
from amends.web.setup.gate import acting, keepers_only

_SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@keepers_only
def webhooks(request: HttpRequest) -> HttpResponse:
    """Will list the endpoints, and make one."""
    if request.method != "POST":
        return _list(request)
    person, typed = acting(request), request.POST
    events = typed.get("events", "").replace(",", " ").split()
    try:
        made = front().api.webhooks.make(person, typed.get("merchant", ""), typed.get("url", ""), events)
    except UnableToWork as fault:
        return _list(request, {"fault": fault.says, "typed": typed}, 409)
    return _list(request, {"made": made, "secret": made.secrets[0]})


@require_safe
@keepers_only
def webhook(request: HttpRequest, number: int) -> HttpResponse:
    """Will show one endpoint with its newest deliveries."""
    return _one(request, number)


@require_POST
@keepers_only
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Will do what was pressed: save, switch on or off, draw a new secret, send a test, send again, remove."""
    person, desk, typed = acting(request), front().api.webhooks, request.POST
    do = typed.get("do", "")
    verbs: dict[str, Callable[[], Any]] = {
        "save": lambda: desk.change(
            person, number, typed.get("url", ""), typed.get("events", "").replace(",", " ").split()
        ),
        "on": lambda: desk.change(person, number, on=True),
        "off": lambda: desk.change(person, number, on=False),
        "secret": lambda: desk.new_secret(person, number),
        "test": lambda: desk.test(person, number),
        "again": lambda: desk.send_again(person, number, _number(typed.get("delivery", ""))),
        "remove": lambda: desk.drop(person, number),
    }
    try:
        found = verbs.get(do, lambda: desk.get(person, number))()
    except UnableToWork as fault:
        if fault.code == "not_found" and not fault.field:
            raise Http404 from fault
        return _one(request, number, {"fault": fault.says}, 409)
    if do == "secret" and isinstance(found, Endpoint):
        return _one(request, number, {"secret": found.secrets[0]})
    return HttpResponseRedirect("/settings/webhooks" if do == "remove" else f"/settings/webhooks/{number}")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _list(request: HttpRequest, more: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    person = acting(request)
    shown = {
        "endpoints": front().api.webhooks.endpoints(person),
        "merchants": front().settings.policies.merchants(person),
    }
    return render(request, "setup/webhooks.html", shown | (more or {}), status=status)


def _one(request: HttpRequest, number: int, more: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    person, desk = acting(request), front().api.webhooks
    try:
        found = desk.get(person, number) if number < 2**63 else None
    except UnableToWork:
        found = None
    if found is None:
        raise Http404
    shown = {"endpoint": found, "deliveries": desk.deliveries(person, number, 0, _SHOWN)}
    return render(request, "setup/webhook.html", shown | (more or {}), status=status)

"""Merchants and their shops."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from amends.desk.people import UnableToChangePeople
from amends.facts.rulebook import Says
from amends.web.front import front
from amends.web.who import acting, actor, needs


@require_safe
@needs("people")
def merchants(request: HttpRequest) -> HttpResponse:
    """Will list the person's merchants with their shops."""
    return _page(request)


@require_POST
@needs("merchants")
def make(request: HttpRequest) -> HttpResponse:
    """Will make a merchant."""
    name, title = request.POST.get("name", "")[:60], request.POST.get("title", "")[:200]
    return _done(request, lambda: front().people.make_merchant(actor(request), name, title))


@require_POST
@needs("people")
def rename(request: HttpRequest) -> HttpResponse:
    """Will give a merchant another title."""
    name, title = request.POST.get("name", ""), request.POST.get("title", "")[:200]
    return _done(request, lambda: front().people.rename(actor(request), name, title))


@require_POST
@needs("keep")
def give_shop(request: HttpRequest) -> HttpResponse:
    """Will give a shop with its cases to a merchant."""
    shop, merchant = request.POST.get("shop", ""), request.POST.get("merchant", "")
    return _done(request, lambda: front().people.give_shop(actor(request), shop, merchant))


def _done(request: HttpRequest, verb: Callable[[], None]) -> HttpResponse:
    try:
        verb()
    except UnableToChangePeople as fault:
        return _page(request, fault.says, status=409)
    return HttpResponseRedirect("/merchants")


def _page(request: HttpRequest, fault: Says | None = None, status: int = 200) -> HttpResponse:
    listed = front().people.book.merchants(acting(request).merchants)
    return render(request, "merchants.html", {"listed": listed, "fault": fault}, status=status)

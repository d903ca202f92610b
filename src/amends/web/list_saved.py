"""A person's own views of the work list: saving, renaming, deleting; and putting the first-run guide away."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from amends.facts.rulebook import Says
from amends.store.own_views import UnableToSaveView, forget_view, guided, rename_view, save_view, saved_views
from amends.web.cases import query_of
from amends.web.money import BEYOND_KEYS
from amends.web.tags import address
from amends.web.who import acting, needs


@require_http_methods(["GET", "HEAD", "POST"])
@needs("see")
def own_views(request: HttpRequest) -> HttpResponse:
    """Will show a person's saved views; by POST it saves the list that the form was sent from."""
    if request.method != "POST":
        return _page(request)
    query = str(address(query_of(request))).lstrip("?")
    try:
        save_view(acting(request).name, request.POST.get("name", ""), query)
    except UnableToSaveView as fault:
        return _page(request, fault.says, query)
    return HttpResponseRedirect(f"/?{query}")


@require_POST
@needs("see")
def rename(request: HttpRequest, number: int) -> HttpResponse:
    """Will give a saved view another name."""
    try:
        there = number < BEYOND_KEYS and rename_view(acting(request).name, number, request.POST.get("name", ""))
    except UnableToSaveView as fault:
        return _page(request, fault.says)
    if not there:
        raise Http404
    return HttpResponseRedirect("/list/views")


@require_POST
@needs("see")
def forget(request: HttpRequest, number: int) -> HttpResponse:
    """Will delete a saved view."""
    if number >= BEYOND_KEYS or not forget_view(acting(request).name, number):
        raise Http404
    return HttpResponseRedirect("/list/views")


@require_POST
@needs("see")
def put_guide_away(request: HttpRequest) -> HttpResponse:
    """Will show the guide no more."""
    guided(acting(request).name)
    return HttpResponseRedirect("/")


def _page(request: HttpRequest, fault: Says | None = None, query: str = "") -> HttpResponse:
    shown = {"saved": saved_views(acting(request).name), "fault": fault, "asked": query}
    return render(request, "own_views.html", shown, status=409 if fault else 200)

"""The page of tokens for the API: made here, shown once, revoked here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from amends.desk.api.tokens import DUTIES_OF, ROLES_FOR_TOKENS
from amends.desk.cases.faults import UnableToWork
from amends.facts.api import SCOPES
from amends.web.front import front
from amends.web.setup.gate import acting, keepers_only


@require_http_methods(["GET", "HEAD", "POST"])
@keepers_only
def tokens(request: HttpRequest) -> HttpResponse:
    """Will list the tokens, and make one; its secret is on this one answer and never again."""
    if request.method != "POST":
        return _page(request)
    person, typed = acting(request), request.POST
    given = str(typed.get("per_minute", "6000"))
    try:
        made, secret = front().api.tokens.make(
            person,
            typed.get("name", ""),
            typed.get("merchant", ""),
            typed.get("role", ""),
            typed.getlist("scopes"),
            int(given) if given.isascii() and given.isdigit() and len(given) < 9 else -1,
        )
    except UnableToWork as fault:
        return _page(request, {"fault": fault.says, "field": fault.field, "typed": typed}, 409)
    return _page(request, {"made": made, "secret": secret})


@require_POST
@keepers_only
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """Will have a token work no more."""
    try:
        front().api.tokens.revoke(acting(request), number)
    except UnableToWork as fault:
        return _page(request, {"fault": fault.says}, 404 if fault.code == "not_found" else 409)
    return HttpResponseRedirect("/settings/tokens")


def _page(request: HttpRequest, more: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    person, desk = acting(request), front().api.tokens
    shown = {
        "tokens": desk.tokens(person),
        "merchants": front().settings.policies.merchants(person),
        "roles": [role for role in ROLES_FOR_TOKENS if DUTIES_OF[role] <= DUTIES_OF[person.role]],
        "scopes": list(SCOPES.items()),
        "everyone": person.merchants is None,
    }
    return render(request, "setup/tokens.html", shown | (more or {}), status=status)

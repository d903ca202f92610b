"""The page of the team's chats: where what cannot wait is told."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from amends.desk.settings.gate import UnableToSet
from amends.facts.team import TEAM_EVENTS, TEAM_KINDS, TeamHook, TeamKeys
from amends.web.front import front
from amends.web.setup.gate import acting, keepers_only


@require_http_methods(["GET", "HEAD", "POST"])
@keepers_only
def team(request: HttpRequest) -> HttpResponse:
    """Will list the chats, and keep a new one."""
    if request.method != "POST":
        return _page(request)
    typed = request.POST
    keys = TeamKeys(typed.get("url", "").strip()[:500], typed.get("secret", "").strip()[:200])
    try:
        front().talk.team.make(_typed(request, typed), keys, acting(request))
    except UnableToSet as fault:
        return _page(request, {"fault": fault, "typed": typed, "chosen": typed.getlist("events")}, 409)
    return HttpResponseRedirect("/settings/team")


@require_POST
@keepers_only
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Will do what was pressed: try it, turn it on, have it rest, remove it."""
    desk, person, do = front().talk.team, acting(request), request.POST.get("do", "")
    try:
        desk.get(number if number < 2**63 else 0, person)
        if do == "test":
            answer = desk.test(number, person)
            return _page(request, {"answer": answer, "tried": number}, 200 if answer.end == "sent" else 409)
        if do == "remove":
            desk.drop(number, person)
        else:
            desk.turn(number, person, on=do == "on")
    except UnableToSet as fault:
        raise Http404 from fault
    return HttpResponseRedirect("/settings/team")


def _typed(request: HttpRequest, typed: QueryDict) -> TeamHook:
    kind = next((one for one in TEAM_KINDS if one == typed.get("kind")), None)
    if kind is None:
        raise UnableToSet("kind: choose one of those shown", "kind：请选择列出的类型", "kind")
    merchant, _, shop = typed.get("shop", "").partition("\n")
    if shop and (merchant, shop) not in [(one.merchant, one.shop) for one in _shops(request)]:
        raise UnableToSet("shop: choose one of those shown", "shop：请选择列出的店铺", "shop")
    language = "en" if typed.get("language") == "en" else "zh"
    return TeamHook(0, merchant, shop, kind, language, tuple(typed.getlist("events")[:10]), "", False, None)


def _shops(request: HttpRequest) -> list[Any]:
    return list(front().talk.senders.all(acting(request)))


def _page(request: HttpRequest, more: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    person = acting(request)
    shown = {
        "hooks": front().talk.team.all(person),
        "merchants": front().settings.policies.merchants(person),
        "shops": _shops(request),
        "kinds": TEAM_KINDS,
        "events": TEAM_EVENTS,
        "chosen": TEAM_EVENTS,
    }
    return render(request, "setup/team.html", shown | (more or {}), status=status)

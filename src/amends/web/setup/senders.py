"""The pages of senders: by which server and under which address each shop writes."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.desk.settings.gate import UnableToSet
from amends.facts.outgoing import SECURITIES, Security, Sender
from amends.web.front import front
from amends.web.setup.gate import acting, keepers_only

HOURS = tuple(range(24))


@require_safe
@keepers_only
def senders(request: HttpRequest) -> HttpResponse:
    """Will list how every shop writes."""
    return render(request, "setup/senders.html", {"senders": front().talk.senders.all(acting(request))})


@require_http_methods(["GET", "HEAD", "POST"])
@keepers_only
def sender(request: HttpRequest, number: int) -> HttpResponse:
    """Will show how one shop writes, and keep what was typed."""
    kept = _mine(request, number)
    if request.method != "POST":
        return _one(request, kept)
    try:
        typed = _typed(kept, request.POST)
        front().talk.senders.save(typed, request.POST.get("password", "")[:200], acting(request))
    except UnableToSet as fault:
        return _one(request, kept, {"fault": fault, "typed": request.POST}, 409)
    return HttpResponseRedirect(f"/settings/senders/{number}?saved=1")


@require_POST
@keepers_only
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Will do what was pressed: try it, turn it on or off."""
    kept, desk, person = _mine(request, number), front().talk.senders, acting(request)
    try:
        if request.POST.get("do", "") == "test":
            outcome = desk.test(number, person, request.POST.get("to", "")[:254])
            told = {"outcome": outcome, "to": request.POST.get("to", "")[:254]}
            return _one(request, kept, told, 200 if outcome.end == "sent" else 409)
        desk.turn(number, person, on=request.POST.get("do") == "on")
    except UnableToSet as fault:
        return _one(request, kept, {"fault": fault}, 409)
    return HttpResponseRedirect(f"/settings/senders/{number}")


def _mine(request: HttpRequest, number: int) -> Sender:
    if number >= 2**63:
        raise Http404
    try:
        return front().talk.senders.get(number, acting(request))
    except UnableToSet as fault:
        raise Http404 from fault


def _typed(kept: Sender, typed: QueryDict) -> Sender:
    port, chosen = typed.get("port", "").strip(), typed.get("security", "")
    security: Security | None = next((one for one in SECURITIES if one == chosen), None)
    if security is None:
        raise UnableToSet("security: tls, starttls or none", "security：请选择 TLS、STARTTLS 或不加密", "security")
    return Sender(
        shop=kept.shop,
        number=kept.number,
        merchant=kept.merchant,
        host=typed.get("host", "").strip()[:200],
        port=int(port) if port.isascii() and port.isdigit() and len(port) < 6 else 0,
        security=security,
        user=typed.get("user", "").strip()[:200],
        name=typed.get("name", "").strip()[:120],
        address=typed.get("address", "").strip()[:254],
        quiet_from=hour_in(typed, "quiet_from"),
        quiet_to=hour_in(typed, "quiet_to"),
    )


def hour_in(typed: QueryDict, name: str) -> int | None:
    """An hour of a form; 99 for what is none, which the desk refuses by its name."""
    text = typed.get(name, "").strip()
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 99


def _one(request: HttpRequest, kept: Sender, more: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    fresh = front().talk.senders.senders.of_shop(kept.number) or kept
    typed = (more or {}).get("typed")
    shown = typed or {
        "host": fresh.host,
        "port": fresh.port,
        "security": fresh.security,
        "user": fresh.user,
        "name": fresh.name,
        "address": fresh.address,
        "quiet_from": "" if fresh.quiet_from is None else fresh.quiet_from,
        "quiet_to": "" if fresh.quiet_to is None else fresh.quiet_to,
    }
    given = {"sender": fresh, "form": shown, "hours": HOURS, "securities": SECURITIES, "saved": "saved" in request.GET}
    return render(request, "setup/sender.html", given | (more or {}), status=status)

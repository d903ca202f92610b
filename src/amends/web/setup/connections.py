"""The pages of connected shops: how each is, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from amends.desk.channels.faults import UnableToConnect
from amends.desk.settings.gate import UnableToSet
from amends.facts.connections import Connection, Health
from amends.facts.people import Person
from amends.learn.connection_state import keys_run_out, word_of
from amends.store.channel_looks import drifting, recent_pushes, stuck
from amends.web.front import front
from amends.web.money import BEYOND_KEYS
from amends.web.setup.connect import next_step
from amends.web.setup.connect_form import BACK, day_of, days_back, deeds_of, hands_of, remember_probe, typed_day
from amends.web.setup.connection_pages import channel_of, connection_or_404, push_address, shop_of
from amends.web.setup.gate import acting, keepers_only

_SHOWN = 20


@require_safe
@keepers_only
def connections(request: HttpRequest) -> HttpResponse:
    """Will list the connections with how each is, and what nobody has seen yet of any."""
    person, desk = acting(request), front().connect
    kinds = {one.name: one for one in desk.kinds()}
    healths = desk.healths(person)
    markets = {shop.name: shop.market for shop in front().settings.shops.shops(person)}
    rows = []
    for health in healths:
        number = health.connection.number
        more = {
            "market": markets.get(health.connection.shop, "CN"),
            "running": [one for one in desk.backfills(person, number) if one.state == "running"],
        }
        rows.append(_row(health, kinds.get(health.connection.channel)) | more)
    told = [(health.connection, desk.alarms(person, health.connection.number)) for health in healths if health.alarms]
    shown = {
        "rows": rows,
        "alarms": [(where, one, markets.get(where.shop, "CN")) for where, alarms in told for one in alarms],
        "done": request.GET.get("done", ""),
    }
    return render(request, "setup/connections.html", shown)


def _row(health: Health, kind: Any) -> dict[str, Any]:
    draft = health.connection.state == "draft" and kind is not None
    return {
        "health": health,
        "connection": health.connection,
        "kind": kind,
        "word": word_of(health),
        "keys_soon": keys_run_out(health, front().now()),
        "next_step": next_step(kind, health.connection) if draft else "",
    }


@require_safe
@keepers_only
def connection(request: HttpRequest, number: int) -> HttpResponse:
    """Will show one connection with everything that is known of it."""
    return _page(request, connection_or_404(request, number))


@require_safe
@keepers_only
def backfills(request: HttpRequest, number: int) -> HttpResponse:
    """Will show how far the reading of history is, as a part of a page."""
    found = connection_or_404(request, number)
    told = front().connect.backfills(acting(request), number)
    return render(request, "setup/connection_history.html", {"connection": found, "backfills": told})


@require_POST
@keepers_only
def do(request: HttpRequest, number: int) -> HttpResponse:
    """Will do what was pressed: read now, pause, resume, test, switches, history, stop, seen."""
    found, person, desk = connection_or_404(request, number), acting(request), front().connect
    verbs: dict[str, Callable[[], object]] = {
        "read": lambda: desk.read_now(person, number),
        "pause": lambda: desk.pause(person, number),
        "resume": lambda: desk.resume(person, number),
        "test": lambda: _test(request, found, person),
        "switches": lambda: _switches(request, found, person),
        "history": lambda: _history(request, found, person),
        "stop": lambda: desk.stop_backfill(person, number),
        "seen": lambda: desk.seen(person, _number(request.POST.get("alarm", ""))),
    }
    what = request.POST.get("do", "")
    try:
        verbs.get(what, lambda: None)()
    except UnableToSet as fault:
        return _page(request, found, fault)
    back = "/settings/connections" if request.POST.get("from") == "list" else f"/settings/connections/{number}"
    return HttpResponseRedirect(f"{back}?done={what}" if what in verbs else back)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and int(text) < BEYOND_KEYS else 0


def _test(request: HttpRequest, found: Connection, person: Person) -> None:
    try:
        remember_probe(request, found.number, front().connect.test(person, found.number))
    except UnableToConnect as fault:
        remember_probe(request, found.number, fault)
        raise


def _switches(request: HttpRequest, found: Connection, person: Person) -> None:
    post = request.POST
    front().connect.set_switches(
        person,
        found.number,
        may_act=post.get("may_act") == "yes",
        may_pay=post.get("may_pay") == "yes",
        acts_from=typed_day(post, "acts_from", shop_of(person, found).market),
    )


def _history(request: HttpRequest, found: Connection, person: Person) -> None:
    since = typed_day(request.POST, "since", shop_of(person, found).market)
    since = since or days_back(request.POST.get("days", ""), front().now())
    if since is None:
        raise UnableToConnect("Choose how far back to read.", "请选择读取多久以前的记录。", "days")
    front().connect.start_backfill(person, found.number, since)


def _page(request: HttpRequest, found: Connection, fault: UnableToSet | None = None) -> HttpResponse:
    person, desk, kind = acting(request), front().connect, channel_of(found)
    health = desk.health(person, found.number)
    there = shop_of(person, found)
    shown = {
        **_row(health, kind), "shop": there, "fault": fault, "done": "" if fault else request.GET.get("done", ""),
        "alarms": [(found, one, there.market) for one in desk.alarms(person, found.number)],
        "backfills": desk.backfills(person, found.number),
        "pushes": recent_pushes(found.number, _SHOWN), "drifting": drifting(found.number, _SHOWN),
        "stuck": stuck(found.number, _SHOWN), "push_url": push_address(request, found), "deeds": deeds_of(kind), "hands": hands_of(kind),
        "ticks": {"may_act": found.may_act, "may_pay": found.may_pay},
        "back": BACK, "latest": day_of(front().now(), there.market),
        "from_day": day_of(found.acts_from, there.market) if found.acts_from else "",
    }  # fmt: skip
    return render(request, "setup/connection.html", shown, status=409 if fault else 200)

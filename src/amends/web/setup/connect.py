"""The wizard that connects a shop: platform, shop, keys, test call, choices, history, done. Each step can be left and taken up again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from amends.basics.zones import MARKETS
from amends.decide.policy.spots import UnableToReadPolicy
from amends.desk.channels.faults import UnableToConnect
from amends.desk.settings.gate import UnableToSet
from amends.desk.settings.join_shop import joinable, speaks
from amends.desk.settings.policies import UnableToPublish
from amends.facts.channels import Channel
from amends.facts.connections import Connection
from amends.facts.people import MAIN, Person
from amends.facts.shops import KeptShop
from amends.web.front import front
from amends.web.setup.connect_form import (
    BACK,
    STEPS,
    day_of,
    days_back,
    deeds_of,
    hands_of,
    is_complete,
    key_fields,
    own_address,
    probe_of,
    remember_probe,
    typed_day,
    typed_keys,
)
from amends.web.setup.connection_pages import channel_of, connection_or_404, is_loopback, push_address, shop_of
from amends.web.setup.gate import acting, keepers_only
from amends.web.setup.shops import speaks_for

_CHINESE: Final = frozenset({"douyin", "taobao", "tmall", "jd", "wechat", "pinduoduo", "kuaishou", "xiaohongshu"})
_FIELDS: Final = ("shop", "market", "currency", "merchant")


@require_safe
@keepers_only
def platforms(request: HttpRequest) -> HttpResponse:
    """Will show the platforms to choose from, and what was begun and not finished."""
    person, desk = acting(request), front().connect
    drafts = [one.connection for one in desk.healths(person) if one.connection.state == "draft"]
    kinds = {one.name: one for one in desk.kinds()}
    shown = {
        "kinds": desk.kinds(),
        "drafts": [(one, kinds[one.channel], next_step(kinds[one.channel], one)) for one in drafts if one.channel in kinds],
        "loopback": is_loopback(request),
        "steps": STEPS,
        "step": "platform",
    }  # fmt: skip
    return render(request, "setup/connect_platforms.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@keepers_only
def shop(request: HttpRequest, channel: str) -> HttpResponse:
    """Will ask which shop it is, and begin a draft for it."""
    person, desk = acting(request), front().connect
    kind = next((one for one in desk.kinds() if one.name == channel), None)
    if kind is None:
        raise Http404
    free = [
        one
        for one in front().settings.shops.shops(person)
        if one.channel == channel and desk.of_shop(person, one.name) is None
    ]
    chosen = next((one for one in free if one.name == request.GET.get("shop")), None)
    fault, typed = None, _first_typed(kind, chosen)
    if request.method == "POST":
        typed = {name: request.POST.get(name, "").strip() for name in _FIELDS}
        try:
            made = _begin(person, channel, typed)
        except UnableToSet as told:
            fault = told
        else:
            if made.state != "draft":
                return HttpResponseRedirect(f"/settings/connections/{made.number}")
            return HttpResponseRedirect(f"/settings/connections/{made.number}/keys")
    merchants = front().settings.policies.merchants(person) or [MAIN]
    shown = {"kind": kind, "free": free, "chosen": chosen, "typed": typed, "fault": fault, "markets": sorted(MARKETS),
             "merchants": merchants, "steps": STEPS, "step": "shop"}  # fmt: skip
    return render(request, "setup/connect_shop.html", shown, status=409 if fault else 200)


def _first_typed(kind: Channel, chosen: KeptShop | None) -> dict[str, str]:
    if chosen is not None:
        return {
            "shop": chosen.name,
            "market": chosen.market,
            "currency": chosen.currency,
            "merchant": chosen.merchant,
        }
    home = kind.name in _CHINESE
    return {"shop": "", "market": "CN" if home else "", "currency": "CNY" if home else "", "merchant": ""}


def _begin(person: Person, channel: str, typed: dict[str, str]) -> Connection:
    return front().connect.begin(
        person,
        typed["shop"],
        channel,
        market=typed["market"],
        currency=typed["currency"].upper(),
        merchant=typed["merchant"] or None,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@keepers_only
def step(request: HttpRequest, number: int, step: str) -> HttpResponse:
    """Will show a step of a connection, and do what was typed in it."""
    connection = connection_or_404(request, number)
    if step not in STEPS[2:]:
        raise Http404
    kind = channel_of(connection)
    if step not in (reached := _reached(kind, connection)):
        return HttpResponseRedirect(f"/settings/connections/{number}/{reached[-1]}")
    if request.method != "POST":
        return _page(request, connection, kind, step)
    try:
        onward = _DO[step](request, connection, kind)
    except UnableToReadPolicy as fault:
        return _page(request, connection, kind, step, UnableToSet(str(fault), str(fault), "policy"))
    except UnableToSet as fault:
        return _page(request, connection, kind, step, fault)
    return HttpResponseRedirect(f"/settings/connections/{number}/{onward}".rstrip("/"))


def _reached(kind: Channel, connection: Connection) -> tuple[str, ...]:
    """The steps that can be gone to."""
    if not is_complete(kind, connection):
        return ("keys",)
    return ("keys", "test", "choices") if connection.state == "draft" else STEPS[2:]


def next_step(kind: Channel, connection: Connection) -> str:
    """Where a draft goes on."""
    if not is_complete(kind, connection):
        return "keys"
    return "choices" if connection.account else "test"


def _keys(request: HttpRequest, connection: Connection, kind: Channel) -> str:
    person, there = acting(request), shop_of(acting(request), connection)
    values, url = typed_keys(kind, request.POST), request.POST.get("base_url", "").strip()
    front().connect.save_keys(
        person, connection.shop, kind.name, values, market=there.market, currency=there.currency, url=url
    )
    return _test(request, connection, kind)


def _test(request: HttpRequest, connection: Connection, kind: Channel) -> str:
    try:
        remember_probe(request, connection.number, front().connect.test(acting(request), connection.number))
    except UnableToConnect as fault:
        if not fault.why:
            raise
        remember_probe(request, connection.number, fault)
    return "test"


def _choices(request: HttpRequest, connection: Connection, kind: Channel) -> str:
    person, desk = acting(request), front().connect
    there = shop_of(person, connection)
    given: dict[str, Any] = {name: request.POST.get(name) == "yes" for name in ("may_act", "may_pay")}
    given["acts_from"] = typed_day(request.POST, "acts_from", there.market)
    desk.set_switches(person, connection.number, **given)
    _join(request, there, request.POST.get("policy", ""))
    if connection.state == "draft":
        desk.switch_on(person, connection.number, **given)
        return "history"
    return ""


def _join(request: HttpRequest, there: KeptShop, wanted: str) -> None:
    """Have the policy that was chosen speak for the shop; nothing where it does already."""
    policies, person = front().settings.policies, acting(request)
    place = (there.name, there.market, there.channel)
    for policy, text in joinable(policies.policies(person), there.merchant, place):
        if str(policy.number) == wanted and policy.live is not None and not speaks(policy.live.text, place):
            try:
                policies.publish(policy.number, text, f"+ {there.name}", policy.newest.number, person, front().now())
            except UnableToPublish:
                raise UnableToConnect(
                    f"The check finds errors in {policy.name}: add the shop to it on the policy's own page.",
                    f"检查发现政策 {policy.name} 有错误：请在政策页面中加入这家店铺。",
                    "policy",
                ) from None


def _history(request: HttpRequest, connection: Connection, kind: Channel) -> str:
    person, desk = acting(request), front().connect
    there = shop_of(person, connection)
    since = typed_day(request.POST, "since", there.market) or days_back(request.POST.get("days", ""), front().now())
    if since is not None:
        desk.start_backfill(person, connection.number, since)
    return "done"


_DO: Final[dict[str, Callable[[HttpRequest, Connection, Channel], str]]] = {
    "keys": _keys,
    "test": _test,
    "choices": _choices,
    "history": _history,
    "done": lambda request, connection, kind: "done",
}


def _ticked(connection: Connection, there: KeptShop, typed: QueryDict | None) -> dict[str, Any]:
    """The choices as they were sent, or as they are kept."""
    if typed is not None:
        ticks = {name: typed.get(name) == "yes" for name in ("may_act", "may_pay")}
        return {"ticks": ticks, "from_day": typed.get("acts_from", ""), "wanted": typed.get("policy", "")}
    ticks = {"may_act": connection.may_act, "may_pay": connection.may_pay}
    return {
        "ticks": ticks,
        "from_day": day_of(connection.acts_from or front().now(), there.market),
        "wanted": "",
    }


def _page(
    request: HttpRequest, connection: Connection, kind: Channel, step: str, fault: UnableToSet | None = None
) -> HttpResponse:
    person = acting(request)
    there = shop_of(person, connection)
    policies, place = front().settings.policies.policies(person), (there.name, there.market, there.channel)
    push, typed = push_address(request, connection), request.POST if fault else None
    shown = {
        "connection": connection, "kind": kind, "shop": there, "step": step, "steps": STEPS,
        "reached": _reached(kind, connection), "fault": fault, "typed": typed,
        "push_url": push, "own_url": own_address(kind, connection), "loopback": is_loopback(request),
        "fields": key_fields(kind, connection, typed),
        "guide": [{"zh": one.zh.replace("{push_url}", push), "en": one.en.replace("{push_url}", push)} for one in kind.guide],
        "probe": probe_of(request, connection.number), "speaks": speaks_for(policies, there),
        "joinable": [policy for policy, _ in joinable(policies, there.merchant, place)],
        "deeds": deeds_of(kind), "hands": hands_of(kind), "back": BACK,
        **_ticked(connection, there, typed), "latest": day_of(front().now(), there.market),
        "backfills": front().connect.backfills(person, connection.number) if step == "done" else (),
    }  # fmt: skip
    return render(request, f"setup/connect_{step}.html", shown, status=409 if fault else 200)

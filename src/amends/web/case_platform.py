"""The box "on the platform" of the case page: how the case stands there, what is to be done there, and who does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amends.desk.cases.desk import CaseDesk
from amends.desk.channels.deeds import RefusalList, refusal_list
from amends.facts.channels import console_of
from amends.facts.deed_work import LIVE_DEEDS, DeedView, PlatformSide
from amends.facts.people import Person
from amends.facts.rulebook import Says
from amends.web.front import front
from amends.web.money import BEYOND_KEYS
from amends.web.who import acting, needs


@dataclass(frozen=True, slots=True)
class Box:
    """A case's platform side as the page shows it. `console`: the address at which a person does things there, "" where there is none.

    `live`: what waits or went wrong; `past`: what came to an end. `acts`, `pays`: whether the house may do things and pay there.
    """

    side: PlatformSide
    title: Says
    status: Says | None
    console: str
    live: Sequence[DeedView]
    past: Sequence[DeedView]
    acts: bool
    pays: bool
    can: frozenset[str]


def box_of(desk: CaseDesk, number: int) -> Box | None:
    """The box of a case; None where it came by no connection."""
    side = desk.casework.platform(number)
    if side is None:
        return None
    channel = desk.channels.get(side.channel)
    deeds = desk.casework.deeds(number)
    shown = LIVE_DEEDS | {"failed"}
    known = channel.statuses.get(side.status) if channel else None
    address = console_of(channel.can, side.number, side.order, side.url) if channel else ""
    return Box(
        side=side,
        title=channel.title if channel else Says(side.channel, side.channel),
        status=known.says if known else None,
        console=address if address.startswith(("https://", "http://")) else "",
        live=[one for one in deeds if one.state in shown],
        past=[one for one in reversed(deeds) if one.state not in shown],
        acts=side.on and side.may_act,
        pays=bool(channel and channel.can.pays and side.on and side.may_pay),
        can=frozenset(channel.can.actions) if channel and side.on and side.may_act else frozenset(),
    )


@require_safe
@needs("work")
def refusal_reasons(request: HttpRequest, number: int) -> HttpResponse:
    """Will give the platform's own reasons to refuse a case, read from it now, for the form that was opened."""
    me: Person = acting(request)
    if number >= BEYOND_KEYS or front().cases.case(number, me.merchants) is None:
        raise Http404
    found: RefusalList = refusal_list(front().desk, number)
    return render(request, "parts/case_reasons.html", {"found": found, "given": request.GET.get("given", "")[:80]})

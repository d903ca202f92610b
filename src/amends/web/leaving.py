"""Before you leave: what runs out while nobody is on duty, calendar by calendar, and what was won while a clock still runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amends.basics.working_time import UnableToUseWeek
from amends.facts.calendars import ShopCalendar, default_calendar
from amends.facts.kin import ShopDeadline
from amends.facts.rulebook import Says
from amends.facts.shops import KeptShop
from amends.learn.before_you_leave import Leaving, RunningOut, before_you_leave
from amends.web.front import front
from amends.web.who import acting, needs


@dataclass(frozen=True, slots=True)
class Gap:
    """The coming gap of a calendar: the shops that keep it, when nobody is there, and the deadlines that fall into it."""

    name: str
    shops: tuple[str, ...]
    market: str
    leaving: Leaving
    clocks: tuple[ShopDeadline, ...]


@require_safe
@needs("see")
def leaving(request: HttpRequest) -> HttpResponse:
    """Will list what runs out before anybody is back."""
    me, house = acting(request), front()
    now = house.now()
    clocks = house.desk.casework.clocks(me.merchants, now)
    kept = {one.number: one.calendar for one in house.settings.calendars.calendars(me)}
    groups: dict[tuple[int, str], list[KeptShop]] = {}
    for shop in house.settings.shops.shops(me):
        groups.setdefault((shop.calendar or 0, "" if shop.calendar else shop.market), []).append(shop)
    gaps = [
        _gap(kept.get(number) or default_calendar(market), shops, clocks) for (number, market), shops in groups.items()
    ]
    shown = {"gaps": gaps, "alarms": house.desk.casework.alarms(me.merchants), "now": now}
    return render(request, "before_you_leave.html", shown)


def _gap(calendar: ShopCalendar, shops: Sequence[KeptShop], clocks: Sequence[ShopDeadline]) -> Gap:
    names = tuple([one.name for one in shops])
    own = [one for one in clocks if one.shop in names]
    running = [
        RunningOut(place, one.due, "merchant", Says(one.if_missed_en, one.if_missed_zh))
        for place, one in enumerate(own)
    ]
    try:
        found = before_you_leave(running, calendar, front().now())
    except UnableToUseWeek:  # a calendar that never opens: nobody is there from now on
        found = Leaving(front().now(), None, tuple(running))
    return Gap(calendar.name, names, shops[0].market, found, tuple([own[one.case] for one in found.items]))

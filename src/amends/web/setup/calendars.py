"""The pages of calendars: the list, and one with its week, its dates and its duty roster."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import available_timezones

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.basics.working_time import Span, next_close, next_open, zone_named
from amends.desk.settings.calendars import read_given
from amends.desk.settings.gate import UnableToSet
from amends.facts.calendar_json import WEEKDAYS, write_span
from amends.facts.calendars import ShopCalendar, next_duty, on_duty
from amends.facts.kept_settings import KeptCalendar
from amends.web.front import front
from amends.web.money import BEYOND_KEYS
from amends.web.setup.calendar_form import CalendarForm, form_of, typed_form
from amends.web.setup.gate import acting, keepers_only

MARKETS: Final = ("CN", "US", "KR")
"""Those whose public holidays are known."""
_UNKNOWN_YEAR: Final = UnableToSet(
    "The public holidays of that year are not known here yet; write them below.",
    "尚无该年份的节假日安排；请在下面自行填写。",
)
_OFFICE: Final = CalendarForm(week=["09:00–18:00"] * 5 + ["", ""])


@require_safe
@keepers_only
def calendar_list(request: HttpRequest) -> HttpResponse:
    """Will list the calendars with what each says now."""
    desk, person = front().settings.calendars, acting(request)
    kept = [(one, _now(one.calendar, front().now())) for one in desk.calendars(person)]
    return render(request, "setup/calendars.html", {"calendars": kept, "merchants": desk.merchants(person)})


@require_http_methods(["GET", "HEAD", "POST"])
@keepers_only
def calendar_page(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """Will show a calendar or an empty one, and keep what was typed."""
    desk, person = front().settings.calendars, acting(request)
    kept = _kept(request, number)
    if request.method != "POST":
        return _page(request, kept, form_of(kept.calendar) if kept else _OFFICE)
    form, merchant = typed_form(request.POST), request.POST.get("merchant", "")
    if request.POST.get("do") == "holidays":
        known = form.with_holidays(request.POST.get("market", ""), request.POST.get("year", ""))
        return _page(request, kept, form, None if known else _UNKNOWN_YEAR)
    try:
        made = desk.keep(number, merchant, form.given(), person)
    except UnableToSet as fault:
        return _page(request, kept, form, fault)
    return HttpResponseRedirect(f"/settings/calendars/{made}?done=save")


@require_POST
@keepers_only
def preview(request: HttpRequest) -> HttpResponse:
    """Will show what the typed calendar means: the week as bars, when it opens next, who is on duty."""
    form = typed_form(request.POST)
    return render(request, "setup/calendar_preview.html", _previewed(form))


@require_POST
@keepers_only
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Will remove a calendar that no shop keeps."""
    kept = _kept(request, number)
    try:
        front().settings.calendars.remove(number, acting(request))
    except UnableToSet as fault:
        return _page(request, kept, form_of(kept.calendar) if kept else _OFFICE, fault)
    return HttpResponseRedirect("/settings/calendars")


def _kept(request: HttpRequest, number: int | None) -> KeptCalendar | None:
    if number is None:
        return None
    found = front().settings.calendars.calendar(number, acting(request)) if number < BEYOND_KEYS else None
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest, kept: KeptCalendar | None, form: CalendarForm, fault: UnableToSet | None = None
) -> HttpResponse:
    year = front().now().year
    shown = {
        "kept": kept,
        "form": form,
        "fault": fault,
        "done": request.GET.get("done", ""),
        "merchants": front().settings.calendars.merchants(acting(request)),
        "merchant": request.POST.get("merchant", ""),
        "zones": sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")),
        "weekdays": WEEKDAYS,
        "markets": MARKETS,
        "years": (year, year + 1),
        "year": year,
        **_previewed(form),
    }
    return render(request, "setup/calendar.html", shown, status=409 if fault else 200)


def _previewed(form: CalendarForm) -> dict[str, object]:
    """The typed calendar, where it can be read; else what is wrong with it."""
    try:
        calendar = read_given(form.given() | {"name": form.name.strip() or "-"})
    except UnableToSet as fault:
        return {"unread": fault}
    bars = [(day, [_bar(span) for span in spans]) for day, spans in zip(WEEKDAYS, calendar.week.days, strict=True)]
    return {"bars": bars, "says": _now(calendar, front().now())}


def _bar(span: Span) -> dict[str, object]:
    """A span as a piece of a bar 240 wide; what runs past midnight is cut off there."""
    start, end = span
    return {"x": start / 6, "width": (min(end, 1440) - start) / 6, "text": "–".join(write_span(span))}


def _now(calendar: ShopCalendar, now: datetime) -> dict[str, object]:
    """What a calendar says now, on its own wall clock."""
    zone = zone_named(calendar.week.zone)
    opens, duty = next_open(calendar.week, now), next_duty(calendar, now)
    closes = next_close(calendar.week, now)
    return {
        "open": opens <= now,
        "opens": opens.astimezone(zone),
        "closes": closes.astimezone(zone) if closes else None,
        "duty": duty.astimezone(zone) if duty and calendar.duty else None,
        "names": on_duty(calendar, duty) if duty else (),
        "roster": bool(calendar.duty),
    }

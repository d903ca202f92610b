"""Returns to come: by day, by SKU and for the station, with how past forecasts held, and the same as files."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amends.desk.forecast import DAYS, Expected, UnableToForesee
from amends.facts.audit import Deed
from amends.facts.forecast import Forecast, TooLittle
from amends.learn.forecast.sheet import WAYS, forecast_table
from amends.learn.metrics.sheet import sheet
from amends.web.entry import place_of
from amends.web.forecast_show import base_of, lines_of, record_of, sku_lines, tiles_of
from amends.web.front import front
from amends.web.tongues import known_in, tongue
from amends.web.who import acting, needs

SPANS: Final = (7, 14, 28, 56)
SHOWN_SKUS: Final = 60


@require_safe
@needs("work")
def page(request: HttpRequest) -> HttpResponse:
    """Will show a shop's forecast, or say what is missing for one."""
    shops = [one.name for one in front().forecast.shops(acting(request).merchants)]
    days = _days(request)
    given: dict[str, Any] = {"shops": shops, "spans": SPANS, "days": days}
    if shops:
        told = _told(request, days)
        given |= {"shop": told.shop.name, **_shown(told)}
    return render(request, "forecast.html", given)


def _shown(told: Expected) -> dict[str, Any]:
    if isinstance(told.found, TooLittle):
        return {"lack": told.found}
    found, minutes = told.found, told.minutes
    return {
        "found": found,
        "tiles": tiles_of(told),
        "base": base_of(found),
        "asked": lines_of(found, "asked", None),
        "parcels": lines_of(found, "parcels", minutes) if found.parcels else [],
        "record": record_of(found),
        "narrow": any(
            one is not None and one.narrow for one in (found.held_asked, found.held_parcels, found.held_skus)
        ),
        "skus": sku_lines(found.skus[:SHOWN_SKUS]),
        "all_skus": len(found.skus),
        "shown_skus": min(SHOWN_SKUS, len(found.skus)),
        "timed": minutes is not None,
    }


@require_safe
@needs("work")
def export(request: HttpRequest) -> HttpResponse:
    """Will send a forecast as a table; that it was sent is written down. Where nothing can be foreseen there is no file."""
    by = request.GET.get("by", "day")
    told = _told(request, _days(request))
    if by not in WAYS or not isinstance(told.found, Forecast):
        raise Http404
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="amends-forecast-{by}-{len(told.found.days)}.csv"'
    if request.method == "HEAD":
        return answer
    answer.write(sheet(forecast_table(told.found, by, told.minutes, known_in(tongue())), "csv"))
    person = acting(request)
    deed = Deed(
        person.name, "exported", told.shop.merchant, f"forecast {told.shop.name}", note=by, place=place_of(request)
    )
    front().people.audit.write(deed, front().now())
    return answer


def _told(request: HttpRequest, days: int) -> Expected:
    try:
        return front().forecast.of(acting(request), request.GET.get("shop", "").replace("\x00", ""), days)
    except UnableToForesee as gone:
        raise Http404 from gone


def _days(request: HttpRequest) -> int:
    text = request.GET.get("days", "")
    return int(text) if text in {str(span) for span in SPANS} else DAYS

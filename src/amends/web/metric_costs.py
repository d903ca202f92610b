"""The page on which a shop tells what a return costs it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from amends.desk.metrics import UnableToSetCosts
from amends.facts.shop_costs import AMOUNTS, SHARES, UnableToReadCosts
from amends.web.front import front
from amends.web.who import acting, needs


@require_http_methods(["GET", "HEAD", "POST"])
@needs("settings")
def costs(request: HttpRequest) -> HttpResponse:
    """Will show the figures of every shop, and keep those of one."""
    person, desk = acting(request), front().metrics
    fault: UnableToReadCosts | None = None
    shop = request.POST.get("shop", "")
    if request.method == "POST":
        try:
            desk.set_costs(shop, request.POST.dict(), person)
            return HttpResponseRedirect("/metrics/costs?done=1")
        except UnableToSetCosts as gone:
            raise Http404 from gone
        except UnableToReadCosts as found:
            fault = found
    kept = desk.costs.all(person.merchants)
    shops = [
        (name, currency, _told(request, name, shop, kept[name].told() if name in kept else {}), name in kept)
        for name, (_, currency) in desk.costs.shops(person.merchants).items()
    ]
    done = request.GET.get("done") == "1"
    given = {"shops": shops, "shares": SHARES, "fault": fault, "at": shop, "done": done}
    return render(request, "metric_costs.html", given, status=400 if fault else 200)


def _told(request: HttpRequest, name: str, at: str, kept: dict[str, str]) -> list[tuple[str, str]]:
    """The fields of a shop: as they were just written, where they could not be read."""
    told = request.POST.dict() if name == at else kept
    return [(field, str(told.get(field, ""))) for field in (*AMOUNTS, *SHARES)]

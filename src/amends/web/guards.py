"""Guards: how far the lines of card networks are, what stands on statements, and the page that tells buyers the policy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from amends.desk.guards.desk import SEEN_DAYS, PolicyPage, UnableToGuard, Watched, months_shown
from amends.facts.descriptors import FORMS
from amends.facts.guard_counts import FORUMS, MonthCount, UnableToReadMonth
from amends.facts.guard_shop import UnableToReadGuardShop
from amends.facts.guard_shops import ShopThere
from amends.facts.programmes import REGIONS
from amends.facts.promises import PAGE_MARKETS
from amends.facts.rulebook import Says
from amends.web.front import front
from amends.web.hant import to_hant
from amends.web.tongues import TONGUES, tongue
from amends.web.who import acting, needs


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One month of one network as the form shows it."""

    forum: str
    day: date
    month: str
    count: MonthCount
    disputes: int


@require_http_methods(["GET", "HEAD", "POST"])
@needs("assign")
def monitors(request: HttpRequest) -> HttpResponse:
    """Will show how far each shop is from each line, and keep what a processor reports of a month."""
    person, desk = acting(request), front().guards
    fault: UnableToReadMonth | None = None
    told = request.POST
    if request.method == "POST":
        try:
            desk.tell_month(person, told.get("shop", ""), told.get("forum", ""), told.get("month", ""), told.dict())
            return HttpResponseRedirect("/guards?done=1")
        except UnableToGuard as gone:
            raise Http404 from gone
        except UnableToReadMonth as found:
            fault = found
    today = desk.now().date()
    given = {
        "shops": [(one, _months(one, today)) for one in desk.watched(person)],
        "fault": fault,
        "at": (told.get("shop", ""), told.get("forum", ""), told.get("month", "")),
        "written": told.dict() if fault else {},
        "done": request.GET.get("done") == "1",
        "today": today,
        "may": person.may("money"),
    }
    return render(request, "guards.html", given, status=400 if fault else 200)


def _months(found: Watched, today: date) -> list[MonthLine]:
    lines = []
    for forum in FORUMS:
        for day in months_shown(today):
            count = found.months[forum].get(day, MonthCount(day))
            lines.append(MonthLine(forum, day, day.isoformat()[:7], count, sum(count.disputes.values())))
    return lines


@require_http_methods(["GET", "HEAD", "POST"])
@needs("assign")
def statements(request: HttpRequest) -> HttpResponse:
    """Will show what buyers read on their statements, and keep what a shop tells of it."""
    person, desk = acting(request), front().guards
    fault: UnableToReadGuardShop | None = None
    if request.method == "POST":
        try:
            desk.tell_shop(person, request.POST.get("shop", ""), request.POST.dict())
            return HttpResponseRedirect("/guards/statements?done=1")
        except UnableToGuard as gone:
            raise Http404 from gone
        except UnableToReadGuardShop as found:
            fault = found
    given = {
        "shops": desk.on_statements(person),
        "forms": [form.name for form in FORMS],
        "regions": REGIONS,
        "fault": fault,
        "at": request.POST.get("shop", ""),
        "done": request.GET.get("done") == "1",
        "may": person.may("settings"),
    }
    return render(request, "guard_statements.html", given, status=400 if fault else 200)


@require_safe
@needs("assign")
def listings(request: HttpRequest) -> HttpResponse:
    """Will show the listings that may promise what buyers do not find."""
    desk = front().guards
    days = {"since": desk.now().date() - timedelta(days=SEEN_DAYS), "today": desk.now().date()}
    return render(request, "guard_listings.html", {"shops": desk.doubtful(acting(request)), **days})


@require_safe
@needs("assign")
def buyer_rings(request: HttpRequest) -> HttpResponse:
    """Will show buyers who are tied together and claim far more often than others."""
    return render(request, "guard_rings.html", {"merchants": front().guards.rings(acting(request))})


@require_http_methods(["GET", "HEAD", "POST"])
@needs("work")
def policy_pages(request: HttpRequest) -> HttpResponse:
    """Will show the page of a shop for a market with the duties it meets, and write down where it was put."""
    person, desk = acting(request), front().guards
    shops = desk.book.shops(person.merchants)
    shop, market = _asked(request, shops)
    fault: UnableToReadGuardShop | None = None
    if request.method == "POST":
        try:
            return _tell_page(request, shop, market)
        except UnableToReadGuardShop as unread:
            fault = unread
    found = _page_of(request, shop, market) if shop else None
    language = (request.POST if request.method == "POST" else request.GET).get("language", "")
    language = language if language in TONGUES else tongue()
    given = {
        "shops": [one.name for one in shops],
        "markets": PAGE_MARKETS,
        "languages": TONGUES,
        "shop": shop,
        "market": market,
        "language": language,
        "found": found,
        "told": desk.book.told(shop) if shop else None,
        "sections": _sections(found, language) if found else [],
        "fault": fault,
        "written": request.POST.dict() if fault else {},
        "done": request.GET.get("done") == "1",
        "may": person.may("settings"),
    }
    return render(request, "guard_pages.html", given, status=400 if fault else 200)


def _asked(request: HttpRequest, shops: Sequence[ShopThere]) -> tuple[str, str]:
    """The shop and the market that are asked for, else the first shop and its own market."""
    asked = request.POST if request.method == "POST" else request.GET
    shop = asked.get("shop") or (shops[0].name if shops else "")
    home = next((one.market for one in shops if one.name == shop and one.market in PAGE_MARKETS), PAGE_MARKETS[0])
    return shop, asked.get("market") or home


def _page_of(request: HttpRequest, shop: str, market: str) -> PolicyPage:
    try:
        return front().guards.policy_page(acting(request), shop, market)
    except UnableToGuard as gone:
        raise Http404 from gone


def _tell_page(request: HttpRequest, shop: str, market: str) -> HttpResponse:
    person, desk, told = acting(request), front().guards, request.POST
    try:
        if "url" in told:
            desk.tell_posted(person, shop, market, told["url"].strip())
        else:
            desk.tell_shop(person, shop, told.dict())
    except UnableToGuard as gone:
        raise Http404 from gone
    query = request.POST.copy()
    for name in list(query):
        if name not in ("shop", "market", "language"):
            del query[name]
    return HttpResponseRedirect(f"/guards/pages?{query.urlencode()}&done=1")


def _sections(found: PolicyPage, language: str) -> list[tuple[str, list[str], bool]]:
    return [
        (_in(one.title, language), [_in(words, language) for words in one.paragraphs], one.listed)
        for one in found.page.sections
    ]


def _in(words: Says, language: str) -> str:
    return words.en if language == "en" else to_hant(words.zh) if language == "zh_hant" else words.zh


@require_safe
@needs("work")
def policy_text(request: HttpRequest) -> HttpResponse:
    """Will give the page as a text file, to be put on the shop's own site."""
    shop, market = _asked(request, front().guards.book.shops(acting(request).merchants))
    language = request.GET.get("language", "")
    found = _page_of(request, shop, market)
    text: Any = found.page.text("en" if language == "en" else "zh")
    if language == "zh_hant":
        text = to_hant(text)
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="returns-{market}-{language or "en"}.txt"'
    return answer

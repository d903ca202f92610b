"""What every page of a shop's buyers has: its shop, its look, the fault in the reader's language, nothing kept by search engines."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import quote

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from amends.desk.cases.faults import UnableToWork
from amends.desk.portal.withdrawal import has_function
from amends.facts.rulebook import Says
from amends.facts.shops import KeptShop
from amends.facts.withdrawal import labels_of
from amends.web.front import front
from amends.web.portal.look import style_address
from amends.web.tongues import from_known, tongue

_PLAIN: Final = re.compile(r"[^\d/][^/]*|\d+[^\d/][^/]*")
View = Callable[..., HttpResponse]


def shop_address(shop: KeptShop) -> str:
    """Where a shop's buyers begin: under its name, or its number where the name cannot stand in an address."""
    return f"/s/{quote(shop.name) if _PLAIN.fullmatch(shop.name) else shop.number}"


def for_buyers(*methods: str) -> Callable[[View], View]:
    """Will make a view a page of a shop's buyers: it is handed the shop, and needs no sign-in."""

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def shown(request: HttpRequest, shop: str, **given: Any) -> HttpResponse:
            if "\0" in shop or _has_nul(request):
                return missing(request)
            found = front().portal.shop(shop)
            answer = missing(request) if found is None else view(request, found, **given)
            answer.headers.setdefault("X-Robots-Tag", "noindex")
            return answer

        opened: View = login_not_required(require_http_methods(list(methods))(shown))
        return opened

    return wrap


def _has_nul(request: HttpRequest) -> bool:
    """No person types it, and not every database keeps it."""
    return any(
        "\0" in value for given in (request.GET, request.POST) for _, values in given.lists() for value in values
    )


def page(
    request: HttpRequest, shop: KeptShop, template: str, shown: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """A page in the shop's look."""
    market = str(shown.get("market") or shop.market)
    frame = {
        "shop": shop,
        "shop_title": shop.look.title or shop.name,
        "base": shop_address(shop),
        "style": style_address(shop_address(shop), shop),
        "labels": labels_of(market),
        "withdrawable": has_function(market) or has_function(shop.market),
        "market": market,
    }
    return render(request, template, {**frame, **shown}, status=status)


def missing(request: HttpRequest, shop: KeptShop | None = None) -> HttpResponse:
    """There is no such page, or it is not for this reader, which is the same to whoever asks."""
    if shop is not None:
        return page(request, shop, "portal/missing.html", {}, 404)
    return render(request, "portal/missing.html", {}, status=404)


def said(fault: UnableToWork) -> str:
    """Why something was not done, in the reader's language."""
    return says(fault.says)


def says(text: Says) -> str:
    """A sentence in the reader's language."""
    language = tongue()
    return text.en if language == "en" else from_known(text.zh, language)

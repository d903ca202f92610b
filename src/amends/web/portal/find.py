"""Finding one's order: number and contact, the same answer and the same work whatever was wrong."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_post_parameters

from amends.facts.orders import ShopOrderFile
from amends.facts.portal import LONGEST_CONTACT, LONGEST_NUMBER
from amends.facts.shops import KeptShop
from amends.store.portal_cases import WINDOW_MINUTES, looked_too_often
from amends.web.front import front
from amends.web.portal.frame import for_buyers, page, shop_address
from amends.web.portal.session import forget, order_of, remember
from amends.web.tongues import tongue
from amends.web.words import page_words

MOST_BY_ADDRESS: Final = 30
MOST_BY_ORDER: Final = 10


class UnableToLookMore(Exception):
    """Somebody looked too often in the last minutes."""


@for_buyers("GET", "HEAD", "POST")
@sensitive_post_parameters("contact")
def find(request: HttpRequest, shop: KeptShop) -> HttpResponse:
    """Will find the order of whoever knows its number and the contact it was placed with."""
    if request.method != "POST":
        if order_of(request, shop) is not None:
            return HttpResponseRedirect(f"{shop_address(shop)}/order")
        return page(request, shop, "portal/find.html", {"number": request.GET.get("order", "")[:LONGEST_NUMBER]})
    number, contact = request.POST.get("number", "").strip(), request.POST.get("contact", "").strip()
    shown = {"number": number[:LONGEST_NUMBER], "contact": contact[:LONGEST_CONTACT]}
    try:
        order = look_up(request, shop, number, contact)
    except UnableToLookMore:
        fault = page_words("portal.find.wait", tongue(), minutes=WINDOW_MINUTES)
        return page(request, shop, "portal/find.html", {**shown, "fault": fault}, 429)
    if order is None:
        fault = page_words("portal.find.not_found", tongue())
        return page(request, shop, "portal/find.html", {**shown, "fault": fault}, 403)
    return remember(HttpResponseRedirect(f"{shop_address(shop)}/order"), shop, order)


@for_buyers("POST")
def leave(request: HttpRequest, shop: KeptShop) -> HttpResponse:
    """Will forget which order this browser saw."""
    return forget(HttpResponseRedirect(shop_address(shop)), shop)


def look_up(request: HttpRequest, shop: KeptShop, number: str, contact: str) -> ShopOrderFile | None:
    """The order, where number and contact fit. Counted by address and by order, found or not. Raises `UnableToLookMore`."""
    limits = (
        (f"from {shop.number} {request.META.get('REMOTE_ADDR', '')}", MOST_BY_ADDRESS),
        (f"order {shop.number} {number[:LONGEST_NUMBER].casefold()}", MOST_BY_ORDER),
    )
    if looked_too_often(front().now(), *limits):
        raise UnableToLookMore
    return front().orders.find(shop.name, number[:LONGEST_NUMBER], contact[:LONGEST_CONTACT])

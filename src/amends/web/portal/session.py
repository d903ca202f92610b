"""A buyer who has shown which order is theirs: a signed cookie for one shop and one order, good for two hours from its last use."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from amends.facts.orders import ShopOrderFile
from amends.facts.shops import KeptShop
from amends.web.front import front

SECONDS: Final = 2 * 60 * 60
_SALT: Final = "amends.portal.session"


def order_of(request: HttpRequest, shop: KeptShop) -> ShopOrderFile | None:
    """The order that this browser may see at this shop; None where it has shown none, or too long ago."""
    try:
        told = signing.loads(request.COOKIES.get(_name(shop), ""), salt=_SALT, max_age=SECONDS)
    except signing.BadSignature:
        return None
    if not isinstance(told, dict) or told.get("shop") != shop.number:
        return None
    return front().portal.order(shop.name, str(told.get("order")))


def remember(response: HttpResponse, shop: KeptShop, order: ShopOrderFile) -> HttpResponse:
    """Will let this browser see the order for two hours from now."""
    response.set_cookie(
        _name(shop),
        signing.dumps({"shop": shop.number, "order": order.number}, salt=_SALT),
        max_age=SECONDS,
        path="/s/",
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def forget(response: HttpResponse, shop: KeptShop) -> HttpResponse:
    """Will let this browser see it no more."""
    response.delete_cookie(_name(shop), path="/s/", samesite="Lax")
    return response


def _name(shop: KeptShop) -> str:
    return f"order-{shop.number}"

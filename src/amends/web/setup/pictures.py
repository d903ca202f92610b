"""The page of a merchant's own pictures of its products, opened from each of its shops."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.desk.product_pictures import SHOWN
from amends.desk.settings.gate import UnableToSet
from amends.facts.shops import KeptShop
from amends.web.files import SANDBOX
from amends.web.front import front
from amends.web.money import BEYOND_KEYS
from amends.web.setup.gate import acting, keepers_only
from amends.web.uploads import uploads_of


@require_http_methods(["GET", "HEAD", "POST"])
@keepers_only
def pictures_page(request: HttpRequest, number: int) -> HttpResponse:
    """Will show the pictures of a shop's merchant, and take in more."""
    person, shop = acting(request), _shop(request, number)
    desk, fault = front().pictures.products, None
    if request.method == "POST":
        try:
            desk.add(shop.merchant, uploads_of(request), person)
            return HttpResponseRedirect(f"/settings/shops/{number}/pictures?done=save")
        except UnableToSet as found:
            fault = found
    pictures, total = desk.pictures(shop.merchant, person)
    shown = {"shop": shop, "pictures": pictures, "total": total, "most": SHOWN, "fault": fault}
    shown["done"] = request.GET.get("done", "")
    return render(request, "setup/pictures.html", shown, status=409 if fault else 200)


@require_safe
@keepers_only
def picture(request: HttpRequest, number: int, place: int) -> HttpResponse:
    """Will give one of them, small."""
    merchant = _shop(request, number).merchant
    small = front().pictures.products.small(merchant, place, acting(request)) if place < BEYOND_KEYS else None
    if small is None:
        raise Http404
    head = {"Cache-Control": "private, max-age=3600", "Content-Security-Policy": SANDBOX}
    return HttpResponse(small, content_type="image/jpeg", headers=head)


@require_POST
@keepers_only
def remove(request: HttpRequest, number: int, place: int) -> HttpResponse:
    """Will forget one of them."""
    merchant = _shop(request, number).merchant
    if place < BEYOND_KEYS:
        front().pictures.products.remove(merchant, place, acting(request))
    return HttpResponseRedirect(f"/settings/shops/{number}/pictures?done=save")


def _shop(request: HttpRequest, number: int) -> KeptShop:
    found = front().settings.shops.shop(number, acting(request)) if number < BEYOND_KEYS else None
    if found is None:
        raise Http404
    return found

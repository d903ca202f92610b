"""A buyer says no to advertising, by the link that each such message tells."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from amends.desk.portal import following
from amends.facts.shops import KeptShop
from amends.web.front import front
from amends.web.portal.case import buyer_in, case_of, shown_of
from amends.web.portal.frame import for_buyers, missing, page, shop_address


@for_buyers("GET", "HEAD", "POST")
def no_more(request: HttpRequest, shop: KeptShop, token: str) -> HttpResponse:
    """Will ask once more, so that nothing that only opens links stops anything; and keep the no."""
    number = case_of(shop, token)
    if number is None:
        return missing(request, shop)
    if request.method == "POST":
        front().win_back.stop(number, buyer_in(shop, number))
        return HttpResponseRedirect(f"{shop_address(shop)}/case/{token}/no-more?done=1")
    state = following.follow(front().portal, number).state
    shown = {**shown_of(shop, token, state), "done": "done" in request.GET}
    return page(request, shop, "portal/no_more.html", shown, 200)

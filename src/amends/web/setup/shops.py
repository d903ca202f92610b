"""The pages of shops: the list, and one with how it works and what it shows its buyers."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from amends.basics.zones import MARKETS
from amends.desk.settings.gate import UnableToSet
from amends.desk.settings.policies import read
from amends.facts.kept_policies import KeptPolicy
from amends.facts.people import Person
from amends.facts.shops import BIGGEST_LOGO, DEFAULT_COLOUR, KeptShop
from amends.facts.vocabulary_case import LABELS
from amends.web.front import front
from amends.web.money import BEYOND_KEYS
from amends.web.setup.gate import acting, keepers_only
from amends.web.setup.shop_form import answer_within, typed_shop


@require_safe
@keepers_only
def shop_list(request: HttpRequest) -> HttpResponse:
    """Will list the shops with their calendars and policies."""
    person, desk = acting(request), front().settings
    calendars = {one.number: one.calendar.name for one in desk.calendars.calendars(person)}
    policies = desk.policies.policies(person)
    connected = {one.connection.shop for one in front().connect.healths(person)}
    rows = [
        (shop, calendars.get(shop.calendar or 0), speaks_for(policies, shop), shop.name in connected)
        for shop in desk.shops.shops(person)
    ]
    return render(request, "setup/shops.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@keepers_only
def shop_page(request: HttpRequest, number: int) -> HttpResponse:
    """Will show a shop and keep what was typed."""
    person = acting(request)
    shop = _shop(number, person)
    if request.method != "POST":
        return _page(request, shop)
    typed = shop
    try:
        typed = typed_shop(request.POST, shop)
        front().settings.shops.change(typed, person, _upload(request))
    except UnableToSet as fault:
        return _page(request, typed, fault)
    return HttpResponseRedirect(f"/settings/shops/{number}?done=save")


@require_safe
@keepers_only
def logo(request: HttpRequest, number: int, sha256: str) -> HttpResponse:
    """Will give a shop's logo."""
    shop = _shop(number, acting(request))
    return logo_answer(shop.number, sha256)


def logo_answer(number: int, sha256: str) -> HttpResponse:
    """A logo as an answer: it was written anew by us as PNG, and is kept for ever under its fingerprint. Raises `Http404`."""
    found = front().settings.shops.book.logo(number, sha256)
    if found is None:
        raise Http404
    head = {
        "Cache-Control": "private, max-age=31536000, immutable",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return HttpResponse(found, content_type="image/png", headers=head)


def speaks_for(policies: Sequence[KeptPolicy], shop: KeptShop) -> KeptPolicy | None:
    """The live policy that speaks for a shop in its own market; None: the built-in one."""
    for policy in policies:
        if policy.live is None or policy.merchant != shop.merchant:
            continue
        made = read(policy.live.text)[0]
        if made and made.concerns(shop.name, shop.market, shop.channel):
            return policy
    return None


def _shop(number: int, person: Person) -> KeptShop:
    found = front().settings.shops.shop(number, person) if number < BEYOND_KEYS else None
    if found is None:
        raise Http404
    return found


def _upload(request: HttpRequest) -> bytes | None:
    given = request.FILES.get("logo")
    return given.read(BIGGEST_LOGO + 1) if isinstance(given, UploadedFile) and given.size else None


def _page(request: HttpRequest, shop: KeptShop, fault: UnableToSet | None = None) -> HttpResponse:
    desk, person = front().settings, acting(request)
    within, unit = answer_within(shop)
    shown = {
        "shop": shop,
        "fault": fault,
        "done": request.GET.get("done", ""),
        "calendars": desk.shops.calendars_of(shop),
        "connection": front().connect.of_shop(person, shop.name),
        "connectable": any(one.name == shop.channel for one in front().connect.kinds()),
        "policy": speaks_for(desk.policies.policies(person), shop),
        "markets": sorted(MARKETS),
        "labels": sorted(LABELS),
        "within": within,
        "unit": unit,
        "colour": shop.look.colour or DEFAULT_COLOUR,
        "addresses": [(one.name, "\n".join(one.lines), one.phone) for one in shop.look.return_addresses],
        "empty": ("", "", ""),
    }
    return render(request, "setup/shop.html", shown, status=409 if fault else 200)

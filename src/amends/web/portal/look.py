"""How a shop looks to its buyers: its colour, made to stand out from what lies under it, and its logo."""

from __future__ import annotations

import hashlib
from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from amends.facts.shops import DEFAULT_COLOUR, KeptShop
from amends.web.front import front
from amends.web.portal.colours import mixed, on, readable
from amends.web.setup.shops import logo_answer

_LIGHT_GROUNDS: Final = ("#ffffff", "#f4f4f1", "#eeefeb")
_DARK_GROUNDS: Final = ("#171f21", "#0f1516", "#263032")


@login_not_required
@require_safe
def style(request: HttpRequest, shop: str) -> HttpResponse:
    """Will give the shop's colours as a style sheet; the address changes with them."""
    found = _shop(shop)
    head = {"Cache-Control": "public, max-age=86400"}
    return HttpResponse(style_of(found.look.colour or DEFAULT_COLOUR), content_type="text/css", headers=head)


@login_not_required
@require_safe
def logo(request: HttpRequest, shop: str, sha256: str) -> HttpResponse:
    """Will give the shop's logo."""
    return logo_answer(_shop(shop).number, sha256)


def style_address(base: str, shop: KeptShop) -> str:
    """Where the shop's style sheet is."""
    made = hashlib.sha256(style_of(shop.look.colour or DEFAULT_COLOUR).encode()).hexdigest()[:12]
    return f"{base}/look.css?v={made}"


def style_of(colour: str) -> str:
    """The colours of a shop, light and dark: every one readable on every ground of the pages (WCAG AA)."""
    light, dark = (
        _table(colour, _LIGHT_GROUNDS, "#000000", "#ffffff"),
        _table(colour, _DARK_GROUNDS, "#ffffff", "#0f1516"),
    )
    return (
        f":root{{{light}}}\n"
        f'@media screen{{:root[data-theme="dark"]{{{dark}}}}}\n'
        f'@media screen and (prefers-color-scheme:dark){{:root:not([data-theme="light"]){{{dark}}}}}\n'
    )


def _table(colour: str, grounds: tuple[str, ...], towards: str, surface: str) -> str:
    soft = mixed(surface, colour, 12)
    accent = readable(colour, (*grounds, soft), towards)
    strong = mixed(accent, towards, 20)
    told = {"accent": accent, "accent-strong": strong, "accent-soft": soft, "on-accent": on(accent, strong)}
    return "".join([f"--{name}:{value};" for name, value in told.items()])


def _shop(name: str) -> KeptShop:
    found = front().portal.shop(name) if "\0" not in name else None
    if found is None:
        raise Http404
    return found

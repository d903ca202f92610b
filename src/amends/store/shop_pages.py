"""The shops with their settings in the database."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Final

from amends.facts.shops import KeptShop, ReturnAddress, ShopLook
from amends.store import hot
from amends.store.database import writing
from amends.store.models import Merchant, Shop, ShopPage

_LOOK: Final = (
    "SELECT p.title, p.contact_mail, p.colour, p.logo_sha256, p.return_addresses "
    "FROM store_shoppage p JOIN store_shop s ON s.id = p.shop_id WHERE s.name = %s"
)


class DatabaseShops:
    """Implements `amends.desk.settings.ports.ShopBook` on the database, and gives the pages for buyers what a shop shows."""

    def shops(self, merchants: frozenset[str] | None) -> list[KeptShop]:
        """Will give the shops of these merchants, or of all."""
        rows = Shop.objects.select_related("page").defer("page__logo").order_by("name")
        if merchants is not None:
            rows = rows.filter(merchant__in=merchants)
        return [_kept(row) for row in rows]

    def shop(self, number: int) -> KeptShop | None:
        """Will give one shop, or None."""
        row = Shop.objects.select_related("page").defer("page__logo").filter(pk=number).first()
        return _kept(row) if row else None

    def merchants(self) -> list[str]:
        """Will give every merchant that there is."""
        return list(Merchant.objects.order_by("name").values_list("name", flat=True))

    def look(self, shop: str) -> ShopLook:
        """Will give what the shop of this name shows; the empty look where it has none."""
        found = hot.values(_LOOK, [shop])
        if not found:
            return ShopLook()
        title, mail, colour, logo, addresses = found[0]
        return _look(
            ShopPage(
                title=title,
                contact_mail=mail,
                colour=colour,
                logo_sha256=logo,
                return_addresses=json.loads(addresses),
            )
        )

    def logo(self, shop: int, sha256: str) -> bytes | None:
        """Will give the logo of a shop by its fingerprint; None where it has another one, or none."""
        found = ShopPage.objects.filter(shop=shop, logo_sha256=sha256).values_list("logo", flat=True).first()
        return bytes(found) if found else None

    def keep(self, shop: KeptShop, logo: bytes | None) -> None:
        """Will write a shop's settings."""
        look = shop.look
        with writing():
            Shop.objects.filter(pk=shop.number).update(
                market=shop.market,
                currency=shop.currency,
                labels=list(shop.labels),
                automatic=shop.automatic,
                undo_seconds=shop.undo_seconds,
                answer_within_minutes=shop.answer_within_minutes,
                settle_within_hours=shop.settle_within_hours,
                calendar=shop.calendar,
            )
            told: dict[str, object] = {
                "title": look.title,
                "contact_mail": look.contact_mail,
                "colour": look.colour,
                "logo_sha256": look.logo_sha256,
                "return_addresses": [asdict(one) for one in look.return_addresses],
            }
            if logo is not None or not look.logo_sha256:
                told["logo"] = logo
            ShopPage.objects.update_or_create(shop_id=shop.number, defaults=told)


def _kept(row: Shop) -> KeptShop:
    return KeptShop(
        number=row.pk,
        name=row.name,
        merchant=row.merchant,
        channel=row.channel,
        market=row.market,
        currency=row.currency,
        labels=tuple(row.labels),
        automatic=row.automatic,
        undo_seconds=row.undo_seconds,
        answer_within_minutes=row.answer_within_minutes,
        settle_within_hours=row.settle_within_hours,
        calendar=row.calendar_id,
        look=_look(getattr(row, "page", None)),
    )


def _look(page: ShopPage | None) -> ShopLook:
    if page is None:
        return ShopLook()
    addresses = tuple(
        ReturnAddress(str(one["name"]), tuple(one["lines"]), str(one.get("phone", ""))) for one in page.return_addresses
    )
    return ShopLook(page.title, page.contact_mail, page.colour, page.logo_sha256, addresses)

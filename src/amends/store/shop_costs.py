"""What returns cost the shops, in the database; and what open cases ask for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Count, Sum

from amends.facts.audit import Deed
from amends.facts.people import Merchants
from amends.facts.shop_costs import ShopCosts, read_costs
from amends.store.audit_book import DatabaseAudit
from amends.store.database import writing
from amends.store.models import CaseRow, Shop, ShopCostRow
from amends.store.walls import of_shops, shops_within, walled


class DatabaseCosts:
    """Implements `amends.desk.metrics.CostBook` on the database."""

    def all(self, merchants: Merchants) -> dict[str, ShopCosts]:
        """Will give the figures of every shop within a wall that told any."""
        rows = walled(ShopCostRow.objects.select_related("shop"), merchants, "shop")
        return {row.shop.name: read_costs(row.told, row.shop.currency) for row in rows}

    def shops(self, merchants: Merchants) -> Mapping[str, tuple[str, str]]:
        """Will give every shop within a wall with its merchant and currency."""
        found = Shop.objects.order_by("name")
        if merchants is not None:
            found = found.filter(merchant__in=merchants)
        return {
            name: (merchant, currency) for name, merchant, currency in found.values_list("name", "merchant", "currency")
        }

    def keep(self, shop: str, costs: ShopCosts, deed: Deed, at: datetime) -> None:
        """Will keep a shop's figures and write down who told them."""
        with writing():
            row = Shop.objects.get(name=shop)
            ShopCostRow.objects.update_or_create(shop=row, defaults={"told": costs.told(), "by": deed.who, "at": at})
            DatabaseAudit().write(deed, at)


def open_money(merchants: Merchants) -> dict[str, tuple[int, int]]:
    """Will add up what open cases ask for, by currency, the currency with the most cases first."""
    rows = CaseRow.objects.filter(state="open", **of_shops(shops_within(merchants)))
    found = rows.values("currency").annotate(many=Count("pk"), asked=Sum("amount_minor")).order_by("-many", "currency")
    return {row["currency"]: (row["many"], int(row["asked"] or 0)) for row in found}

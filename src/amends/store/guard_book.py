"""The words and numbers of guards in the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any, Final

from django.db.models import Count, Max, OuterRef, Subquery
from django.db.models.functions import TruncMonth

from amends.facts.audit import Deed
from amends.facts.dispute_codes import family_of
from amends.facts.guard_counts import MonthCount, MonthTold
from amends.facts.guard_shop import GuardShop, read_guard_shop
from amends.facts.guard_shops import Complaints, ShopThere, Unknown
from amends.facts.listings import Listing
from amends.facts.people import Merchants
from amends.facts.programmes import region_of
from amends.facts.rings import TiedClaim
from amends.store.audit_book import DatabaseAudit
from amends.store.database import writing
from amends.store.models import (
    CaseRow,
    DisputeRow,
    GuardShopRow,
    ListingRow,
    MonthToldRow,
    OrderPayment,
    PostedPageRow,
    Shop,
    ShopOrder,
)
from amends.store.shop_pages import DatabaseShops
from amends.store.tied_claims import all_orders, orders_of, tied_claims

_UNKNOWN: Final = ("unrecognized", "unrecognised", "not_recognized", "4863", "F24", "C08")
"""Reasons by which a buyer says outright that the charge is not known."""


class DatabaseGuards:
    """Implements `amends.desk.guards.ports.GuardBook`."""

    def shops(self, merchants: Merchants) -> Sequence[ShopThere]:
        """Will give every shop within a wall, by name."""
        found = Shop.objects.order_by("name")
        if merchants is not None:
            found = found.filter(merchant__in=merchants)
        return [ShopThere(*row) for row in found.values_list("name", "merchant", "channel", "market")]

    def told(self, shop: str) -> GuardShop:
        """Will give what a shop told; what it did not tell here is taken from its page for buyers."""
        row = GuardShopRow.objects.filter(shop__name=shop).first()
        home = Shop.objects.filter(name=shop).values_list("market", flat=True).first() or ""
        look = DatabaseShops().look(shop)
        back = look.return_addresses[0].in_a_line() if look.return_addresses else ""
        shown = GuardShop(name=look.title, email=look.contact_mail, return_address=back, region=region_of(home))
        told = {name: text for name, text in row.told.items() if text} if row else {}
        return read_guard_shop(told, shown)

    def keep(self, shop: str, told: GuardShop, deed: Deed, at: datetime) -> None:
        """Will keep what a shop told."""
        with writing():
            row = Shop.objects.get(name=shop)
            GuardShopRow.objects.update_or_create(shop=row, defaults={"told": told.told(), "by": deed.who, "at": at})
            DatabaseAudit().write(deed, at)

    def months(self, shop: str, forum: str, since: date) -> Mapping[date, MonthCount]:
        """Will count each month of a network; a dispute belongs to the month in which it was opened."""
        start = datetime.combine(since, time(), UTC)
        counts = {day: MonthCount(day, counted=many) for day, many in _payments(shop, start).items()}
        for day, month in _disputes(shop, forum, start).items():
            counts[day] = replace(month, counted=counts[day].counted if day in counts else 0)
        for day, told in MonthToldRow.objects.filter(shop__name=shop, forum=forum, day__gte=since).values_list(
            "day", "told"
        ):
            counts[day] = replace(counts.get(day, MonthCount(day)), told=MonthTold(**told))
        return counts

    def keep_month(self, shop: str, forum: str, day: date, told: MonthTold, deed: Deed, at: datetime) -> None:
        """Will keep a month, or forget it where nothing is told of it."""
        with writing():
            key: dict[str, Any] = {"shop": Shop.objects.get(name=shop), "forum": forum, "day": day}
            if told.told():
                MonthToldRow.objects.update_or_create(**key, defaults={"told": told.told(), "by": deed.who, "at": at})
            else:
                MonthToldRow.objects.filter(**key).delete()
            DatabaseAudit().write(deed, at)

    def unknown(self, shop: str, since: datetime) -> Unknown:
        """Will count the card disputes of a shop, and those whose buyers did not know the charge."""
        rows = DisputeRow.objects.filter(shop__name=shop, sort="card", opened_at__gte=since)
        found = list(rows.values_list("forum", "reason").annotate(many=Count("pk")))
        fraud = sum(many for forum, reason, many in found if family_of(forum, reason) == "fraud")
        unknown = sum(many for forum, reason, many in found if reason.lower() in _UNKNOWN or reason in _UNKNOWN)
        return Unknown(sum(many for *_, many in found), fraud, unknown)

    def complaints(self, shop: str, since: datetime) -> Complaints:
        """Will count the reasons given since then, by SKU."""
        rows = CaseRow.objects.filter(shop__name=shop, imported_at__gte=since).exclude(sku="")
        counted: dict[str, Counter[str]] = {}
        titles: dict[str, str] = {}
        for sku, reason, title, many in rows.values_list("sku", "reason").annotate(
            title=Max("title"), many=Count("pk")
        ):
            counted.setdefault(sku, Counter())[reason] += many
            titles[sku] = title
        return Complaints({sku: dict(reasons) for sku, reasons in counted.items()}, titles)

    def tied(self, merchant: str, since: datetime) -> Sequence[TiedClaim]:
        """Will give the cases of a merchant's told orders since then, with what ties their buyers together."""
        return tied_claims(merchant, since)

    def ordered(self, merchant: str, since: datetime, claims: Sequence[TiedClaim] | None) -> int:
        """Will count the orders of the buyers of these claims since then; None: of all buyers."""
        return all_orders(merchant, since) if claims is None else orders_of(merchant, since, claims)

    def listings(self, shop: str, skus: Sequence[str]) -> Mapping[str, Listing]:
        """Will give what the newest version of each listing says."""
        found: dict[str, Listing] = {}
        rows = ListingRow.objects.filter(shop__name=shop, sku__in=skus).order_by("at", "number")
        for sku, told in rows.values_list("sku", "listing"):
            found[sku] = Listing(**{**told, "pictures": tuple(told.get("pictures") or ())})
        return found

    def posted(self, shop: str, market: str) -> tuple[str, str, str, datetime] | None:
        """Will give where the page of a market was put last."""
        row = PostedPageRow.objects.filter(shop__name=shop, market=market).order_by("-at", "-pk").first()
        return (row.url, row.digest, row.by, row.at) if row else None

    def keep_posted(self, shop: str, market: str, url: str, digest: str, deed: Deed, at: datetime) -> None:
        """Will write down that a page was put somewhere."""
        with writing():
            row = Shop.objects.get(name=shop)
            PostedPageRow.objects.create(shop=row, market=market, url=url, digest=digest, by=deed.who, at=at)
            DatabaseAudit().write(deed, at)


def _payments(shop: str, since: datetime) -> dict[date, int]:
    """Card payments by the month in which their orders were placed."""
    placed = ShopOrder.objects.filter(shop=OuterRef("order__shop"), number=OuterRef("order__number")).values(
        "placed_at"
    )
    rows = OrderPayment.objects.filter(order__shop__name=shop, method="card").annotate(placed=Subquery(placed[:1]))
    found = rows.filter(placed__gte=since).annotate(month=TruncMonth("placed", tzinfo=UTC)).values_list("month")
    return {month.date(): many for month, many in found.annotate(many=Count("pk"))}


def _disputes(shop: str, forum: str, since: datetime) -> dict[date, MonthCount]:
    rows = DisputeRow.objects.filter(shop__name=shop, forum=forum, opened_at__gte=since, sort__in=("card", "alert"))
    months: dict[date, _Month] = {}
    told = rows.values_list("sort", "reason", "stage", "opened_at", "amount_minor", "currency", "more")
    for sort, reason, stage, opened, amount, currency, more in told.iterator(chunk_size=2000):
        day = opened.astimezone(UTC).date().replace(day=1)
        months.setdefault(day, _Month()).add(
            sort, family_of(forum, reason), stage, (currency, amount), bool(more.get("earlier"))
        )
    return {day: month.count(day) for day, month in months.items()}


class _Month:
    """The disputes and alerts of a month, being added up."""

    def __init__(self) -> None:
        self.causes: Counter[str] = Counter()
        self.out: Counter[str] = Counter()
        self.minor: Counter[str] = Counter()
        self.fraud_minor: Counter[str] = Counter()
        self.alerts = 0

    def add(self, sort: str, family: str, stage: str, money: tuple[str, int], compelling: bool) -> None:
        """Will count one; an alert only where it is of fraud and did not become a dispute."""
        if sort == "alert":
            self.alerts += family == "fraud" and stage != "charged_back"
            return
        self.causes[family] += 1
        self.minor[money[0]] += money[1]
        if family == "fraud":
            self.fraud_minor[money[0]] += money[1]
        if stage == "averted":
            self.out["rdr"] += 1
        elif stage == "won" and compelling:
            self.out["ce3"] += 1

    def count(self, day: date) -> MonthCount:
        """Will give what was added up."""
        return MonthCount(
            day,
            dict(self.causes),
            dict(self.out),
            self.alerts,
            minor=dict(self.minor),
            fraud_minor=dict(self.fraud_minor),
        )

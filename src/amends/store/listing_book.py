"""Versions of listings in the database, and the policies of a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from amends.facts.listings import KeptListing, Listing
from amends.store.case_rows import shop_named
from amends.store.database import writing
from amends.store.models import ListingRow, PolicyVersion, Shop


class DatabaseListings:
    """Implements `amends.desk.vault.ports.ListingBook`."""

    def put(
        self, shop: str, sku: str, listing: Listing, by: str, at: datetime, told_at: datetime
    ) -> KeptListing | None:
        """Will keep a version, unless the version that stood then says the same."""
        with writing():
            owner = shop_named(shop)
            if owner is None:
                raise KeyError(shop)
            Shop.objects.select_for_update().get(pk=owner.pk)
            there = ListingRow.objects.filter(shop=owner, sku=sku)
            before = there.filter(at__lte=at).order_by("-at", "-number").first()
            if before is not None and before.digest == listing.digest:
                return None
            number = (there.order_by("-number").values_list("number", flat=True).first() or 0) + 1
            row = ListingRow.objects.create(
                shop=owner,
                sku=sku,
                number=number,
                at=at,
                told_at=told_at,
                by=by[:120],
                listing=asdict(listing),
                digest=listing.digest,
            )
            return _kept(row, shop)

    def versions(self, shop: str, sku: str) -> Sequence[KeptListing]:
        """Will give the versions, the newest first."""
        rows = ListingRow.objects.filter(shop__name=shop, sku=sku).order_by("-at", "-number")
        return [_kept(row, shop) for row in rows[:200]]

    def at(self, shop: str, skus: Sequence[str], moment: datetime) -> Mapping[str, tuple[KeptListing, KeptListing]]:
        """Will give for each SKU what stood then, and what stands today."""
        found = {}
        for sku in skus:
            rows = ListingRow.objects.filter(shop__name=shop, sku=sku).order_by("-at", "-number")
            today = rows.first()
            if today is not None:
                then = rows.filter(at__lte=moment).first() or rows.last() or today
                found[sku] = (_kept(then, shop), _kept(today, shop))
        return found

    def policies_at(self, shop: str, moment: datetime) -> Sequence[tuple[str, int, str, datetime, bool]]:
        """Will give the policies of the shop's merchant that were live then. Drafts never spoke."""
        merchant = Shop.objects.filter(name=shop).values_list("merchant", flat=True).first()
        rows = PolicyVersion.objects.filter(policy__merchant=merchant, made_at__lte=moment).select_related("policy")
        newest: dict[int, PolicyVersion] = {}
        for row in rows.exclude(state="draft").order_by("policy", "number"):
            newest[row.policy_id] = row
        return [(row.policy.name, row.number, row.text, row.made_at, row.state == "live") for row in newest.values()]


def _kept(row: ListingRow, shop: str) -> KeptListing:
    told: dict[str, Any] = {**row.listing, "pictures": tuple(row.listing.get("pictures") or ())}
    return KeptListing(shop, row.sku, row.number, row.at, row.told_at, row.by, Listing(**told), row.digest)

"""What guards need from the rooms below, as protocols; `wiring` hands in what implements them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from amends.facts.audit import Deed
from amends.facts.guard_counts import MonthCount, MonthTold
from amends.facts.guard_shop import GuardShop
from amends.facts.guard_shops import Complaints, ShopThere, Unknown
from amends.facts.listings import Listing
from amends.facts.people import Merchants
from amends.facts.rings import TiedClaim


class GuardBook(Protocol):
    """Where the words and numbers of guards are kept. Every method that writes is one transaction and tells the audit."""

    def shops(self, merchants: Merchants) -> Sequence[ShopThere]:
        """Every shop within a wall, by name."""
        ...

    def told(self, shop: str) -> GuardShop:
        """What a shop told; a blank one where it told nothing."""
        ...

    def keep(self, shop: str, told: GuardShop, deed: Deed, at: datetime) -> None:
        """Keep what a shop told."""
        ...

    def months(self, shop: str, forum: str, since: date) -> Mapping[date, MonthCount]:
        """Each month from `since` on of which anything is known, by its first day."""
        ...

    def keep_month(self, shop: str, forum: str, day: date, told: MonthTold, deed: Deed, at: datetime) -> None:
        """Keep a month of a network; one without any number is forgotten."""
        ...

    def unknown(self, shop: str, since: datetime) -> Unknown:
        """How many card disputes opened since then say that the buyer does not know the charge."""
        ...

    def complaints(self, shop: str, since: datetime) -> Complaints:
        """How often each reason was given since then, by SKU."""
        ...

    def listings(self, shop: str, skus: Sequence[str]) -> Mapping[str, Listing]:
        """What the pages of these SKUs say today, where they were told."""
        ...

    def tied(self, merchant: str, since: datetime) -> Sequence[TiedClaim]:
        """The cases of a merchant's told orders since then, with what ties their buyers together."""
        ...

    def ordered(self, merchant: str, since: datetime, claims: Sequence[TiedClaim] | None) -> int:
        """How many orders the buyers of these claims placed since then; None: all buyers."""
        ...

    def posted(self, shop: str, market: str) -> tuple[str, str, str, datetime] | None:
        """Where the page of a market stands: address, digest, by whom, since when."""
        ...

    def keep_posted(self, shop: str, market: str, url: str, digest: str, deed: Deed, at: datetime) -> None:
        """Write down that a page was put somewhere."""
        ...


class BuyersLink(Protocol):
    """The address of a shop's page for buyers; "" where none is reachable from outside."""

    def __call__(self, shop: str) -> str: ...

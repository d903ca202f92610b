"""What follow-up needs from the rooms below, as protocols; `wiring` hands in what implements them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from amends.facts.audit import Deed
from amends.facts.follow_up import FollowShop, FollowTerms, Survey
from amends.facts.people import Merchants


class FollowBook(Protocol):
    """Where follow-up is kept. What writes about a case is called while that case is held, and is part of its transaction."""

    def shops(self, merchants: Merchants) -> Sequence[FollowShop]:
        """Give every shop within a wall, by name."""
        ...

    def keep_terms(self, shop: int, terms: FollowTerms, deed: Deed, at: datetime) -> None:
        """Keep how a shop follows up, and tell the audit."""
        ...

    def terms_of(self, shop: str) -> FollowTerms:
        """Give how a shop follows up."""
        ...

    def to_ask(self, now: datetime, most: int) -> Sequence[int]:
        """Give closed cases of shops that ask, untouched for the shop's delay, about which nothing was settled yet."""
        ...

    def settle(self, case: int, at: datetime, *, asked: bool) -> bool:
        """Keep that the buyer of a case was asked, or is not to be; False where that was settled before."""
        ...

    def survey(self, case: int) -> Survey | None:
        """Give the question about a case; None where its buyer was not asked."""
        ...

    def change(self, case: int, told: Mapping[str, Any]) -> None:
        """Keep fields of `Survey` that changed."""
        ...

    def waiting(self, merchants: Merchants) -> Sequence[Survey]:
        """Give the unhappy who were not contacted yet, the soonest due first."""
        ...

    def contacted(self, merchants: Merchants, most: int) -> Sequence[Survey]:
        """Give those who were contacted, the latest first."""
        ...

    def people(self, merchant: str) -> Sequence[str]:
        """Give who works on cases of a merchant."""
        ...

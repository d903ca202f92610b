"""What win-back needs from the rooms below."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from amends.facts.follow_up import FollowShop
from amends.facts.people import Merchants
from amends.facts.win_back import ConsentState, WinBack, WinCandidate, WinFigures, WinState


class WinBackBook(Protocol):
    """Where win-back is kept. What writes about a case is called while that case is held, and is part of its transaction."""

    def shops(self, merchants: Merchants) -> Sequence[FollowShop]:
        """Give every shop within a wall, by name."""
        ...

    def consent(self, merchant: str, email: str, state: ConsentState, by: str, at: datetime) -> None:
        """Keep what a buyer said to advertising; what they stopped themselves stays stopped."""
        ...

    def keep_consent(self, merchant: str, key: str, state: ConsentState, by: str, at: datetime) -> None:
        """Keep it by the buyer's key; a no takes back advertising that has not left."""
        ...

    def candidates(self, shop: FollowShop, now: datetime, most: int) -> Sequence[WinCandidate]:
        """Give closed cases whose buyers agreed, did not order since, and were not drawn in the shop's span."""
        ...

    def draw(self, one: WinCandidate, group: str, at: datetime) -> bool:
        """Keep a candidate's group; False where it was kept before."""
        ...

    def key_of(self, shop: int, order: str) -> str:
        """Give the digest that an order's buyer is known by."""
        ...

    def may_write(self, one: WinBack) -> bool:
        """Whether a buyer agrees still, has not come back by themselves, and has no open case or dispute here."""
        ...

    def waiting(self, merchants: Merchants, most: int) -> Sequence[WinBack]:
        """Give those who wait to be written to, the longest waiting first."""
        ...

    def one(self, case: int) -> WinBack | None:
        """Give one; None where its case is none."""
        ...

    def settle(self, case: int, state: WinState, by: str, at: datetime) -> None:
        """Keep that a buyer was written to, or is left alone."""
        ...

    def figures(self, merchants: Merchants) -> Sequence[WinFigures]:
        """Count, for each shop, who was drawn and who came back."""
        ...

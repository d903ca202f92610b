"""What reviews need from the rooms below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from amends.facts.audit import Deed
from amends.facts.people import Merchants
from amends.facts.reviews import Review, ReviewFigures, ReviewPage, ReviewQuery, ReviewTold, Taken


class ReviewBook(Protocol):
    """Where reviews are kept. Every method that writes is one transaction and tells the audit."""

    def put(self, shop: int, told: Sequence[ReviewTold], deed: Deed, at: datetime) -> Taken:
        """Keep reviews, each once a number of its platform; the same again changes nothing."""
        ...

    def find(self, query: ReviewQuery, merchants: Merchants) -> ReviewPage:
        """Give a page of reviews within a wall."""
        ...

    def after(self, query: ReviewQuery, merchants: Merchants, before: int, most: int) -> Sequence[Review]:
        """Give reviews within a wall, the latest taken in first, from below a number (0: from the start)."""
        ...

    def one(self, number: int, merchants: Merchants) -> Review | None:
        """Give one review; None where there is none within the wall."""
        ...

    def of_order(self, shop: str, order: str) -> Sequence[Review]:
        """Give the reviews of an order."""
        ...

    def low_of(self, shop: str, sku: str) -> tuple[int, int]:
        """Give how many bad reviews a SKU has, and how many at all."""
        ...

    def move(self, before: Review, told: Mapping[str, Any], deed: Deed, at: datetime) -> bool:
        """Change a review whose state and draft are still those of `before`; False where they are not."""
        ...

    def figures(self, merchants: Merchants, shop: str, now: datetime) -> ReviewFigures:
        """Reckon what was written lately; `shop`: "" for all."""
        ...

"""What looking at pictures needs from the rooms below, as protocols; `wiring` hands in what implements them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from amends.facts.pictures import NearPrint, PictureSignal, PieceToLookAt, ProductPicture, ShownSignal, UsedPicture


class PictureIndex(Protocol):
    """The prints of all pictures of the house; it knows of no merchant, and tells nothing but numbers."""

    def add(self, sha256: str, facts: Mapping[str, Any], prints: Sequence[tuple[int, Sequence[int]]]) -> int:
        """Keep a picture with its prints, each with its keys; its number. One that is there already stays as it is."""
        ...

    def near(self, sought: Collection[tuple[int, int]]) -> Sequence[NearPrint]:
        """Give every print that is kept under one of these keys (place, value)."""
        ...


class PictureBook(Protocol):
    """Pieces and pictures as they belong to merchants."""

    def pending(self, most: int) -> Sequence[PieceToLookAt]:
        """Give pieces that nobody has looked at, oldest first."""
        ...

    def same_file(self, piece: PieceToLookAt) -> Sequence[UsedPicture]:
        """Give earlier pieces of the merchant's other orders that are this very file."""
        ...

    def used(self, piece: PieceToLookAt, pictures: Collection[int]) -> Sequence[UsedPicture]:
        """Give where these pictures are known from: earlier pieces of the merchant's other orders, and its own pictures."""
        ...

    def keep(self, piece: PieceToLookAt, outcome: str, signals: Sequence[PictureSignal], at: datetime) -> bool:
        """Note that a piece was looked at, with its signals; False where somebody did before."""
        ...

    def shown(self, case: int, merchants: frozenset[str] | None) -> Sequence[ShownSignal]:
        """Give the signals on a case's pieces, and those on later pieces elsewhere that are like one of them, within the wall."""
        ...

    def add_product(self, merchant: str, sha256: str, name: str, small: bytes, at: datetime) -> bool:
        """Keep a merchant's own picture; False where it is there."""
        ...

    def products(self, merchant: str, most: int) -> tuple[Sequence[ProductPicture], int]:
        """Give a merchant's own pictures, newest first, and how many there are."""
        ...

    def small(self, merchant: str, number: int | None = None, sha256: str = "") -> bytes | None:
        """Give one of the merchant's own pictures, by its number or its content, as a small JPEG."""
        ...

    def drop_product(self, merchant: str, number: int) -> None:
        """Forget one of the merchant's own pictures."""
        ...

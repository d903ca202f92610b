"""Shops as guards see them, and what their card disputes say of the statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShopThere:
    """A shop within a wall. `channel`: the platform it sells on; `market`: its home."""

    name: str
    merchant: str
    channel: str
    market: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Card disputes of a span: all, those of fraud, and those that say the buyer does not know the charge."""

    all: int
    fraud: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Complaints:
    """How often each reason was given, by SKU; cases of several SKUs count for the first. `titles`: what each is called."""

    by_sku: Mapping[str, Mapping[str, int]]
    titles: Mapping[str, str]

"""What the shop sells, who makes it, and by which stations of its carriers it travels."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final

from amends.fakes.month.causes import BATCH, STATION

KINDS: Final = 60
_CATEGORIES: Final = ("apparel", "shoes", "bags", "electronics", "home_textile", "toys")
_SUPPLIERS: Final = ("Alder & Sons", "Brightwater", "Corvid Textiles", "Delft Works", "Elmtree", "Fjordline")
_CARRIERS: Final = ("TNT", "DHL", "GLS")
_TOWNS: Final = ("Bremen", "Essen", "Fulda", "Gera", "Halle", "Jena", "Kassel", "Lahr", "Mainz", "Neuss")
_SIDES: Final = ("Nord", "Ost", "Süd", "West")


@dataclass(frozen=True, slots=True)
class Goods:
    """One SKU: its price in cents, and the batches of it that are on sale one after another."""

    sku: str
    title: str
    category: str
    supplier: str
    cents: int
    batches: tuple[str, ...]


def catalogue(dice: random.Random) -> tuple[Goods, ...]:
    """Every SKU, the one that sells best first."""
    made = []
    for number in range(1, KINDS + 1):
        sku = f"K{number:02}"
        category = _CATEGORIES[number % len(_CATEGORIES)]
        batches = tuple([f"{sku}-B{one}" for one in (1, 2, 3)])
        cents = dice.randrange(1500, 12_000, 50)
        made.append(Goods(sku, f"{category} {sku}", category, dice.choice(_SUPPLIERS), cents, batches))
    if not any(BATCH.value in one.batches for one in made):
        raise LookupError(f"no SKU has the batch {BATCH.value}")
    return tuple(made)


def stations() -> tuple[tuple[str, str], ...]:
    """Each carrier with each of its stations: 120 of them, so that one sees about eight of a thousand parcels a day."""
    found = tuple([(one, f"{one} {town}-{side}") for one in _CARRIERS for town in _TOWNS for side in _SIDES])
    if STATION.value not in [name for _, name in found]:
        raise LookupError(f"there is no station {STATION.value}")
    return found

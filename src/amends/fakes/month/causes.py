"""What is planted in the month, and how often the same happens by chance alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

BY_CHANCE: Final[Mapping[str, float]] = {
    "changed_mind": 0.022,
    "ordered_by_mistake": 0.003,
    "wrong_size": 0.012,
    "quality": 0.008,
    "damaged": 0.006,
    "not_as_described": 0.005,
    "missing_item": 0.002,
    "wrong_item": 0.002,
    "not_received": 0.003,
    "delivery_delayed": 0.003,
    "other": 0.002,
}
"""The share of orders about which each reason is given where nothing is wrong: together about seven in a hundred."""
DISPUTED: Final = 0.0012
"""The share of orders whose payment is disputed by chance."""
NOT_KNOWN: Final = 0.0022
"""The share of orders disputed because the buyer does not know the name on the statement: what the unclear descriptor costs."""


@dataclass(frozen=True, slots=True)
class Planted:
    """One cause. `name`: its code; `reason`: what buyers say of it; `by`: the fact that all its orders share, and its value.

    `share`: of those orders, how many complain so because of it.
    """

    name: str
    reason: str
    by: str
    value: str
    share: float


BATCH: Final = Planted("bad_batch", "quality", "batch", "K07-B3", 0.14)
STATION: Final = Planted("careless_station", "damaged", "station", "TNT Halle-Ost", 0.11)
PICTURE: Final = Planted("misleading_picture", "not_as_described", "sku", "K21", 0.09)
RING: Final = Planted("refund_ring", "not_received", "identity", "ring", 0.8)
DESCRIPTOR: Final = Planted("unclear_descriptor", "unrecognised_charge", "descriptor", "QX HOLDINGS 8839", NOT_KNOWN)
PLANTED: Final = (BATCH, STATION, PICTURE, RING, DESCRIPTOR)

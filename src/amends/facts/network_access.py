"""How a network that follows parcels, sells labels or sends couriers is reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class NetworkAccess:
    """How a network is reached. `url`: without a last slash. `push_url`: where it is to push to, "" where nothing can reach us."""

    url: str
    values: Mapping[str, str] = field(repr=False)
    push_url: str = field(default="", repr=False)

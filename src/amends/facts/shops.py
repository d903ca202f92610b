"""A shop as its merchant keeps it: how it works, and what it shows its buyers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MOST_UNDO_SECONDS: Final = 120
MOST_ANSWER_MINUTES: Final = 60 * 24 * 30
MOST_SETTLE_HOURS: Final = 2_000
MOST_ADDRESSES: Final = 10
BIGGEST_LOGO: Final = 200 * 1024
DEFAULT_COLOUR: Final = "#0d5c63"


@dataclass(frozen=True, slots=True)
class ReturnAddress:
    """Where goods are sent back to. `lines` as they are written on a parcel."""

    name: str
    lines: tuple[str, ...]
    phone: str = ""

    def in_a_line(self) -> str:
        """The address as one line of a message."""
        return ", ".join(part for part in (self.name, *self.lines, self.phone) if part)


@dataclass(frozen=True, slots=True)
class ShopLook:
    """What a shop shows its buyers. Empty: its name, the house's colour, no logo, no contact. Buyers are given the first address."""

    title: str = ""
    contact_mail: str = ""
    colour: str = ""
    logo_sha256: str = ""
    return_addresses: tuple[ReturnAddress, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptShop:
    """A shop with all its settings. `calendar`: the number of the calendar that it keeps, None for the default of its market."""

    number: int
    name: str
    merchant: str
    channel: str
    market: str
    currency: str
    labels: tuple[str, ...]
    automatic: bool
    undo_seconds: int
    answer_within_minutes: int | None
    settle_within_hours: int | None
    calendar: int | None
    look: ShopLook

"""Settings as they are kept: calendars with the shops that keep them."""

from __future__ import annotations

from dataclasses import dataclass

from amends.facts.calendars import ShopCalendar


@dataclass(frozen=True, slots=True)
class KeptCalendar:
    """A merchant's calendar. `shops` are the names of those that keep it."""

    number: int
    merchant: str
    calendar: ShopCalendar
    shops: tuple[str, ...]

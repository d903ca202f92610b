"""Settings as they are kept: calendars with the shops that keep them, a merchant's own messages, how a shop looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from amends.facts.calendars import ShopCalendar
from amends.facts.letters import Template, Tongue


@dataclass(frozen=True, slots=True)
class KeptCalendar:
    """A merchant's calendar. `shops` are the names of those that keep it."""

    number: int
    merchant: str
    calendar: ShopCalendar
    shops: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptTemplate:
    """A merchant's own text of a message. `reason` is empty where it is for any."""

    merchant: str
    event: str
    reason: str
    language: Tongue
    template: Template
    made_by: str
    made_at: datetime

"""What the verbs of the settings need from the rooms below. Every writing method is one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from amends.facts.calendars import ShopCalendar
from amends.facts.kept_policies import KeptPolicy, KeptVersion, OpenCase
from amends.facts.kept_settings import KeptCalendar

Concerns = Callable[[str, str, str], bool]
"""Whether a policy speaks for a shop (by name), a market and a channel."""


class PolicyBook(Protocol):
    """The policies of all merchants, each text kept for ever."""

    def policies(self, merchants: frozenset[str] | None) -> Sequence[KeptPolicy]:
        """Give the policies of these merchants (None: of all), by merchant and name."""
        ...

    def policy(self, number: int) -> KeptPolicy | None:
        """Give one policy; None where there is none of that number."""
        ...

    def versions(self, number: int) -> Sequence[KeptVersion]:
        """Give all versions of a policy, newest first."""
        ...

    def merchants(self) -> Sequence[str]:
        """Give every merchant that has a shop."""
        ...

    def begin(self, merchant: str, name: str, text: str, person: str, at: datetime) -> int | None:
        """Make a policy with a first draft; None where the merchant has one of that name."""
        ...

    def add(self, number: int, version: KeptVersion, base: int, concerns: Concerns | None) -> KeptVersion | None:
        """Add a version with the next number; None where the newest is not `base` any more.

        A live one retires the one before it and sends the open cases that `concerns` names, and that nobody answered yet,
        back to be decided again.
        """
        ...

    def open_cases(self, merchant: str, most: int) -> Sequence[OpenCase]:
        """Give the newest open cases of a merchant's shops."""
        ...


class CalendarBook(Protocol):
    """The calendars of all merchants."""

    def calendars(self, merchants: frozenset[str] | None) -> Sequence[KeptCalendar]:
        """Give the calendars of these merchants (None: of all), by merchant and name."""
        ...

    def calendar(self, number: int) -> KeptCalendar | None:
        """Give one calendar; None where there is none of that number."""
        ...

    def merchants(self) -> Sequence[str]:
        """Give every merchant that has a shop."""
        ...

    def keep(self, number: int | None, merchant: str, calendar: ShopCalendar) -> int | None:
        """Write a calendar over one that is there, or make one; its number, or None where the merchant has another of that name."""
        ...

    def remove(self, number: int) -> bool:
        """Remove a calendar that no shop keeps; whether it could be."""
        ...

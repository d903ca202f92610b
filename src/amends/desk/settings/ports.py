"""What the verbs of the settings need from the rooms below. Every writing method is one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from amends.facts.calendars import ShopCalendar
from amends.facts.kept_policies import KeptPolicy, KeptVersion, OpenCase
from amends.facts.kept_settings import KeptCalendar, KeptTemplate
from amends.facts.letters import Template, Tongue
from amends.facts.shops import KeptShop

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
        """Give every merchant that there is."""
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
        """Give every merchant that there is."""
        ...

    def keep(self, number: int | None, merchant: str, calendar: ShopCalendar) -> int | None:
        """Write a calendar over one that is there, or make one; its number, or None where the merchant has another of that name."""
        ...

    def remove(self, number: int) -> bool:
        """Remove a calendar that no shop keeps; whether it could be."""
        ...


class TemplateBook(Protocol):
    """The merchants' own messages."""

    def template(self, merchant: str, event: str, reason: str, language: Tongue) -> Template | None:
        """Give the merchant's own text for exactly this; None where it has none."""
        ...

    def templates(self, merchant: str) -> Sequence[KeptTemplate]:
        """Give all own texts of a merchant."""
        ...

    def merchants(self) -> Sequence[str]:
        """Give every merchant that there is."""
        ...

    def keep(self, kept: KeptTemplate) -> None:
        """Write an own text over the one that is there."""
        ...

    def forget(self, merchant: str, event: str, reason: str, language: Tongue) -> None:
        """Take an own text away, so that the built-in one holds again."""
        ...


class ShopBook(Protocol):
    """The shops of all merchants."""

    def shops(self, merchants: frozenset[str] | None) -> Sequence[KeptShop]:
        """Give the shops of these merchants (None: of all), by name."""
        ...

    def shop(self, number: int) -> KeptShop | None:
        """Give one shop; None where there is none of that number."""
        ...

    def merchants(self) -> Sequence[str]:
        """Give every merchant that there is."""
        ...

    def keep(self, shop: KeptShop, logo: bytes | None) -> None:
        """Write a shop's settings. `logo`: a new picture; None leaves the one that is there, unless `logo_sha256` is empty."""
        ...

    def logo(self, shop: int, sha256: str) -> bytes | None:
        """Give the logo of a shop by its fingerprint; None where it has another one, or none."""
        ...

"""What the monitors of card networks are counted from: one month of one network at one shop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

FORUMS: Final = ("visa", "mastercard")
"""The networks whose lines are on record."""
NUMBERS: Final = ("settled", "frauds", "secure")
MOST: Final = 10**9


class UnableToReadMonth(ValueError):
    """A month's numbers cannot be read; `field` names what is wrong, the message says what would be right."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field


@dataclass(frozen=True, slots=True)
class MonthTold:
    """What a processor's report says of a month: payments settled without the card present, reports of fraud (TC40, SAFE),
    percent with 3-D Secure.

    None: nobody told it.
    """

    settled: int | None = None
    frauds: int | None = None
    secure: int | None = None

    def told(self) -> dict[str, int]:
        """Will give the numbers that were told, by name."""
        return {name: getattr(self, name) for name in NUMBERS if getattr(self, name) is not None}


@dataclass(frozen=True, slots=True)
class MonthCount:
    """One month as far as it is known.

    `day`: its first. `disputes`: by family of reason; `left_out`: those that a resolution keeps out of the count, by way.

    `fraud_alerts`: reports of fraud that alert providers passed on. `counted`: card payments the house itself knows; `told`:
    the processor's report.
    `minor`: the money of all disputes, `fraud_minor`: that of fraud, by currency.
    """

    day: date
    disputes: Mapping[str, int] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)
    fraud_alerts: int = 0
    counted: int = 0
    told: MonthTold = field(default_factory=MonthTold)
    minor: Mapping[str, int] = field(default_factory=dict)
    fraud_minor: Mapping[str, int] = field(default_factory=dict)

    @property
    def settled(self) -> int:
        """Payments of the month: as the processor reported them, else as the house counts its own."""
        return self.counted if self.told.settled is None else self.told.settled

    @property
    def frauds(self) -> int:
        """Reports of fraud of the month: as reported, else as far as alerts tell."""
        return self.fraud_alerts if self.told.frauds is None else self.told.frauds


def read_month(text: str) -> date:
    """Will read a month written 2026-11. Raises `UnableToReadMonth`."""
    try:
        year, month = text.split("-")
        return date(int(year), int(month), 1)
    except ValueError as fault:
        raise UnableToReadMonth("month", f"{text!r} is no month; write for example 2026-11") from fault


def read_told(told: Mapping[str, Any]) -> MonthTold:
    """Will read the numbers that a person wrote; an empty one is not told. Raises `UnableToReadMonth`."""
    found = {}
    for name in NUMBERS:
        text = str(told.get(name) or "").strip().replace(",", "")
        if not text:
            continue
        most = 100 if name == "secure" else MOST
        if not text.isdecimal() or int(text) > most:
            raise UnableToReadMonth(name, f"{text!r} is no whole number from 0 to {most}")
        found[name] = int(text)
    return MonthTold(**found)

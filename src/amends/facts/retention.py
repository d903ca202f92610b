"""How long evidence is kept after the last case of it is closed: by market, dated and sourced as the numbers of rules are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

LEAST_YEARS: Final = 1
MOST_YEARS: Final = 30


class UnableToReadRetention(ValueError):
    """The numbers cannot be used; the message names the entry and says what would be right."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """How many years from when on, and where that stands."""

    years: int
    since: date
    source: str
    confidence: str
    checked_on: date


@dataclass(frozen=True, slots=True)
class Retention:
    """The numbers of each market; `*` for one that has none of its own."""

    markets: Mapping[str, tuple[Keeping, ...]]

    def keeping(self, market: str, at: datetime) -> Keeping:
        """The number that holds in a market on a day: the latest that has begun."""
        found = self.markets.get(market, self.markets["*"])
        begun = [one for one in found if one.since <= at.date()]
        return max(begun or found, key=lambda one: one.since)

    def until(self, market: str, ended: datetime) -> datetime:
        """When the time of what ended then is over: the same day so many years later."""
        years = self.keeping(market, ended).years
        try:
            return ended.replace(year=ended.year + years)
        except ValueError:
            return (ended + timedelta(days=1)).replace(year=ended.year + years)

    @property
    def shortest(self) -> int:
        """The least number of years of any market."""
        return min(one.years for found in self.markets.values() for one in found)


def read_retention(raw: Mapping[str, Any]) -> Retention:
    """The numbers of a parsed file. Raises `UnableToReadRetention`."""
    markets: Any = raw.get("markets")
    if not isinstance(markets, dict) or "*" not in markets:
        raise UnableToReadRetention("markets: a mapping of markets is wanted, with * for every other one")
    found = {str(name): tuple([_keeping(str(name), one) for one in told]) for name, told in markets.items()}
    if empty := [name for name, told in found.items() if len(told) == 0]:
        raise UnableToReadRetention(f"markets.{empty[0]}: at least one entry is wanted")
    return Retention(found)


def _keeping(market: str, raw: Any) -> Keeping:
    try:
        one = Keeping(raw["years"], raw["from"], raw["source"], raw["confidence"], raw["checked_on"])
    except (KeyError, TypeError) as fault:
        raise UnableToReadRetention(
            f"markets.{market}: each entry has years, from, source, confidence and checked_on; {fault} is missing"
        ) from fault
    if type(one.years) is not int or not LEAST_YEARS <= one.years <= MOST_YEARS:
        raise UnableToReadRetention(
            f"markets.{market}.years: {one.years!r} should be a whole number from {LEAST_YEARS} to {MOST_YEARS}"
        )
    return one

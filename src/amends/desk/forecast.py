"""Returns to come, for those who buy goods and plan the days at the station."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from amends.desk.metrics import KeptFacts
from amends.facts.forecast import Forecast, TooLittle
from amends.facts.guard_shops import ShopThere
from amends.facts.people import Merchants, Person
from amends.facts.station import Pace
from amends.learn.forecast.forecast import forecast
from amends.learn.forecast.history import history
from amends.learn.metrics.rows import day_of

DAYS: Final = 28
MOST_DAYS: Final = 56
_PACE: Final = timedelta(days=60)
"""Visits that the minutes of a parcel are measured on."""
_SLOT: Final = 600
"""Seconds for which a forecast is given again: it rests on days that are over."""


class UnableToForesee(PermissionError):
    """There is no such shop for this person, or their role may not see this."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A shop's forecast with the pace of its station."""

    shop: ShopThere
    found: Forecast | TooLittle
    pace: Pace

    @property
    def minutes(self) -> float | None:
        """Will give the minutes that one parcel takes at the station; None where none was timed."""
        return self.pace.mean / 60 if self.pace.parcels else None


@dataclass(frozen=True, slots=True)
class ForecastDesk:
    """The ports of forecasts. `shops`: those within a wall, by name; `pace`: how long parcels took at the station since."""

    facts: KeptFacts
    shops: Callable[[Merchants], Sequence[ShopThere]]
    pace: Callable[[Merchants, datetime], Pace]
    now: Callable[[], datetime]

    def of(self, person: Person, shop: str, days: int = DAYS) -> Expected:
        """Will foresee the days from today on. `shop`: "" for the first. Raises `UnableToForesee`."""
        there = self.shops(person.merchants)
        found = next((one for one in there if shop in ("", one.name)), None)
        if found is None or not person.may("work"):
            raise UnableToForesee(shop)
        at = self.now()
        asked = (found.name, day_of(at, found.market), max(1, min(days, MOST_DAYS)))
        told: Forecast | TooLittle = _kept(self.facts, *asked, int(at.timestamp()) // _SLOT)
        if isinstance(told, TooLittle):
            told = _made(self.facts, *asked)
        return Expected(found, told, self.pace(frozenset({found.merchant}), at - _PACE))


@lru_cache(maxsize=64)
def _kept(facts: KeptFacts, shop: str, today: int, days: int, slot: int) -> Forecast | TooLittle:
    """Made once in a while; `slot` counts these whiles."""
    return _made(facts, shop, today, days)


def _made(facts: KeptFacts, shop: str, today: int, days: int) -> Forecast | TooLittle:
    return forecast(history(facts, shop, today), days)

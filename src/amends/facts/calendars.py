"""A shop's calendar: its opening hours, and who is on duty when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final, Protocol

from amends.basics.working_time import (
    Span,
    Stretch,
    WorkingWeek,
    end_of_first,
    next_close,
    next_open,
    stretches,
)
from amends.basics.zones import ZONES

_DAILY: Final[tuple[Span, ...]] = ((9 * 60, 22 * 60),)
_US_ZONES: Final = {"US": "America/New_York", "US-NY": "America/New_York", "US-CA": "America/Los_Angeles"}
_A_YEAR: Final = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class DutyRow:
    """Who is on duty on a weekday (Monday is 0) or on one date, between two times of the day."""

    on: int | date
    span: Span
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShopCalendar:
    """Opening hours with a duty roster. An empty roster means: somebody, unnamed, is there whenever the shop is open.

    Rows of a date replace the weekday's rows on it. A closed date has no duty but what its own rows say; an extra date
    has the duty of the weekday whose hours it has.
    """

    name: str
    week: WorkingWeek
    duty: tuple[DutyRow, ...] = ()


class CalendarReader(Protocol):
    """Gives the calendar of a shop."""

    def calendar_for(self, shop: str) -> ShopCalendar:
        """The calendar that the shop of this name keeps; `default_calendar` of its market where it has none of its own."""
        ...


def default_calendar(market: str) -> ShopCalendar:
    """Every day from 09:00 to 22:00 in the market's zone, with nobody named: for a shop that has no calendar of its own."""
    zone = getattr(ZONES.get(market), "key", None) or _US_ZONES.get(market, "UTC")
    return ShopCalendar("", WorkingWeek(zone, (_DAILY,) * 7))


def on_duty(calendar: ShopCalendar, at: datetime) -> tuple[str, ...]:
    """Who is on duty at an instant, in the roster's order, each once."""
    found: list[str] = []
    for row in calendar.duty:
        if next(_duty(calendar, at, at, row), None):
            found += [name for name in row.names if name not in found]
    return tuple(found)


def is_staffed(calendar: ShopCalendar, at: datetime) -> bool:
    """Whether anybody is there at an instant."""
    begins = next_duty(calendar, at)
    return begins is not None and begins <= at


def next_duty(calendar: ShopCalendar, at: datetime) -> datetime | None:
    """The first instant from `at` on at which anybody is on duty: `at` itself where somebody is; None where nobody is within 400 days.

    `on_duty` of that instant gives who. Raises `UnableToUseWeek` where there is neither a roster nor an opening hour.
    """
    if not calendar.duty:
        return next_open(calendar.week, at)
    found = next(_duty(calendar, at, at + _A_YEAR), None)
    return max(found[0], at.astimezone(UTC)) if found else None


def end_of_duty(calendar: ShopCalendar, at: datetime) -> datetime | None:
    """When the duty that is on at `at`, or is on next, leaves nobody behind; None where somebody is always there, or nobody ever is."""
    if not calendar.duty:
        return next_close(calendar.week, at)
    until = at.astimezone(UTC) + _A_YEAR
    if next(_duty(calendar, at, until), None) is None:
        return None
    end = end_of_first(_duty(calendar, at, until), until)
    return end if end is None or end < until else None


def _duty(calendar: ShopCalendar, at: datetime, until: datetime, row: DutyRow | None = None) -> Iterator[Stretch]:
    """The stretches of one row of the roster, or of all together."""
    rows = calendar.duty if row is None else (row,)
    return stretches(calendar.week.zone, lambda day: sorted(_spans(calendar, rows, day)), at, until)


def _spans(calendar: ShopCalendar, rows: tuple[DutyRow, ...], day: date) -> Iterator[Span]:
    dated = any(row.on == day for row in calendar.duty)
    key = day if dated else calendar.week.stands_for(day)
    return (row.span for row in rows if row.on == key)

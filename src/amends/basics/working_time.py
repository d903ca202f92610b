"""Working time: when a shop is open, and counting minutes that pass only while it is.

Hours are wall-clock minutes of a zone; every answer is an instant in UTC, so that a change of clocks makes a day longer or
shorter and nothing else. A span may run past midnight (22:00 to 30:00 is until 06:00); it belongs to the day on which it begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from amends.basics.holidays import CN_YEARS, WORKED, is_holiday

Span = tuple[int, int]
"""Minutes from 00:00 at which opening begins and ends; the end may lie on the next day."""

Stretch = tuple[datetime, datetime]
"""From the first instant to just before the last, in UTC."""

DAY_MINUTES: Final = 1440
_ONE_DAY: Final = timedelta(days=1)
_ONE_MINUTE: Final = timedelta(minutes=1)
_LOOK_BACK: Final = timedelta(days=2)
_LOOK_ON: Final = timedelta(days=15)


class UnableToUseWeek(ValueError):
    """The week cannot be read, or never opens; `en` and `zh` say what would be right."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.en = en
        self.zh = zh


@dataclass(frozen=True, slots=True)
class WorkingWeek:
    """The opening hours of a week in an IANA zone, Monday first. `closed`: dates on which nobody works all the same.

    `extra`: dates on which people work although it is a day of rest (China's 调休): with the hours of their weekday
    where it has any, else with those of the first weekday that has.
    """

    zone: str
    days: tuple[tuple[Span, ...], ...]
    closed: frozenset[date] = field(default_factory=frozenset)
    extra: frozenset[date] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        zone_named(self.zone)
        if len(self.days) != 7:
            raise UnableToUseWeek(f"a week has 7 days, not {len(self.days)}", f"一周有 7 天，不是 {len(self.days)} 天")
        for spans in self.days:
            _check_spans(spans)
        both = sorted(self.closed & self.extra)
        if both:
            raise UnableToUseWeek(
                f"{both[0]} is both a closed and an extra day; keep one", f"{both[0]} 既是休息日又是加班日，请保留一个"
            )

    def hours_of(self, day: date) -> tuple[Span, ...]:
        """The spans that begin on a day."""
        stands_for = self.stands_for(day)
        return () if stands_for is None else self.days[stands_for]

    def stands_for(self, day: date) -> int | None:
        """The weekday (Monday is 0) whose hours hold on a day; None where the day is closed."""
        own = day.weekday()
        if day in self.extra and not self.days[own]:
            return next((number for number, spans in enumerate(self.days) if spans), None)
        return None if day in self.closed else own


@lru_cache(maxsize=256)
def zone_named(name: str) -> ZoneInfo:
    """The zone of an IANA name. Raises `UnableToUseWeek` for a name that is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnableToUseWeek(
            f"{name[:40]!r} is not a time zone; write an IANA name such as Asia/Shanghai",
            f"“{name[:40]}”不是时区；请写 IANA 名称，例如 Asia/Shanghai",
        ) from None


def _check_spans(spans: tuple[Span, ...]) -> None:
    before = 0
    for start, end in spans:
        if not (0 <= start < DAY_MINUTES and start < end <= start + DAY_MINUTES):
            raise UnableToUseWeek(
                f"{clock(start)}-{clock(end)} is not a span of one day at most",
                f"{clock(start)}-{clock(end)} 不是有效的时段",
            )
        if start < before:
            raise UnableToUseWeek(
                f"the span from {clock(start)} begins before the one before it ends",
                f"{clock(start)} 开始的时段与前一时段重叠",
            )
        before = end


def clock(minutes: int) -> str:
    """Minutes from 00:00 as a time of day; 24:00 is the end of the day, 30:00 six in the morning after."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def stretches(
    zone: str, spans_of: Callable[[date], Iterable[Span]], at: datetime, until: datetime | None = None
) -> Iterator[Stretch]:
    """Every stretch that ends after `at` and begins no later than `until` (None: without end), in order and apart.

    `spans_of` gives the spans that begin on a day, in order.

    Where clocks go forward a span shrinks by what is left out, and where they go back it grows; none overlaps another.
    """
    where = zone_named(zone)
    day = at.astimezone(where).date() - _LOOK_BACK
    reached = datetime.min.replace(tzinfo=UTC)
    while until is None or _instant(day, 0, where) <= until:
        for start, end in spans_of(day):
            opens, closes = max(_instant(day, start, where), reached), _instant(day, end, where)
            reached = max(reached, closes)
            if opens < closes and at < closes and (until is None or opens <= until):
                yield opens, closes
        day += _ONE_DAY


@lru_cache(maxsize=8192)
def _instant(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    days, minute = divmod(minutes, DAY_MINUTES)
    wall = datetime.combine(day + timedelta(days=days), time(minute // 60, minute % 60), zone)
    return wall.astimezone(UTC)


def _stretches(week: WorkingWeek, at: datetime) -> Iterator[Stretch]:
    if not any(week.days):
        raise UnableToUseWeek("the week never opens; give at least one day hours", "这一周没有营业时间；请至少填写一天")
    return stretches(week.zone, week.hours_of, at)


def is_open(week: WorkingWeek, at: datetime) -> bool:
    """Whether the week is open at an instant; the instant of closing is closed."""
    return any(week.days) and next(_stretches(week, at))[0] <= at


def next_open(week: WorkingWeek, at: datetime) -> datetime:
    """The first open instant from `at` on: `at` itself where it is open. Raises `UnableToUseWeek` where it never opens."""
    return max(next(_stretches(week, at))[0], at.astimezone(UTC))


def next_close(week: WorkingWeek, at: datetime) -> datetime | None:
    """When what is open at `at`, or opens next, closes; None for a week that never closes.

    Raises `UnableToUseWeek` where it never opens.
    """
    return end_of_first(_stretches(week, at), max([at.astimezone(UTC), *map(_noon, week.closed)]) + _LOOK_ON)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def end_of_first(found: Iterator[Stretch], until: datetime) -> datetime | None:
    """The end of the first stretch with all that join it; None where they join beyond `until`."""
    end = next(found)[1]
    for opens, closes in found:
        if opens > end:
            return end
        if closes > until:
            return None
        end = closes
    return end


def add_working(week: WorkingWeek, at: datetime, minutes: int) -> datetime:
    """The first instant at which `minutes` working minutes have passed since `at`; none at all is `at` itself.

    Raises `UnableToUseWeek` where the week never opens.
    """
    left = timedelta(minutes=minutes)
    if left <= timedelta():
        return at.astimezone(UTC)
    for opens, closes in _stretches(week, at):
        start = max(opens, at.astimezone(UTC))
        if left <= closes - start:
            return start + left
        left -= closes - start
    raise AssertionError("a week that opens goes on for ever")


def working_between(week: WorkingWeek, a: datetime, b: datetime) -> int:
    """The whole working minutes from `a` to `b`; none where `b` is not after `a`, or the week never opens."""
    total = timedelta()
    if any(week.days):
        for opens, closes in _stretches(week, a):
            if opens >= b:
                break
            total += max(min(closes, b) - max(opens, a), timedelta())
    return total // _ONE_MINUTE


def public_holidays(market: str, year: int) -> tuple[frozenset[date], frozenset[date]]:
    """The statutory holidays of a market in a year, and the days of rest on which people work instead; empty where not known."""
    first = date(year, 1, 1)
    days = [first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days)]
    made_up = WORKED if market == "CN" and year in CN_YEARS else frozenset()
    return frozenset(day for day in days if is_holiday(market, day)), frozenset(day for day in days if day in made_up)

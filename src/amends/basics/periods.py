"""Counting periods (contract, section 5). Every answer is the instant at which the period is over, in UTC.

Days of law start on the day after their event in the market's own zone and end at 24:00 of the last one; in the PRC the
end moves to the next working day where that last day is a statutory holiday (Civil Code arts 201-203). Platforms count
N x 24 hours from the instant. China's seven days of platforms start at 00:00 of the day after sign-off.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from amends.basics.holidays import is_holiday, is_working_day
from amends.basics.zones import ZONES

ONE_DAY = timedelta(days=1)


def _zone(event: datetime, market: str) -> tzinfo:
    return ZONES.get(market) or event.tzinfo or UTC


@lru_cache(maxsize=8192)
def _midnight_after(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day + ONE_DAY, time(), zone).astimezone(UTC)


def days_of_law(event: datetime, days: int, market: str) -> datetime:
    """End of `days` calendar days counted from the day after `event`: 24:00 of the last day, rolled over in the PRC."""
    zone = _zone(event, market)
    last = event.astimezone(zone).date() + timedelta(days=days)
    if market == "CN" and is_holiday(market, last):
        while not is_working_day(market, last):
            last += ONE_DAY
    return _midnight_after(last, zone)


def months_of_law(event: datetime, months: int, market: str, plus_days: int = 0) -> datetime:
    """End of `plus_days` days and then `months` months after `event`'s local day: 24:00 of the day of that number.

    Where the month has no such day, its last day counts.
    """
    zone = _zone(event, market)
    start = event.astimezone(zone).date() + timedelta(days=plus_days)
    total = start.year * 12 + start.month - 1 + months
    year, month = divmod(total, 12)
    first_of_next = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last_of_month = first_of_next - ONE_DAY
    return _midnight_after(last_of_month.replace(day=min(start.day, last_of_month.day)), zone)


def working_days(event: datetime, days: int, market: str) -> datetime:
    """End (24:00) of the `days`-th working day after `event`'s local day."""
    zone = _zone(event, market)
    day = event.astimezone(zone).date()
    for _ in range(days):
        day += ONE_DAY
        while not is_working_day(market, day):
            day += ONE_DAY
    return _midnight_after(day, zone)


def hours_from(event: datetime, hours: int) -> datetime:
    """`hours` hours after the instant; weekends and holidays count."""
    return (event + timedelta(hours=hours)).astimezone(UTC)


def days_of_platform(event: datetime, days: int) -> datetime:
    """`days` x 24 hours after the instant; weekends and holidays count."""
    return (event + timedelta(days=days)).astimezone(UTC)


def hours_from_next_midnight(event: datetime, hours: int, market: str) -> datetime:
    """`hours` hours from 00:00 of the local day after `event`: the platforms' 168 hours after sign-off."""
    zone = _zone(event, market)
    return _midnight_after(event.astimezone(zone).date(), zone) + timedelta(hours=hours)


def business_hours(event: datetime, hours: int, opens: time, closes: time, zone: tzinfo) -> datetime:
    """End of `hours` hours that run only between `opens` and `closes` of every day (holidays too) in `zone`."""
    now = event.astimezone(zone)
    left = timedelta(hours=hours)
    while True:
        start = max(now, datetime.combine(now.date(), opens, zone))
        end = datetime.combine(now.date(), closes, zone)
        if start < end:
            if left <= end - start:
                return (start + left).astimezone(UTC)
            left -= end - start
        now = datetime.combine(now.date() + ONE_DAY, time(), zone)

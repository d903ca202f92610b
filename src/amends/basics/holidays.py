"""Statutory holidays as dated data, for the markets whose periods depend on them.

CN: the State Council's yearly notice; 2024 (2023-10-25), 2025 (2024-11-12), 2026 (2025-11-04). `WORKED` holds the
make-up workdays that fall on a weekend. A year that is not listed has no notice here yet: nothing is rolled over in it.
US: federal holidays by 5 U.S.C. 6103, by rule. KR: public holidays with substitute and election days, 2024 to 2027; from 2026
Labour Day and Constitution Day are among them. Compared with the `holidays` package 0.108 on 2026-11-25.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Final

_SPANS_CN: Final = (
    ("2024-01-01", "2024-01-01"),
    ("2024-02-10", "2024-02-17"),
    ("2024-04-04", "2024-04-06"),
    ("2024-05-01", "2024-05-05"),
    ("2024-06-10", "2024-06-10"),
    ("2024-09-15", "2024-09-17"),
    ("2024-10-01", "2024-10-07"),
    ("2025-01-01", "2025-01-01"),
    ("2025-01-28", "2025-02-04"),
    ("2025-04-04", "2025-04-06"),
    ("2025-05-01", "2025-05-05"),
    ("2025-05-31", "2025-06-02"),
    ("2025-10-01", "2025-10-08"),
    ("2026-01-01", "2026-01-03"),
    ("2026-02-15", "2026-02-23"),
    ("2026-04-04", "2026-04-06"),
    ("2026-05-01", "2026-05-05"),
    ("2026-06-19", "2026-06-21"),
    ("2026-09-25", "2026-09-27"),
    ("2026-10-01", "2026-10-07"),
)
_WORKED_CN: Final = (
    "2024-02-04 2024-02-18 2024-04-07 2024-04-28 2024-05-11 2024-09-14 2024-09-29 2024-10-12 "
    "2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11 "
    "2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10"
)
_KR: Final = (
    "2024-01-01 2024-02-09 2024-02-10 2024-02-11 2024-02-12 2024-03-01 2024-04-10 2024-05-05 2024-05-06 2024-05-15 "
    "2024-06-06 2024-08-15 2024-09-16 2024-09-17 2024-09-18 2024-10-01 2024-10-03 2024-10-09 2024-12-25 "
    "2025-01-01 2025-01-27 2025-01-28 2025-01-29 2025-01-30 2025-03-01 2025-03-03 2025-05-05 2025-05-06 2025-06-03 "
    "2025-06-06 2025-08-15 2025-10-03 2025-10-05 2025-10-06 2025-10-07 2025-10-08 2025-10-09 2025-12-25 "
    "2026-01-01 2026-02-16 2026-02-17 2026-02-18 2026-03-01 2026-03-02 2026-05-01 2026-05-05 2026-05-24 2026-05-25 "
    "2026-06-03 2026-06-06 2026-07-17 2026-08-15 2026-08-17 2026-09-24 2026-09-25 2026-09-26 2026-10-03 2026-10-05 "
    "2026-10-09 2026-12-25 "
    "2027-01-01 2027-02-06 2027-02-07 2027-02-08 2027-02-09 2027-03-01 2027-05-01 2027-05-03 2027-05-05 2027-05-13 "
    "2027-06-06 2027-07-17 2027-07-19 2027-08-15 2027-08-16 2027-09-14 2027-09-15 2027-09-16 2027-10-03 2027-10-04 "
    "2027-10-09 2027-10-11 2027-12-25 2027-12-27"
)


def _days(first: str, last: str) -> list[date]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


CN: Final = frozenset(day for span in _SPANS_CN for day in _days(*span))
WORKED: Final = frozenset(date.fromisoformat(text) for text in _WORKED_CN.split())
KR: Final = frozenset(date.fromisoformat(text) for text in _KR.split())
CN_YEARS: Final = frozenset(day.year for day in CN)


def is_holiday(market: str, day: date) -> bool:
    """Whether `day` is a statutory holiday in `market` (first two letters count: US-CA is US)."""
    country = market[:2]
    if country == "CN":
        return day in CN
    if country == "KR":
        return day in KR
    return country == "US" and day in _us_federal(day.year)


def is_working_day(market: str, day: date) -> bool:
    """Whether people work on `day` in `market`: no weekend, no holiday, or a make-up workday."""
    if market == "CN" and day in WORKED:
        return True
    return day.weekday() < 5 and not is_holiday(market, day)


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


@cache
def _us_federal(year: int) -> frozenset[date]:
    fixed = [
        date(year, 1, 1),
        date(year, 6, 19),
        date(year, 7, 4),
        date(year, 11, 11),
        date(year, 12, 25),
        date(year + 1, 1, 1),
    ]
    shift = {5: -1, 6: 1}
    observed = [day + timedelta(days=shift.get(day.weekday(), 0)) for day in fixed]
    last_monday_of_may = _nth(year, 6, 0, 1) - timedelta(days=7)
    moving = [
        _nth(year, 1, 0, 3),
        _nth(year, 2, 0, 3),
        last_monday_of_may,
        _nth(year, 9, 0, 1),
        _nth(year, 10, 0, 2),
        _nth(year, 11, 3, 4),
    ]
    return frozenset(day for day in [*fixed, *observed, *moving] if day.year == year)

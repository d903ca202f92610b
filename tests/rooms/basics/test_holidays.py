"""Statutory holidays and working days, against the notices themselves."""

from datetime import date

import pytest

from amends.basics.holidays import CN, CN_YEARS, KR, WORKED, is_holiday, is_working_day


@pytest.mark.parametrize(("year", "days", "worked"), [(2024, 28, 8), (2025, 28, 5), (2026, 33, 6)])
def test_prc_notice_has_as_many_days_off_and_made_up_as_it_announced(year: int, days: int, worked: int) -> None:
    assert sum(day.year == year for day in CN) == days
    assert sum(day.year == year for day in WORKED) == worked


def test_every_make_up_workday_is_a_weekend_day_that_is_no_holiday() -> None:
    assert [day for day in WORKED if day.weekday() < 5 or day in CN] == []


def test_prc_make_up_sunday_is_worked_and_a_plain_sunday_is_not() -> None:
    assert is_working_day("CN", date(2026, 9, 20))
    assert not is_working_day("CN", date(2026, 9, 13))


def test_a_year_without_a_notice_has_no_prc_holidays() -> None:
    assert 2027 not in CN_YEARS
    assert not is_holiday("CN", date(2027, 10, 1))


@pytest.mark.parametrize("day", ["2026-05-01", "2026-07-17", "2026-08-17", "2026-06-03", "2027-05-03", "2025-10-08"])
def test_korean_labour_constitution_substitute_and_election_days_are_off(day: str) -> None:
    assert is_holiday("KR", date.fromisoformat(day))
    assert not is_working_day("KR", date.fromisoformat(day))


def test_korean_fixed_holidays_stand_in_every_year_listed() -> None:
    fixed = ["01-01", "03-01", "05-05", "06-06", "08-15", "10-03", "10-09", "12-25"]
    years = sorted({day.year for day in KR})
    assert years == [2024, 2025, 2026, 2027]
    assert [f"{year}-{end}" for year in years for end in fixed if date.fromisoformat(f"{year}-{end}") not in KR] == []


@pytest.mark.parametrize(
    "day",
    [
        "2026-01-19",  # Martin Luther King Jr. Day
        "2026-02-16",  # Washington's Birthday
        "2026-05-25",  # Memorial Day
        "2026-06-19",  # Juneteenth
        "2026-07-03",  # Independence Day falls on a Saturday
        "2026-09-07",  # Labor Day
        "2026-10-12",  # Columbus Day
        "2026-11-11",  # Veterans Day
        "2026-11-26",  # Thanksgiving Day
        "2026-12-25",  # Christmas Day
        "2021-12-31",  # New Year's Day 2022 falls on a Saturday
        "2023-01-02",  # New Year's Day falls on a Sunday
    ],
)
def test_us_federal_holidays_are_kept_on_the_day_they_are_observed(day: str) -> None:
    assert is_holiday("US", date.fromisoformat(day))


def test_us_states_keep_the_federal_holidays() -> None:
    assert is_holiday("US-CA", date(2026, 11, 26))
    assert not is_working_day("US-TX", date(2026, 5, 25))


def test_where_no_period_needs_holidays_only_weekends_count() -> None:
    assert not is_holiday("DE", date(2026, 12, 25))
    assert is_working_day("DE", date(2026, 12, 25))
    assert not is_working_day("DE", date(2026, 12, 26))

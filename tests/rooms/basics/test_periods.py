"""Where periods begin and end (the contract's section on clocks)."""

from datetime import UTC, datetime, time, timedelta

import pytest

from amends.basics.periods import (
    business_hours,
    days_of_law,
    days_of_platform,
    hours_from,
    hours_from_next_midnight,
    months_of_law,
    working_days,
)
from amends.basics.zones import ZONES, local


def when(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize("hour", ["00:00:00", "12:00:00", "23:59:59"])
def test_days_of_law_start_on_the_next_day_whatever_the_hour(hour: str) -> None:
    assert days_of_law(when(f"2026-06-08T{hour}+02:00"), 14, "DE") == when("2026-06-23T00:00:00+02:00")


def test_days_of_law_count_in_the_zone_of_the_market_not_of_the_time() -> None:
    event = when("2026-06-08T23:30:00+00:00")  # already the 9th in Berlin
    assert days_of_law(event, 14, "DE") == when("2026-06-24T00:00:00+02:00")


@pytest.mark.parametrize(
    ("market", "event", "end"),
    [
        ("DE", "2026-03-20T10:00:00+01:00", "2026-04-04T00:00:00+02:00"),
        ("GB", "2026-10-20T10:00:00+01:00", "2026-11-04T00:00:00+00:00"),
        ("AU", "2026-09-28T10:00:00+10:00", "2026-10-13T00:00:00+11:00"),
    ],
)
def test_days_of_law_end_at_local_midnight_across_a_change_of_clocks(market: str, event: str, end: str) -> None:
    assert days_of_law(when(event), 14, market) == when(end)


def test_days_of_law_roll_over_a_prc_holiday_to_the_next_working_day() -> None:
    # Signed for on 24 September: the seventh day is 1 October; 8 October is the first working day after the holiday.
    assert days_of_law(when("2026-09-24T10:00:00+08:00"), 7, "CN") == when("2026-10-09T00:00:00+08:00")


def test_days_of_law_do_not_roll_over_a_plain_weekend() -> None:
    # The seventh day is Saturday, 14 March.
    assert days_of_law(when("2026-03-07T10:00:00+08:00"), 7, "CN") == when("2026-03-15T00:00:00+08:00")


def test_days_of_law_roll_over_in_the_prc_alone() -> None:
    assert days_of_law(when("2026-12-11T10:00:00+01:00"), 14, "DE") == when("2026-12-26T00:00:00+01:00")


def test_us_periods_keep_the_offset_that_the_time_carries() -> None:
    assert days_of_law(when("2026-05-04T23:30:00-08:00"), 30, "US-CA") == when("2026-06-04T00:00:00-08:00")
    assert local(when("2026-05-04T23:30:00-08:00"), "US-CA").utcoffset() == timedelta(hours=-8)


@pytest.mark.parametrize(
    ("event", "months", "end"),
    [
        ("2024-06-09T10:00:00+02:00", 24, "2026-06-10T00:00:00+02:00"),
        ("2026-01-31T10:00:00+01:00", 1, "2026-03-01T00:00:00+01:00"),
        ("2024-02-29T10:00:00+01:00", 12, "2025-03-01T00:00:00+01:00"),
        ("2025-11-30T10:00:00+01:00", 1, "2025-12-31T00:00:00+01:00"),
        ("2026-12-15T10:00:00+01:00", 12, "2027-12-16T00:00:00+01:00"),
    ],
)
def test_months_of_law_end_with_the_day_of_that_number_or_the_last_of_the_month(
    event: str, months: int, end: str
) -> None:
    assert months_of_law(when(event), months, "DE") == when(end)


def test_months_after_days_run_from_the_end_of_the_days() -> None:
    # Delivered 16 September: 14 days to the 30th, then 12 months to 30 September of the next year.
    assert months_of_law(when("2025-09-16T13:00:00+02:00"), 12, "FR", plus_days=14) == when("2026-10-01T00:00:00+02:00")


def test_working_days_leave_weekends_and_holidays_out() -> None:
    assert working_days(when("2026-05-14T10:00:00+09:00"), 3, "KR") == when("2026-05-20T00:00:00+09:00")
    assert working_days(when("2026-09-22T10:00:00+09:00"), 3, "KR") == when("2026-09-30T00:00:00+09:00")
    assert working_days(when("2026-11-24T10:00:00-05:00"), 2, "US") == when("2026-11-28T00:00:00-05:00")


def test_hours_and_platform_days_run_from_the_instant() -> None:
    event = when("2026-02-14T18:30:00+08:00")
    assert hours_from(event, 36) == when("2026-02-16T06:30:00+08:00")
    assert days_of_platform(event, 7) == when("2026-02-21T18:30:00+08:00")


def test_hours_after_sign_off_run_from_the_next_midnight() -> None:
    assert hours_from_next_midnight(when("2026-06-01T00:00:00+08:00"), 168, "CN") == when("2026-06-09T00:00:00+08:00")
    assert hours_from_next_midnight(when("2026-06-01T23:59:59+08:00"), 168, "CN") == when("2026-06-09T00:00:00+08:00")


@pytest.mark.parametrize(
    ("event", "end"),
    [
        ("2026-08-11T14:01:00+08:00", "2026-08-12T09:01:00+08:00"),
        ("2026-08-11T14:00:00+08:00", "2026-08-11T18:00:00+08:00"),
        ("2026-08-11T07:00:00+08:00", "2026-08-11T13:00:00+08:00"),
        ("2026-08-11T19:00:00+08:00", "2026-08-12T13:00:00+08:00"),
    ],
)
def test_business_hours_stand_still_over_night(event: str, end: str) -> None:
    assert business_hours(when(event), 4, time(9), time(18), ZONES["CN"]) == when(end)


def test_every_period_is_given_in_utc() -> None:
    event = when("2026-06-08T10:00:00+02:00")
    ends = [
        days_of_law(event, 1, "DE"),
        months_of_law(event, 1, "DE"),
        working_days(event, 1, "DE"),
        hours_from(event, 1),
    ]
    assert {end.tzinfo for end in ends} == {UTC}

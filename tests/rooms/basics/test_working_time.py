"""Opening hours, holidays, days worked instead, and counting the minutes between."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from amends.basics.working_time import (
    UnableToUseWeek,
    WorkingWeek,
    add_working,
    is_open,
    next_close,
    next_open,
    public_holidays,
    working_between,
)

NINE_TO_SIX = ((540, 1080),)
CLOSED, EXTRA = public_holidays("CN", 2026)
OFFICE = WorkingWeek("Asia/Shanghai", (NINE_TO_SIX,) * 5 + ((), ()), CLOSED, EXTRA)


def when(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_the_day_opens_at_nine_and_is_closed_at_six_sharp() -> None:
    assert not is_open(OFFICE, when("2026-11-25T08:59:59+08:00"))
    assert is_open(OFFICE, when("2026-11-25T09:00:00+08:00"))
    assert is_open(OFFICE, when("2026-11-25T17:59:59+08:00"))
    assert not is_open(OFFICE, when("2026-11-25T18:00:00+08:00"))


def test_a_holiday_is_closed_and_the_saturday_worked_instead_is_open() -> None:
    assert next_open(OFFICE, when("2026-09-30T18:00:00+08:00")) == when("2026-10-08T09:00:00+08:00")
    assert is_open(OFFICE, when("2026-10-10T10:00:00+08:00"))  # a Saturday


def test_working_minutes_jump_over_the_night_the_weekend_and_the_holiday() -> None:
    assert add_working(OFFICE, when("2026-11-27T17:30:00+08:00"), 60) == when("2026-11-30T09:30:00+08:00")
    assert add_working(OFFICE, when("2026-09-30T17:30:00+08:00"), 60) == when("2026-10-08T09:30:00+08:00")
    assert working_between(OFFICE, when("2026-09-30T17:00:00+08:00"), when("2026-10-08T10:00:00+08:00")) == 120


def test_no_minutes_are_the_instant_itself_even_at_night() -> None:
    night = when("2026-11-25T03:00:00+08:00")
    assert add_working(OFFICE, night, 0) == night


def test_all_minutes_of_a_day_end_at_closing_time_not_at_the_next_opening() -> None:
    assert add_working(OFFICE, when("2026-11-25T09:00:00+08:00"), 540) == when("2026-11-25T18:00:00+08:00")


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-03-28T00:00:00+01:00", "2026-03-28T04:00:00+01:00", 240),
        ("2026-03-29T00:00:00+01:00", "2026-03-29T04:00:00+02:00", 180),
        ("2026-10-25T00:00:00+02:00", "2026-10-25T04:00:00+01:00", 300),
    ],
    ids=["plain", "clocks go forward", "clocks go back"],
)
def test_a_night_with_a_change_of_clocks_is_as_long_as_it_really_is(start: str, end: str, minutes: int) -> None:
    night = WorkingWeek("Europe/Berlin", (((0, 240),),) * 7)
    assert next_close(night, when(start)) == when(end)
    assert working_between(night, when(start), when(end)) == minutes


def test_a_shift_past_midnight_goes_on_through_it() -> None:
    night = WorkingWeek("Asia/Shanghai", (((1320, 1800),),) * 7)
    assert is_open(night, when("2026-11-25T02:00:00+08:00"))
    assert next_close(night, when("2026-11-24T23:00:00+08:00")) == when("2026-11-25T06:00:00+08:00")


def test_hours_until_midnight_join_those_from_midnight_on() -> None:
    week = WorkingWeek("Asia/Shanghai", (((1200, 1440),), ((0, 120),), (), (), (), (), ()))
    assert next_close(week, when("2026-11-23T21:00:00+08:00")) == when("2026-11-24T02:00:00+08:00")


def test_a_week_that_never_closes_has_no_closing_time_but_for_a_holiday() -> None:
    always = WorkingWeek("Asia/Shanghai", (((0, 1440),),) * 7)
    at = when("2026-11-25T12:00:00+08:00")
    assert next_close(always, at) is None
    with_holiday = WorkingWeek("Asia/Shanghai", always.days, frozenset({date(2027, 6, 1)}))
    assert next_close(with_holiday, at) == when("2027-06-01T00:00:00+08:00")


def test_a_week_without_hours_says_so_and_counts_nothing() -> None:
    never = WorkingWeek("Asia/Shanghai", ((),) * 7, extra=frozenset({date(2026, 11, 25)}))
    at = when("2026-11-25T12:00:00+08:00")
    assert not is_open(never, at)
    assert working_between(never, at, when("2026-12-25T12:00:00+08:00")) == 0
    for ask in (next_open, next_close):
        with pytest.raises(UnableToUseWeek, match="never opens"):
            ask(never, at)
    with pytest.raises(UnableToUseWeek, match="never opens"):
        add_working(never, at, 1)


@pytest.mark.parametrize(
    ("zone", "spans", "said"),
    [
        ("Mars/Olympus", NINE_TO_SIX, "not a time zone"),
        ("../etc/passwd", NINE_TO_SIX, "not a time zone"),
        ("Asia/Shanghai", ((600, 540),), "10:00-09:00"),
        ("Asia/Shanghai", ((540, 700), (650, 800)), "10:50"),
        ("Asia/Shanghai", ((1440, 1500),), "24:00"),
    ],
)
def test_what_is_no_week_is_turned_away_with_its_reason(
    zone: str, spans: tuple[tuple[int, int], ...], said: str
) -> None:
    with pytest.raises(UnableToUseWeek, match=said):
        WorkingWeek(zone, (spans,) * 7)


def test_a_date_is_not_both_closed_and_extra() -> None:
    day = frozenset({date(2026, 10, 1)})
    with pytest.raises(UnableToUseWeek, match="2026-10-01"):
        WorkingWeek("Asia/Shanghai", (NINE_TO_SIX,) * 7, day, day)


def test_public_holidays_come_with_the_days_worked_instead() -> None:
    assert date(2026, 10, 1) in CLOSED
    assert date(2026, 10, 10) in EXTRA
    assert date(2026, 7, 3) in public_holidays("US-CA", 2026)[0]
    assert public_holidays("DE", 2026) == (frozenset(), frozenset())

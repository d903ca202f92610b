"""Who is on duty, and how a calendar is written."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from amends.basics.working_time import WorkingWeek
from amends.facts.calendar_json import UnableToReadCalendar, calendar_json, read_calendar
from amends.facts.calendars import DutyRow, ShopCalendar, default_calendar, end_of_duty, next_duty, on_duty

DAY, NIGHT = (540, 1080), (1080, 1560)
WEEK = WorkingWeek(
    "Asia/Shanghai", ((DAY,),) * 5 + ((), ()), frozenset({date(2026, 10, 1)}), frozenset({date(2026, 10, 10)})
)
ROSTER = ShopCalendar(
    "desk",
    WEEK,
    (
        *(DutyRow(day, DAY, ("lin", "wang")) for day in range(5)),
        DutyRow(4, NIGHT, ("mei", "lin")),
        DutyRow(date(2026, 11, 27), DAY, ("zhao",)),
        DutyRow(date(2026, 10, 1), (600, 660), ("wang",)),
    ),
)


def when(text: str) -> datetime:
    return datetime.fromisoformat(text + "+08:00")


def test_the_roster_names_who_is_there() -> None:
    assert on_duty(ROSTER, when("2026-11-25T10:00")) == ("lin", "wang")
    assert on_duty(ROSTER, when("2026-11-25T18:00")) == ()
    assert on_duty(ROSTER, when("2026-11-21T01:30")) == ("mei", "lin")  # the night from Friday to Saturday


def test_rows_of_a_date_stand_for_all_of_its_weekday() -> None:
    assert on_duty(ROSTER, when("2026-11-27T10:00")) == ("zhao",)
    assert on_duty(ROSTER, when("2026-11-27T20:00")) == ()


def test_a_holiday_has_no_duty_but_its_own_and_an_extra_day_has_that_of_a_working_day() -> None:
    assert on_duty(ROSTER, when("2026-10-01T09:30")) == ()
    assert on_duty(ROSTER, when("2026-10-01T10:30")) == ("wang",)
    assert on_duty(ROSTER, when("2026-10-10T10:00")) == ("lin", "wang")


def test_the_next_duty_and_the_end_of_this_one() -> None:
    friday = when("2026-11-20T17:00")
    assert end_of_duty(ROSTER, friday) == when("2026-11-21T02:00")  # the night joins the day
    assert next_duty(ROSTER, when("2026-11-21T02:00")) == when("2026-11-23T09:00")


def test_a_roster_of_the_past_has_no_next_duty() -> None:
    past = ShopCalendar("past", WEEK, (DutyRow(date(2026, 11, 1), DAY, ("lin",)),))
    assert next_duty(past, when("2026-11-25T10:00")) is None
    assert end_of_duty(past, when("2026-11-25T10:00")) is None


def test_a_shop_without_a_calendar_is_open_from_nine_to_ten_every_day_on_its_markets_clock() -> None:
    assert default_calendar("DE").week.zone == "Europe/Berlin"
    assert default_calendar("US-CA").week.zone == "America/Los_Angeles"
    assert next_duty(default_calendar("CN"), when("2026-11-29T03:00")) == when("2026-11-29T09:00")


GOOD: dict[str, Any] = calendar_json(ROSTER)


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"zone": "Nowhere"}, "zone", "not a time zone"),
        ({"week": []}, "week", "seven days"),
        ({"week": [[["9", "18:00"]]] + [[]] * 6}, "mon", "write it as 09:30"),
        ({"week": [[["24:00", "18:00"]]] + [[]] * 6}, "mon", "before 24:00"),
        ({"week": [[["09:00"]]] + [[]] * 6}, "mon", "pairs"),
        ({"closed": ["2026-13-01"]}, "closed", "2026-13-01"),
        ({"closed": ["2026-10-10"]}, "week", "both"),
        ({"duty": [{"on": "mon", "from": "09:00", "to": "18:00", "names": [" "]}]}, "duty.1", "at least one person"),
        ({"duty": [{"on": "monday", "from": "09:00", "to": "18:00", "names": ["lin"]}]}, "duty.1", "monday"),
    ],
)
def test_a_calendar_that_cannot_be_read_names_the_field(change: dict[str, Any], field: str, said: str) -> None:
    with pytest.raises(UnableToReadCalendar, match=said) as caught:
        read_calendar(GOOD | change)
    assert caught.value.field == field
    assert caught.value.says.zh

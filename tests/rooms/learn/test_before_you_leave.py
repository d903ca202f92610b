"""What will run out while nobody is there."""

from __future__ import annotations

from datetime import datetime, timedelta

from amends.basics.working_time import WorkingWeek
from amends.facts.calendars import ShopCalendar
from amends.facts.rulebook import Says
from amends.learn.before_you_leave import RunningOut, before_you_leave

OFFICE = ShopCalendar("office", WorkingWeek("Asia/Shanghai", (((540, 1080),),) * 5 + ((), ())))
FRIDAY = datetime.fromisoformat("2026-11-27T16:00:00+08:00")


def closing(case: int, due: str) -> RunningOut:
    return RunningOut(case, datetime.fromisoformat(due + "+08:00"), "merchant", Says("refunded", "自动退款"))


CLOCKS = [
    closing(1, "2026-11-30T09:31"),
    closing(2, "2026-11-30T09:30"),
    closing(3, "2026-11-28T12:00"),
    closing(4, "2026-11-27T17:59"),
    closing(5, "2026-11-27T18:00"),
    closing(6, "2026-11-27T15:00"),
]


def test_it_lists_what_runs_out_over_the_weekend_and_in_mondays_first_half_hour_soonest_first() -> None:
    leaving = before_you_leave(CLOCKS, OFFICE, FRIDAY)
    assert [item.case for item in leaving.items] == [5, 3, 2]
    assert leaving.leaves_at == datetime.fromisoformat("2026-11-27T18:00:00+08:00")
    assert leaving.back_at == datetime.fromisoformat("2026-11-30T09:00:00+08:00")


def test_who_looks_at_night_sees_what_runs_out_from_now_on() -> None:
    leaving = before_you_leave(CLOCKS, OFFICE, datetime.fromisoformat("2026-11-28T13:00:00+08:00"))
    assert [item.case for item in leaving.items] == [2]


def test_without_a_margin_the_first_minute_of_the_shift_is_enough() -> None:
    assert [item.case for item in before_you_leave(CLOCKS, OFFICE, FRIDAY, timedelta()).items] == [5, 3]


def test_where_somebody_is_always_there_nothing_is_missed() -> None:
    always = ShopCalendar("always", WorkingWeek("Asia/Shanghai", (((0, 1440),),) * 7))
    leaving = before_you_leave(CLOCKS, always, FRIDAY)
    assert leaving.leaves_at is None
    assert leaving.items == ()

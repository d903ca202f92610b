"""Laws of working time, of duty and of leaving: for any week, in any zone, over any change of clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from amends.basics.working_time import (
    Span,
    WorkingWeek,
    add_working,
    is_open,
    next_close,
    next_open,
    working_between,
)
from amends.facts.calendar_json import calendar_json, read_calendar
from amends.facts.calendars import DutyRow, ShopCalendar, end_of_duty, is_staffed, next_duty, on_duty
from amends.facts.rulebook import Says
from amends.learn.before_you_leave import RunningOut, before_you_leave

ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "UTC")
MINUTE = timedelta(minutes=1)
# Around both changes of clocks of 2026 in Europe and America, and around China's National Day.
SPRING, AUTUMN = datetime(2026, 3, 6, tzinfo=UTC), datetime(2026, 9, 25, tzinfo=UTC)
INSTANTS = st.builds(
    lambda start, seconds: start + timedelta(seconds=seconds),
    st.sampled_from((SPRING, AUTUMN)),
    st.integers(0, 40 * 86400),
)
DATES = st.dates(date(2026, 3, 1), date(2026, 11, 10))


@st.composite
def days(draw: st.DrawFn) -> tuple[Span, ...]:
    cuts = sorted(draw(st.lists(st.integers(0, 1439), max_size=5, unique=True)))
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    if len(cuts) % 2:
        spans.append((cuts[-1], cuts[-1] + draw(st.integers(1, 1440))))
    return tuple(spans)


@st.composite
def weeks(draw: st.DrawFn) -> WorkingWeek:
    week = draw(st.lists(days(), min_size=7, max_size=7).filter(any))
    closed = draw(st.frozensets(DATES, max_size=6))
    extra = draw(st.frozensets(DATES, max_size=6)) - closed
    return WorkingWeek(draw(st.sampled_from(ZONES)), tuple(week), closed, extra)


@st.composite
def calendars(draw: st.DrawFn) -> ShopCalendar:
    rows = st.builds(
        DutyRow,
        st.one_of(st.integers(0, 6), DATES),
        st.tuples(st.integers(0, 1439), st.integers(1, 1440)).map(lambda pair: (pair[0], pair[0] + pair[1])),
        st.lists(st.sampled_from(("lin", "wang", "mei")), min_size=1, max_size=2, unique=True).map(tuple),
    )
    return ShopCalendar("any", draw(weeks()), tuple(draw(st.lists(rows, max_size=6))))


@given(weeks(), INSTANTS, st.integers(0, 6000))
def test_what_is_added_is_what_is_measured(week: WorkingWeek, at: datetime, minutes: int) -> None:
    assert working_between(week, at, add_working(week, at, minutes)) == minutes


@given(weeks(), INSTANTS, st.integers(1, 6000))
def test_the_instant_is_the_first_at_which_so_much_has_passed(week: WorkingWeek, at: datetime, minutes: int) -> None:
    end = add_working(week, at, minutes)
    assert is_open(week, end - timedelta(seconds=1))
    assert working_between(week, at, end - timedelta(seconds=1)) == minutes - 1


@given(weeks(), INSTANTS, st.integers(0, 3000), st.integers(0, 3000))
def test_adding_is_monotone_and_adds_up(week: WorkingWeek, at: datetime, first: int, more: int) -> None:
    between = add_working(week, at, first)
    assert at <= between <= add_working(week, at, first + more)
    assert add_working(week, between, more) == add_working(week, at, first + more) or not more


@given(weeks(), INSTANTS, INSTANTS, INSTANTS)
def test_measuring_whole_minutes_adds_up(week: WorkingWeek, a: datetime, b: datetime, c: datetime) -> None:
    a, b, c = sorted(moment.replace(second=0) for moment in (a, b, c))
    assert working_between(week, a, b) + working_between(week, b, c) == working_between(week, a, c)
    assert working_between(week, a, c) <= (c - a) // MINUTE
    assert working_between(week, c, a) == 0


@given(weeks(), INSTANTS)
def test_open_from_the_next_opening_until_just_before_the_next_closing(week: WorkingWeek, at: datetime) -> None:
    opens, closes = next_open(week, at), next_close(week, at)
    assert opens >= at
    assert is_open(week, opens)
    assert (opens == at) == is_open(week, at)
    assert working_between(week, at, opens) == 0
    if closes is not None:
        assert opens < closes
        assert is_open(week, closes - timedelta(seconds=1))
        assert not is_open(week, closes)
        assert working_between(week, opens, closes) == (closes - opens) // MINUTE


@given(calendars())
def test_a_calendar_is_kept_as_it_was(calendar: ShopCalendar) -> None:
    assert read_calendar(calendar_json(calendar)) == calendar


@given(calendars(), INSTANTS)
def test_somebody_is_named_just_when_somebody_is_there(calendar: ShopCalendar, at: datetime) -> None:
    begins, ends = next_duty(calendar, at), end_of_duty(calendar, at)
    assert is_staffed(calendar, at) == (begins == at)
    if not calendar.duty:
        assert is_staffed(calendar, at) == is_open(calendar.week, at)
        return
    assert bool(on_duty(calendar, at)) == is_staffed(calendar, at)
    if begins is not None:
        assert on_duty(calendar, begins)
        assert begins == at or not on_duty(calendar, max(at, begins - timedelta(seconds=1)))
        if ends is not None:
            assert on_duty(calendar, ends - timedelta(seconds=1))
            assert not on_duty(calendar, ends)


@given(calendars(), INSTANTS, st.lists(INSTANTS, max_size=12), st.integers(0, 90))
def test_leaving_lists_just_what_runs_out_while_nobody_is_there(
    calendar: ShopCalendar, now: datetime, dues: list[datetime], margin: int
) -> None:
    deadlines = [RunningOut(number, due, "merchant", Says("gone", "过期")) for number, due in enumerate(dues)]
    leaving = before_you_leave(deadlines, calendar, now, timedelta(minutes=margin))
    listed = {item.case for item in leaving.items}
    assert [item.due for item in leaving.items] == sorted(item.due for item in leaving.items)
    for item in deadlines:
        unattended = item.due >= now and not is_staffed(calendar, item.due)
        before_the_next = leaving.back_at is None or item.due <= leaving.back_at
        if leaving.leaves_at is not None and item.due >= leaving.leaves_at and unattended and before_the_next:
            assert item.case in listed
        if item.case in listed and is_staffed(calendar, item.due):
            assert leaving.back_at is not None
            assert item.due - leaving.back_at <= timedelta(minutes=margin)
        if item.due < now:
            assert item.case not in listed

"""How far a shop is from a network's line, worked out by hand; and what must hold for any month."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.facts.guard_counts import MonthCount, MonthTold
from amends.facts.programmes import PROGRAMMES, REGIONS, Programme, programmes, region_of
from amends.learn.guards.monitor import Standing, course, items_of, standing

TODAY = date(2026, 11, 15)
NOW, LAST = date(2026, 11, 1), date(2026, 10, 1)


def named(code: str, on: date = TODAY, region: str = "us") -> Programme:
    return next(one for one in programmes(on, region) if one.id == code)  # type: ignore[arg-type]


def stands(code: str, *months: MonthCount, on: date = TODAY) -> Standing:
    return standing(named(code, on), {month.day: month for month in months}, on)


def test_vamp_counts_frauds_and_disputes_and_leaves_out_what_was_resolved() -> None:
    month = MonthCount(NOW, {"fraud": 40, "not_received": 10}, {"rdr": 5, "ce3": 1}, told=MonthTold(10_000, 25))
    found = stands("vamp", month)
    assert (found.items, found.payments) == (40 + 10 - 5 - 1 + 25, 10_000)
    assert found.ratio == pytest.approx(0.0069)


def test_the_count_and_the_ratio_are_both_needed() -> None:
    month = MonthCount(NOW, {"fraud": 300}, told=MonthTold(10_000, 0))
    found = stands("vamp", month)
    assert found.thin
    assert found.state != "over"
    assert found.left == 1500 - 300


def test_mastercard_divides_by_the_month_before() -> None:
    found = stands(
        "ecm", MonthCount(NOW, {"fraud": 60, "credit": 60}, told=MonthTold(1)), MonthCount(LAST, told=MonthTold(6_000))
    )
    assert found.ratio == pytest.approx(0.02)
    assert (found.line, found.left, found.state) == (100, 0, "over")


def test_fraud_programme_wants_money_and_little_3d_secure() -> None:
    last = MonthCount(LAST, told=MonthTold(10_000))
    cheap = MonthCount(NOW, {"fraud": 900}, fraud_minor={"USD": 100_000})
    dear = MonthCount(NOW, {"fraud": 900}, fraud_minor={"USD": 9_000_000})
    safe = MonthCount(NOW, {"fraud": 900}, fraud_minor={"USD": 9_000_000}, told=MonthTold(secure=12))
    assert (stands("efm", cheap, last).excused, stands("efm", cheap, last).state) == ("money", "far")
    assert stands("efm", dear, last).state == "over"
    assert stands("efm", safe, last).excused == "secure"


def test_the_line_tightened_on_the_first_of_april() -> None:
    assert named("vamp", date(2026, 3, 31)).ratio == Decimal("0.022")
    assert named("vamp", date(2026, 4, 1)).ratio == Decimal("0.015")


def test_nothing_known_is_told_as_such() -> None:
    assert stands("vamp").state == "unknown"


def test_what_would_move_it_is_worked_out() -> None:
    month = MonthCount(NOW, {"not_received": 30, "fraud": 10}, told=MonthTold(5_000, 0))
    found = stands("vamp", month, on=date(2026, 11, 30))
    first = found.levers[0]
    assert (first.code, first.items) == ("not_received", 30)
    assert first.ratio is not None
    assert found.end_ratio is not None
    assert first.ratio < found.end_ratio


@given(st.sampled_from(PROGRAMMES), st.integers(0, 400), st.integers(0, 50), st.integers(1, 10**6), st.integers(1, 30))
def test_more_disputes_never_bring_a_shop_farther_from_a_line(
    programme: Programme, many: int, more: int, paid: int, day: int
) -> None:
    on = date(2026, 11, day)

    def left(disputes: int) -> Standing:
        month = MonthCount(NOW, {"fraud": disputes}, told=MonthTold(paid, 0))
        return standing(programme, {NOW: month, LAST: MonthCount(LAST, told=MonthTold(paid))}, on)

    few, most = left(many), left(many + more)
    assert most.left <= few.left
    assert most.items >= few.items
    assert most.end.low <= most.end.middle <= most.end.high


@given(st.integers(0, 3000), st.lists(st.integers(0, 3000), max_size=3), st.integers(1, 99))
def test_a_course_never_ends_below_what_was_seen(seen: int, earlier: list[int], gone: int) -> None:
    found = course(seen, earlier, gone / 100)
    assert seen <= found.low <= found.middle <= found.high
    assert course(seen, earlier, 1) == course(seen, [], 1)


def test_the_range_of_a_course_holds_what_it_says() -> None:
    """Months of steady arrivals by chance: the end falls within the range in about nine of ten."""
    import random

    chance, held, tries = random.Random(7), 0, 1500
    for _ in range(tries):
        days = [sum(chance.random() < 0.1 for _ in range(40)) for _ in range(30)]
        before = [sum(sum(chance.random() < 0.1 for _ in range(40)) for _ in range(30)) for _ in range(3)]
        found = course(sum(days[:12]), before, 12 / 30)
        held += found.low <= sum(days) <= found.high
    assert 0.86 <= held / tries <= 0.98


@given(st.sampled_from(sorted(REGIONS)), st.dates(date(2025, 6, 1), date(2028, 1, 1)))
def test_each_programme_speaks_once_about_a_region_and_a_day(region: str, on: date) -> None:
    found = [one.id for one in programmes(on, region)]  # type: ignore[arg-type]
    assert len(found) == len(set(found))
    assert "vamp" in found


def test_a_shop_stands_where_its_home_is_until_somebody_tells_and_germany_has_no_fraud_programme() -> None:
    assert [region_of(market) for market in ("DE", "GB", "CN", "AU", "US-CA", "US")] == [
        "eu",
        "eu",
        "ap",
        "ap",
        "us",
        "us",
    ]
    german = [one.id for one in programmes(TODAY, "eu", "DE")]
    french = [one.id for one in programmes(TODAY, "eu", "FR")]
    assert set(french) - set(german) == {"efm"}


def test_frauds_alone_are_counted_where_only_they_count() -> None:
    month = MonthCount(TODAY - timedelta(days=14), {"fraud": 3, "credit": 4})
    assert items_of(named("efm"), month) == 3
    assert items_of(named("ecm"), month) == 7

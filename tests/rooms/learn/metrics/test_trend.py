"""Limits against charts that were worked out by hand, and what counts as more than chance."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.learn.metrics.trend import Point, Value, trend_of


def points(*told: tuple[int, int]) -> list[Point]:
    return [Point(day, day, Value(top, bottom)) for day, (top, bottom) in enumerate(told)]


def test_a_p_chart_has_the_limits_of_the_formula() -> None:
    found = trend_of(points(*[(10, 100)] * 7, (20, 400)), counts=True)
    middle = 90 / 1100
    assert found.chart == "p"
    assert found.middle == pytest.approx(middle)
    assert found.points[0].high == pytest.approx(middle + 3 * math.sqrt(middle * (1 - middle) / 100))
    assert found.points[0].low == 0  # 0.0818 - 0.0822 is below nought
    assert found.points[7].low == pytest.approx(middle - 3 * math.sqrt(middle * (1 - middle) / 400))


def test_an_xmr_chart_has_the_limits_of_the_formula() -> None:
    found = trend_of(points((10, 1), (12, 1), (11, 1), (13, 1), (12, 1), (10, 1), (11, 1), (9, 1)), counts=False)
    mean, ranges = 11.0, (2 + 1 + 2 + 1 + 2 + 1 + 2) / 7
    assert found.chart == "xmr"
    assert (found.middle, found.points[3].low, found.points[3].high) == (
        pytest.approx(mean),
        pytest.approx(mean - 2.66 * ranges),
        pytest.approx(mean + 2.66 * ranges),
    )


def test_a_point_beyond_its_limit_is_news_and_one_within_is_not() -> None:
    calm = trend_of(points(*[(10, 1000), (12, 1000)] * 8), counts=True)
    loud = trend_of(points(*[(10, 1000), (12, 1000)] * 8, (40, 1000)), counts=True)
    assert [one.signal for one in calm.points] == [""] * 16
    assert [place for place, one in enumerate(loud.points) if one.signal == "above"] == [16]
    assert loud.signal == "above"


def test_eight_on_one_side_are_a_lasting_shift() -> None:
    found = trend_of(points(*[(90, 1000)] * 10, *[(100, 1000)] * 8), counts=True)
    assert [one.signal for one in found.points[:8]] == [""] * 7 + ["run_below"]
    assert found.signal == "run_above"


def test_few_points_have_no_limits() -> None:
    assert trend_of(points(*[(1, 10)] * 7, (0, 0)), counts=True).chart == ""


def test_what_may_still_turn_out_otherwise_is_neither_judged_nor_sets_limits() -> None:
    ripe = points(*[(10, 1000), (12, 1000)] * 8)
    late = Point(16, 16, Value(0, 1000), ripe=False)
    found = trend_of([*ripe, late], counts=True)
    assert found.middle == trend_of(ripe, counts=True).middle
    assert (found.points[-1], found.signal) == (late, "")


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda two: (min(two), max(two))), max_size=40))
def test_limits_of_a_share_stay_between_nought_and_one_around_the_middle(told: list[tuple[int, int]]) -> None:
    found = trend_of(points(*told), counts=True)
    assert [(one.first, one.value) for one in found.points] == [(day, Value(*two)) for day, two in enumerate(told)]
    for one in found.points:
        if one.low is not None and one.high is not None and found.middle is not None:
            assert 0 <= one.low <= found.middle <= one.high <= 1

"""Where a score may end: as wide as the past says, tried on the past, silent where there is too little of it."""

from __future__ import annotations

import random
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from amends.learn.guards.score_course import FEWEST, ahead, month_end

FIRST = date(2026, 6, 1)
SCALE = (0.0, 100.0)


def days(values: list[float]) -> list[tuple[date, float]]:
    return [(FIRST + timedelta(days=number), value) for number, value in enumerate(values)]


def walk(seed: int, many: int, step: float) -> list[float]:
    chance, value, found = random.Random(seed), 70.0, []
    for _ in range(many):
        found.append(value)
        value += chance.gauss(0, step)
    return found


@given(st.lists(st.floats(0, 100), min_size=1, max_size=40), st.integers(1, 31))
def test_a_band_lies_within_the_scale_around_the_last_reading(values: list[float], later: int) -> None:
    told = days(values)
    found = ahead(told, told[-1][0] + timedelta(days=later), SCALE)
    if len(values) <= FEWEST:
        assert found is None
        return
    assert found is not None
    assert 0 <= found.low <= found.middle <= found.high <= 100
    assert found.middle == values[-1]
    assert 0 <= found.held <= found.tried


def test_bands_of_made_up_scores_hold_as_often_as_they_say() -> None:
    held = 0
    for seed in range(200):
        values = walk(seed, 75, 0.4)
        found = ahead(days(values[:60]), FIRST + timedelta(days=74), SCALE)
        assert found
        held += found.low <= values[74] <= found.high
    assert 155 <= held <= 195, "eight in ten, and no more than the widening adds"


def test_a_score_that_runs_on_makes_the_band_wider_than_its_days_alone_would() -> None:
    trend = [60 + 0.5 * number for number in range(60)]
    found = ahead(days(trend), FIRST + timedelta(days=69), SCALE)
    assert found
    assert found.high - found.middle >= 5, "half a point a day for ten days must fit in"


def test_gaps_are_not_bridged_and_nothing_is_said_of_days_that_are_over() -> None:
    apart = [(FIRST + timedelta(days=10 * number), 70.0 + number) for number in range(12)]
    found = ahead(apart, FIRST + timedelta(days=120), SCALE)
    assert found is not None, "a reading is carried on for three days"
    assert found.changes < 60
    assert ahead(apart, FIRST, SCALE) is None
    assert ahead([], FIRST, SCALE) is None
    assert [month_end(date(2026, month, 5)).day for month in (1, 2, 12)] == [31, 28, 31]

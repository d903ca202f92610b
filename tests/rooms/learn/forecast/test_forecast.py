"""What a forecast of returns promises: no count below nothing, sums that agree, bands that hold, silence where little is known."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.facts.forecast import Forecast, History, Returned, Sold, TooLittle
from amends.learn.forecast.bands import band, spread_of
from amends.learn.forecast.delays import ends, follow, still_to_come, survival
from amends.learn.forecast.forecast import forecast
from amends.learn.forecast.history import history
from amends.learn.forecast.model import OTHERS, means
from amends.learn.forecast.rates import ratios
from amends.learn.forecast.sheet import WAYS, forecast_table
from tests.forecast_house import TODAY, made_shop
from tests.metric_house import case, facts_in, sale

LIGHT = settings(max_examples=25, deadline=None)
_DAY = st.integers(TODAY - 70, TODAY - 1)
_LOTS = st.lists(st.tuples(st.sampled_from("abc"), _DAY, st.integers(1, 40)), min_size=1, max_size=25)
_ASK = st.tuples(_DAY, st.integers(0, 70), st.integers(0, 60), st.integers(1, 9), st.booleans())
_ASKED = st.lists(st.tuples(st.sampled_from("abcz"), _ASK), max_size=25)


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Whatever a shop may tell, right or wrong: more returns than orders, and returns of SKUs that were never sold."""
    sold = [Sold(sku, "c", day, many) for sku, day, many in draw(_LOTS)]
    told = [
        Returned(sku, day, day + late, day + late + way if day + late + way < TODAY else None, many, 2 * many, plain)
        for sku, (day, late, way, many, plain) in draw(_ASKED)
        if day + late < TODAY
    ]
    return History(TODAY, sold, told)


@LIGHT
@given(histories(), st.integers(1, 40))
def test_nothing_is_below_nothing_and_days_and_skus_add_up_to_the_same(past: History, days: int) -> None:
    found = means(past, days)
    every = [many for one in found.skus for many in (*one.asked, *one.parcels)]
    assert min(every) >= 0
    assert sum(found.asked()) == pytest.approx(sum([sum(one.asked) for one in found.skus]))
    assert all(0 <= one.rate <= 1 for one in found.skus)
    told = forecast(past, days)
    if isinstance(told, Forecast):
        assert len(told.days) == days
        assert told.asked.mean == pytest.approx(sum([one.asked.mean for one in told.days]))
        assert told.asked.mean == pytest.approx(sum([one.asked.mean for one in told.skus]))
        assert all((one.fit or 0) <= (one.units or 0) for one in told.skus)


@given(st.floats(0, 5000), st.floats(0, 1))
def test_a_band_lies_within_the_wider_one_and_is_never_below_nothing(mean: float, spread: float) -> None:
    found = band(mean, spread)
    assert 0 <= found.low95 <= found.low80 <= found.high80 <= found.high95


@LIGHT
@given(st.lists(st.integers(0, 30), min_size=5, max_size=60), st.integers(1, 90))
def test_what_waits_and_what_follows_ends_once_at_most(lots: list[int], days: int) -> None:
    began = {TODAY - len(lots) + day: many for day, many in enumerate(lots)}
    ended = [(day, min(TODAY - 1, day + 4), many // 2) for day, many in began.items()]
    left = survival(began, ended, TODAY, 30)
    assert left == sorted(left, reverse=True)
    assert left[0] == 1
    assert sum(still_to_come([1.0] * 20, left, days)) <= 20 + 1e-6
    followed = follow([*map(float, lots), *[0.0] * 40], left)
    assert sum(followed) == pytest.approx(sum(lots) * sum(ends(left)))


def test_orders_too_young_to_come_back_do_not_make_returns_look_rare() -> None:
    """Half of every day's orders come back after ten days; half of the days are younger than that."""
    began = {TODAY - 1 - age: 100 for age in range(20)}
    ended = [(day, day + 10, 50) for day in began if day + 10 < TODAY]
    left = survival(began, ended, TODAY, 30)
    assert left[10] == 1
    assert left[11] == left[30] == pytest.approx(0.5)


def test_a_sku_with_few_orders_is_drawn_to_its_category_and_one_with_many_is_not() -> None:
    usual = {f"S{n}": 100.0 for n in range(20)}
    seen = dict.fromkeys(usual, 100)
    found = ratios({**usual, "rare": 0.5, "bad": 100.0}, {**seen, "rare": 2, "bad": 300}, {})
    assert 1 <= found["rare"] < 1.5
    assert found["bad"] > 2.5


def test_bands_hold_as_often_as_they_promise_on_shops_made_by_chance() -> None:
    """Eight shops, 28 days each: 80 and 95 of 100, within what so many days that hang together can tell."""
    in80 = in95 = of = 0
    measured = []
    for seed in range(8):
        whole = made_shop(seed, skus=5)
        told = forecast(whole.until(TODAY), 28)
        assert isinstance(told, Forecast)
        for one in told.days:
            came = sum([each.many for each in whole.returned if each.asked == one.day])
            in80 += one.asked.low80 <= came <= one.asked.high80
            in95 += one.asked.low95 <= came <= one.asked.high95
            of += 1
        assert told.held_asked is not None
        measured.append(told.held_asked.in80 / told.held_asked.of)
    assert 0.76 <= in80 / of <= 0.92
    assert 0.92 <= in95 / of <= 0.995
    assert abs(sum(measured) / len(measured) - in80 / of) < 0.08


def test_a_past_forecast_knows_nothing_of_what_came_later() -> None:
    whole = made_shop(1)
    then = whole.until(TODAY)
    assert max(one.day for one in then.sold) < TODAY
    assert all(one.asked < TODAY and (one.back is None or one.back < TODAY) for one in then.returned)
    late = Returned("S1", TODAY - 9, TODAY - 5, TODAY + 3, 1, 1, plain=False)
    assert late not in History(TODAY + 28, whole.sold, [late]).until(TODAY).returned


def test_too_little_is_said_and_not_guessed() -> None:
    assert forecast(History(TODAY, [], []), 28) == TooLittle("orders", 0, 1)
    young = History(TODAY, [Sold("a", "", TODAY - 5, 500)], [])
    assert forecast(young, 28) == TooLittle("days", 5, 21)
    calm = History(TODAY, [Sold("a", "", TODAY - 50, 500)], [Returned("a", TODAY - 50, TODAY - 40, None, 29, 29)])
    assert forecast(calm, 28) == TooLittle("returns", 29, 30)


def test_what_few_past_forecasts_say_widens_the_band_and_never_narrows_it() -> None:
    assert spread_of([(10.0, 10)]) > 0.9 * spread_of([])
    assert spread_of([(10.0, 10)] * 40) < 0.1 * spread_of([])
    assert spread_of([(10.0, 30)] * 3) > spread_of([(10.0, 10)] * 3)


def test_rare_skus_are_put_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("amends.learn.forecast.model.MOST_SKUS", 3)
    past = made_shop(2).until(TODAY)
    told = forecast(past, 28)
    assert isinstance(told, Forecast)
    assert {one.sku for one in told.skus} >= {OTHERS}
    assert len(told.skus) == 4


def test_tables_of_files_have_a_row_for_each_day_or_sku() -> None:
    told = forecast(made_shop(3).until(TODAY), 14)
    assert isinstance(told, Forecast)
    for way in WAYS:
        heads, rows = forecast_table(told, way, 4.0, "en")
        assert len(rows) == (12 if way == "sku" else 14)
        assert {len(row) for row in rows} == {len(heads)}


def test_facts_tell_what_was_sold_asked_back_and_received(tmp_path: Path) -> None:
    sales = [sale(number, sku="A", category="bags", shipped_day=100) for number in range(3)]
    sales += [sale(9, sku="B", shipped_day=None), sale(10, shop="two")]
    back = {"sku": "A", "kind": "return_refund", "opened_day": 105, "pieces": 2}
    cases = [
        case(1, order_row=0, came_back=1, back_day=109, grade="B", **back),
        case(2, order_row=1, **{**back, "kind": "refund_only"}),
        case(3, order_row=2, **{**back, "kind": "refund_only"}, came_back=1, back_day=108, grade="D"),
        case(4, order_row=10, shop="two", **back),
    ]
    told = history(facts_in(tmp_path, cases, sales), "one", 120)
    assert told.sold == [Sold("A", "bags", 100, 3)]
    assert sorted(told.returned, key=lambda one: one.back or 0) == [
        Returned("A", 100, 105, 108, 1, 2, plain=False),
        Returned("A", 100, 105, 109, 1, 2),
    ]
    assert told.graded == [("A", 2, 1)]
    assert told.clock == "shipped"

"""What stands out and what does not, and what a change did."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.facts.prevention import Cluster, fix_of, kind_of
from amends.learn.prevention.effect import effect
from amends.learn.prevention.search import Seen, causes, clusters, tail


def window(bad: int, reason: str = "quality") -> Seen:
    """Twenty SKUs of 100 orders, each with two cases of a reason; S0 with as many as said."""
    cases = {("sku", f"S{n}", reason): bad if n == 0 else 2 for n in range(20)}
    return Seen(0, 27, 0.5, cases, {("sku", f"S{n}"): 100 for n in range(20)})


def test_a_sku_far_above_the_others_is_named_and_no_other() -> None:
    assert [one.key for one in clusters([window(15)])] == [("sku", "S0", "quality")]


@pytest.mark.parametrize("bad", [0, 2, 5])
def test_what_chance_makes_is_not_named(bad: int) -> None:
    assert clusters([window(bad)]) == ()


def test_a_shop_with_one_sku_has_nothing_to_be_held_against() -> None:
    assert clusters([Seen(0, 6, 0.2, {("sku", "S", "quality"): 40}, {("sku", "S"): 50})]) == ()


@given(st.integers(2, 60), st.floats(0.02, 0.5), st.data())
def test_the_tail_is_exact(tries: int, chance: float, data: st.DataObject) -> None:
    least = data.draw(st.integers(min(tries, int(tries * chance) + 1), tries))
    plain = sum(comb(tries, k) * chance**k * (1 - chance) ** (tries - k) for k in range(least, tries + 1))
    assert tail(least, tries, chance) == pytest.approx(plain, rel=1e-9)


def test_clusters_of_the_same_cases_are_one_cause() -> None:
    batch = Cluster("batch", "B1", "quality", 10, 50, 5, 900, 0, 27)
    sku, other = (
        Cluster("sku", "S1", "quality", 12, 90, 3, 860, 0, 27),
        Cluster("sku", "S2", "damaged", 6, 90, 3, 860, 0, 27),
    )
    cases = {batch: frozenset(range(10)), sku: frozenset(range(12)), other: frozenset(range(20, 26))}
    found = causes([batch, sku, other], cases.__getitem__)
    assert [(one.cluster, one.also) for one in found] == [(batch, (sku,)), (other, ())]


def of(cases: int, exposure: int, rest: int, days: int = 28) -> Cluster:
    return Cluster("sku", "S", "quality", cases, exposure, rest, 10_000, 1, days)


def test_a_change_that_helped_is_told_from_a_shop_that_got_better_as_a_whole() -> None:
    assert effect(of(60, 500, 100), of(6, 500, 100)).finding == "better"
    assert effect(of(60, 500, 100), of(15, 500, 25)).finding == "same"
    assert effect(of(20, 500, 100), of(80, 500, 100)).finding == "worse"


def test_little_is_not_yet_known() -> None:
    assert effect(of(60, 500, 100), of(0, 10, 2)).finding == "unknown"
    assert effect(of(60, 500, 100), of(3, 500, 100, days=5)).finding == "unknown"


def test_a_change_of_mind_is_not_laid_at_the_goods() -> None:
    assert (kind_of("changed_mind"), fix_of("sku", "changed_mind")) == ("remorse", "remorse")
    assert (kind_of("not_as_described"), fix_of("creator", "not_as_described")) == ("misled", "promise")
    assert fix_of("station", "damaged") == "carrier"


def test_shoes_are_held_against_shoes_where_a_reason_is_about_their_size() -> None:
    lamps = {("sku", f"L{n}"): 400 for n in range(10)}
    shoes = {("sku", f"S{n}"): 300 for n in range(4)}
    sizes = {("sku", f"S{n}", "wrong_size"): 6 for n in range(4)}
    assert clusters([Seen(0, 27, 0.5, sizes, lamps | shoes)]) == ()
    worse = sizes | {("sku", "S0", "wrong_size"): 30}
    assert [one.key for one in clusters([Seen(0, 27, 0.5, worse, lamps | shoes)])] == [("sku", "S0", "wrong_size")]

"""Listings held against reasons: one that misleads is found, shops where nothing is odd are left alone."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from amends.facts.guard_shops import Complaints
from amends.facts.listings import Listing
from amends.learn.guards.listing_truth import doubts, tail

REASONS = ["changed_mind", "wrong_size", "not_as_described", "quality", "missing_item", "damaged"]


def shop(seed: int, skus: int, each: int) -> Complaints:
    chance = random.Random(seed)
    told = {f"S{index}": Counter(chance.choices(REASONS, k=each)) for index in range(skus)}
    return Complaints(told, {sku: f"Thing {sku}" for sku in told})


def test_a_misleading_picture_is_found_with_what_the_page_says() -> None:
    told = shop(1, 20, 30)
    odd = {**told.by_sku, "BAD": Counter({"not_as_described": 22, "changed_mind": 8})}
    page = Listing("Linen dress", attributes={"Colour": "navy", "Care": "30 °C"})
    found = doubts(Complaints(odd, told.titles), {"BAD": page})
    assert [(one.sku, one.subject, one.many, one.cases) for one in found] == [("BAD", "look", 22, 30)]
    assert found[0].promised == (("Colour", "navy"),)


def test_a_page_without_a_word_of_it_says_so() -> None:
    told = shop(2, 20, 30)
    odd = {**told.by_sku, "BAD": Counter({"wrong_size": 25, "changed_mind": 5})}
    found = doubts(Complaints(odd, told.titles), {"BAD": Listing("Boots")})
    assert (found[0].told, found[0].promised) == (True, ())
    assert doubts(Complaints(odd, told.titles), {})[0].told is False


def test_where_nothing_is_odd_a_shop_is_named_about_once_in_twenty() -> None:
    named = sum(bool(doubts(shop(seed, 30, 40), {})) for seed in range(200))
    assert named <= 20


def test_few_complaints_say_nothing() -> None:
    assert doubts(Complaints({"A": {"wrong_size": 4}, "B": {"changed_mind": 400}}, {}), {}) == ()


@pytest.mark.parametrize(
    ("least", "tries", "chance", "wanted"), [(2, 3, 0.5, 0.5), (0, 9, 0.1, 1.0), (3, 3, 0.1, 0.001), (1, 4, 0, 0.0)]
)
def test_the_tail_is_exact(least: int, tries: int, chance: float, wanted: float) -> None:
    assert tail(least, tries, chance) == pytest.approx(wanted)


def test_a_lamp_that_has_no_size_says_nothing_about_the_sizes_of_shoes() -> None:
    lamps = {f"lamp{one}": {"quality": 40} for one in range(8)}
    shoes = {f"shoe{one}": {"wrong_size": 12, "quality": 28} for one in range(4)}
    told = Complaints({**lamps, **shoes}, {})
    assert [one.sku for one in doubts(told, {}) if one.subject == "size"] == []
    worse = Complaints({**lamps, **shoes, "shoe0": {"wrong_size": 32, "quality": 8}}, {})
    assert [one.sku for one in doubts(worse, {}) if one.subject == "size"] == ["shoe0"]

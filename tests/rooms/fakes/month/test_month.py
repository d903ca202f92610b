"""The month that never was: the same for the same seed, and its planted causes are as frequent as they say."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest

from amends.facts.orders import PARTS
from amends.fakes.month.causes import BATCH, BY_CHANCE, PLANTED, RING, STATION
from amends.fakes.month.claims import Claim, charges, claims
from amends.fakes.month.orders import Sold, by_day, orders

FIRST = datetime(2026, 10, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def sold() -> list[Sold]:
    return list(orders(1, 30_000, FIRST))


@pytest.fixture(scope="module")
def asked(sold: list[Sold]) -> list[Claim]:
    return list(claims(1, sold))


def test_the_same_seed_gives_the_same_month(sold: list[Sold], asked: list[Claim]) -> None:
    again = list(orders(1, 30_000, FIRST))
    assert again == sold
    assert list(claims(1, again)) == asked
    assert list(orders(2, 50, FIRST)) != sold[:50]


def test_orders_are_what_a_shop_may_tell(sold: list[Sold]) -> None:
    assert len(sold) == 30_000
    assert all(set(one.file) <= PARTS for one in sold)
    assert [one.placed for one in sold] == sorted(one.placed for one in sold)
    assert len({one.number for one in sold}) == len(sold)
    assert sum(len(day) for day in by_day(sold, FIRST, 30)) == len(sold)


def test_chance_gives_each_reason_as_often_as_it_says(sold: list[Sold], asked: list[Claim]) -> None:
    found = Counter(one.reason for one in asked if not one.cause)
    for reason, share in BY_CHANCE.items():
        if reason != "wrong_size":
            assert found[reason] == pytest.approx(share * len(sold), rel=0.35)


def test_every_cause_is_there_and_only_among_its_own_orders(sold: list[Sold], asked: list[Claim]) -> None:
    found = Counter(one.cause for one in asked)
    assert {one.name for one in PLANTED} == {*found, *(one.cause for one in charges(1, sold))} - {""}
    assert all(one.order.batch == BATCH.value for one in asked if one.cause == BATCH.name)
    assert all(one.order.station == STATION.value for one in asked if one.cause == STATION.name)
    ring = [one for one in sold if one.ring]
    assert found[RING.name] == pytest.approx(len(ring) * RING.share, rel=0.25)

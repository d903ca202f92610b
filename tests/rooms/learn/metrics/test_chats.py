"""Rounds of a talk that a person answers within three minutes, by day on the market's clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from amends.learn.metrics.beside import of_chats

NOON = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
"""Twelve o'clock in China."""


@pytest.mark.parametrize(
    ("talk", "chats", "soon"),
    [
        ("", 0, 0),
        ("buyer 0", 1, 0),
        ("buyer 0, shop 180", 1, 1),
        ("buyer 0, shop 181", 1, 0),
        ("buyer 0, buyer 170, shop 185", 1, 0),
        ("buyer 0, system 5, shop 400", 1, 0),
        ("buyer 0, shop 60, buyer 90, shop 100, shop 900", 2, 2),
        ("shop 0, buyer 39600, shop 39601", 0, 0),
        ("buyer 39599, shop 39700", 1, 1),
        ("buyer -14401, shop -14400, buyer -14400, shop -14399", 1, 1),
    ],
)
def test_a_round_ends_with_a_person_and_nights_do_not_count(talk: str, chats: int, soon: int) -> None:
    told = [one.split() for one in talk.split(", ") if one]
    messages = [(NOON + timedelta(seconds=int(at)), by) for by, at in told]
    assert of_chats(messages, "CN") == {"chats": chats, "chats_soon": soon}

"""How a connection is, in one word."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from amends.facts.connections import Connection, Health
from amends.learn.connection_state import LATE, keys_run_out, word_of

NOW = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
MADE = Connection(1, "north", "main", "douyin", "", "on", {}, frozenset(), False, False, "p", "", "wu", NOW)
READ = Health(MADE, NOW, NOW, NOW, None, None, 0, 0, "", "", None, None, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({}, "well"),
        ({"read_at": None}, "beginning"),
        ({"lag_seconds": LATE.total_seconds()}, "well"),
        ({"lag_seconds": LATE.total_seconds() + 1}, "behind"),
        ({"faults": 1, "again_at": NOW}, "failing"),
        ({"faults": 1, "again_at": None}, "stopped"),
        ({"connection": replace(MADE, state="paused"), "faults": 9}, "paused"),
        ({"connection": replace(MADE, state="draft")}, "draft"),
    ],
)
def test_a_connection_has_one_word(changed: dict[str, Any], word: str) -> None:
    assert word_of(replace(READ, **changed)) == word


@pytest.mark.parametrize(("days", "soon"), [(8, False), (6, True), (-1, True)])
def test_keys_that_run_out_are_told_a_week_ahead(days: int, soon: bool) -> None:
    until = NOW + timedelta(days=days)
    assert keys_run_out(replace(READ, connection=replace(MADE, keys_until=until)), NOW) is soon
    assert not keys_run_out(READ, NOW)

"""How urgent a deadline is, to the second."""

from datetime import UTC, datetime, timedelta

import pytest

from amends.learn.countdown import band, parts

NOW = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (12 * 3600, "calm"),
        (12 * 3600 - 1, "amber"),
        (2 * 3600, "amber"),
        (2 * 3600 - 1, "red"),
        (1, "red"),
        (0, "overdue"),
        (-1, "overdue"),
    ],
)
def test_bands(seconds: int, expected: str) -> None:
    assert band(NOW + timedelta(seconds=seconds), NOW) == expected


def test_no_deadline_is_no_band() -> None:
    assert band(None, NOW) == "none"


def test_parts_cut_seconds_off_both_ways() -> None:
    assert parts(NOW + timedelta(days=2, hours=3, minutes=4, seconds=59), NOW) == (2, 3, 4)
    assert parts(NOW - timedelta(hours=1, seconds=30), NOW) == (0, 1, 0)

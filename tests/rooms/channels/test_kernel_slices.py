"""A window is walked so that nothing is missed and nothing told twice, whatever changes meanwhile."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from amends.channels.kernel_china import moment_of
from amends.channels.kernel_slices import Slice, next_rows
from amends.facts.platforms import Window
from amends.facts.wire import WireAnswer, WireRequest
from tests.rooms.channels.talking import AT, scripted

START = AT
LONG = 3_600
PAGE = 3
Row = dict[str, int]


@dataclass
class Platform:
    """A platform that lists by time of change, three a page. After each call one row may change and so leave the window."""

    rows: dict[int, int]
    leaving: list[int] = field(default_factory=list)
    calls: list[Slice] = field(default_factory=list)

    def ask(self, piece: Slice) -> Generator[WireRequest, WireAnswer, tuple[list[Row], bool]]:
        yield from ()
        self.calls.append(piece)
        inside = sorted([(at, number) for number, at in self.rows.items() if piece.since <= at < piece.until])
        first = (piece.page - 1) * PAGE
        found = [{"number": number, "at": at} for at, number in inside[first : first + PAGE]]
        if self.leaving:
            self.rows.pop(self.leaving.pop(), None)
        return found, len(inside) > first + PAGE


def walked(platform: Platform, seconds: int, widest: int | None) -> list[int]:
    window = Window(START, START + timedelta(seconds=seconds))
    told: list[int] = []
    while True:
        (rows, cursor), _ = scripted(next_rows(window, window.cursor, widest, platform.ask))
        told += [row["number"] for row in rows]
        if not cursor:
            return told
        window = Window(window.since, window.until, cursor)


def rows_at(offsets: list[int]) -> dict[int, int]:
    begin = int(START.timestamp())
    return {number: begin + offset for number, offset in enumerate(offsets)}


@given(st.lists(st.integers(0, LONG - 1), max_size=40), st.sampled_from([None, 1, 60, 1_800]))
@settings(deadline=None, max_examples=60)
def test_everything_is_told_once(offsets: list[int], widest: int | None) -> None:
    platform = Platform(rows_at(offsets))
    assert sorted(walked(platform, LONG, widest)) == sorted(platform.rows)
    assert widest is None or all(piece.until - piece.since <= widest for piece in platform.calls)


@given(
    st.lists(st.integers(0, LONG - 1), min_size=1, max_size=40, unique=True),
    st.lists(st.integers(0, 39), max_size=20),
)
@settings(deadline=None, max_examples=100)
def test_a_case_that_changes_meanwhile_makes_nobody_miss_another(offsets: list[int], leaving: list[int]) -> None:
    platform = Platform(rows_at(offsets), leaving=list(leaving))
    told = walked(platform, LONG, None)
    assert len(told) == len(set(told))
    assert set(platform.rows) <= set(told)


def test_windows_that_meet_share_no_second() -> None:
    platform = Platform(rows_at([0, 10, 20]))
    part = Window(START, START + timedelta(seconds=10, microseconds=5))
    rest = Window(part.until, START + timedelta(seconds=30))
    (first, _), _ = scripted(next_rows(part, "", None, platform.ask))
    (second, _), _ = scripted(next_rows(rest, "", None, platform.ask))
    assert [row["number"] for row in first + second] == [0, 1, 2]


def test_a_window_without_a_whole_second_is_not_asked_about() -> None:
    platform = Platform({})
    window = Window(START, START + timedelta(microseconds=5))
    assert scripted(next_rows(window, "", None, platform.ask))[0] == ([], "")
    assert platform.calls == []
    assert moment_of(0).year == 1970

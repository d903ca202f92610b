"""Walking a window in slices, so that what changes meanwhile makes nobody miss a case.

A platform that lists by time of change moves a row out of the window when it changes again, and all rows behind it move up: the
next page begins one row too late. So a slice that does not fit on one page is halved until it does; only within a single second
are pages turned.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from typing import TypeVar

from amends.channels.kernel_china import seconds_of
from amends.facts.platforms import Window
from amends.facts.wire import WireAnswer, WireRequest

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Slice:
    """Seconds since 1970, from `since` on and before `until`; `page` counts from 1."""

    since: int
    until: int
    page: int = 1


Asked = Generator[WireRequest, WireAnswer, tuple[list[Row], bool]]
"""A talk that gives the rows of a slice's page, and whether there are more."""


def next_rows(
    window: Window, cursor: str, widest: int | None, ask: Callable[[Slice], Asked[Row]]
) -> Generator[WireRequest, WireAnswer, tuple[list[Row], str]]:
    """The next rows of a window, and the cursor of what follows; "" where it has been walked to its end."""
    end = seconds_of(window.until)
    piece = _read(cursor) if cursor else _from(seconds_of(window.since), end, widest)
    if piece.since >= piece.until:
        return [], ""
    rows, more = yield from ask(piece)
    while more and piece.page == 1 and piece.until - piece.since > 1:
        piece = replace(piece, until=piece.since + (piece.until - piece.since) // 2)
        rows, more = yield from ask(piece)
    if more:
        return rows, _write(replace(piece, page=piece.page + 1))
    if piece.until >= end:
        return rows, ""
    grown = 2 * (piece.until - piece.since)
    return rows, _write(_from(piece.until, end, grown if widest is None else min(grown, widest)))


def more_left(page: int, size: int, rows: int, total: int | None) -> bool:
    """Whether there is more behind a page; where no total is told, a full page is taken to have something behind it."""
    return rows >= size if total is None else total > page * size


def _from(since: int, end: int, widest: int | None) -> Slice:
    return Slice(since, end if widest is None else min(end, since + widest))


def _write(piece: Slice) -> str:
    return f"{piece.since}.{piece.until}.{piece.page}"


def _read(cursor: str) -> Slice:
    since, until, page = (int(text) for text in cursor.split("."))
    return Slice(since, until, page)

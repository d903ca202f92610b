"""What rehearsing needs from the rooms below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from amends.facts.history import HistoryRow
from amends.facts.past_cases import PastCase


class History(Protocol):
    """The case history as a table on disk."""

    def write(self, rows: Iterable[HistoryRow]) -> int:
        """Write a history in place of the one that was there; give the number of rows."""
        ...

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Answer one question about the table `history`."""
        ...


class PastCases(Protocol):
    """The cases of the database, open and closed."""

    def past(self, merchant: str | None) -> Iterator[PastCase]:
        """Give every case of a merchant's shops (None: of all), the oldest number first, a few hundred at a time."""
        ...

"""The case history of the database as rows of plain columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from amends.decide.judge import Rulebooks
from amends.decide.rehearsal.history_row import history_row
from amends.desk.rehearsal.ports import History, PastCases
from amends.facts.fields import UnableToReadCase
from amends.facts.history import HistoryRow
from amends.facts.read_case import read_case


@dataclass(slots=True)
class Exported:
    """How many cases were written, and which could not be read (number and reason)."""

    written: int = 0
    unread: list[tuple[int, str]] = field(default_factory=list)


def export_history(cases: PastCases, books: Rulebooks, history: History, merchant: str | None = None) -> Exported:
    """Write the history of a merchant (None: of all). A case that cannot be read is left out and named."""
    told = Exported()
    told.written = history.write(_rows(cases, books, merchant, told))
    return told


def _rows(cases: PastCases, books: Rulebooks, merchant: str | None, told: Exported) -> Iterator[HistoryRow]:
    """Each case as it stood when it was decided last; one that nobody decided, as of its request."""
    for past in cases.past(merchant):
        try:
            case = read_case(past.case)
        except UnableToReadCase as fault:
            told.unread.append((past.number, str(fault)))
            continue
        at = past.decided_at or case.request.requested_at
        yield history_row(past.number, past.shop, case, at, books, past.decision)

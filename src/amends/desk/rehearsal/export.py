"""The case history of the database as rows of plain columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from amends.decide.judge import Rulebooks
from amends.decide.rehearsal.history_row import history_row
from amends.desk.rehearsal.ports import History, PastCases
from amends.facts.fields import UnableToReadCase
from amends.facts.history import HistoryRow
from amends.facts.past_cases import PastCase
from amends.facts.read_case import read_case
from amends.facts.rehearsal_runs import EVERY_CASE, Span


@dataclass(slots=True)
class Exported:
    """How many cases were written, and which could not be read (number and reason)."""

    written: int = 0
    unread: list[tuple[int, str]] = field(default_factory=list)


def export_history(
    cases: PastCases,
    books: Rulebooks,
    history: History,
    merchant: str | None = None,
    span: Span = EVERY_CASE,
    read: Callable[[int], None] | None = None,
) -> Exported:
    """Write the history of a merchant (None: of all). A case that cannot be read is left out and named.

    `read`: told after each case how many were read.
    """
    told = Exported()
    told.written = history.write(_rows(cases.past(merchant, span), books, span, told, read))
    return told


def _rows(
    cases: Iterator[PastCase], books: Rulebooks, span: Span, told: Exported, read: Callable[[int], None] | None
) -> Iterator[HistoryRow]:
    """Each case as it stood when it was decided last; one that nobody decided, as of its request."""
    for many, past in enumerate(cases, 1):
        if read is not None:
            read(many)
        try:
            case = read_case(past.case)
        except UnableToReadCase as fault:
            told.unread.append((past.number, str(fault)))
            continue
        at = past.decided_at or case.request.requested_at
        row = history_row(past.number, past.shop, case, at, books, past.decision)
        if span.holds(row["asked_on"]):
            yield row

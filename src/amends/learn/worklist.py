"""The work list: who answers its questions, and how a question is read from an address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from amends.facts.listed import (
    FILTERS,
    SORTS,
    VIEWS,
    Choices,
    FreshLines,
    ListLine,
    ListPage,
    ListQuery,
    Neighbours,
    StoredCase,
)
from amends.facts.people import Merchants, Person


def read_query(given: Any, person: Person | None = None) -> ListQuery:
    """Will read a query from an address's parameters; what is not known there is left out, never an error.

    `person` is who asks: the view `mine` is theirs.
    """

    def text(name: str, most: int = 120) -> str:
        return str(given.get(name, "")).replace("\x00", "").strip()[:most]

    page = text("page", 9)
    return ListQuery(
        view=text("view") if text("view") in VIEWS else "open",
        **{name: text(name) for name in FILTERS},
        text=text("q"),
        sort=text("sort") if text("sort") in SORTS else "deadline",
        page=max(1, int(page)) if page.isascii() and page.isdigit() else 1,
        after=text("after", 60),
        me=person.name if person else "",
        role=person.role if person else "",
    )


class CaseReader(Protocol):
    """Answers the questions of the work list and of the case page. Times are asked for, never taken from a clock.

    `merchants` is the wall: whose data the asking person may see. What is behind it is as if it were not there.
    """

    def page(self, query: ListQuery, now: datetime, merchants: Merchants) -> ListPage:
        """Give one page; a page past the end gives the last one."""
        ...

    def counts(self, now: datetime, merchants: Merchants, me: str = "", role: str = "") -> dict[str, int]:
        """Count the cases of every view, up to `COUNTED` + 1; `mine` are those of the person `me` and of the `role`."""
        ...

    def numbers(self, query: ListQuery, now: datetime, merchants: Merchants, most: int) -> list[int]:
        """Give the numbers of the first cases that match, in the list's order."""
        ...

    def fresh(self, query: ListQuery, seen: dict[int, int], now: datetime, merchants: Merchants) -> FreshLines:
        """Give what became of lines that were seen; `seen` gives their version by number."""
        ...

    def version(self) -> int:
        """Give a number that is another one once anything was written into the log of any case."""
        ...

    def line(self, number: int, merchants: Merchants) -> ListLine | None:
        """Give one case as a line of the list, or None where there is none of that number."""
        ...

    def choices(self, merchants: Merchants) -> Choices:
        """Give the values that the filters can take."""
        ...

    def case(self, number: int, merchants: Merchants) -> StoredCase | None:
        """Give one case, or None where there is none of that number."""
        ...

    def neighbours(self, query: ListQuery, number: int, now: datetime, merchants: Merchants) -> Neighbours:
        """Give what stands before and after a case in the list that `query` asks for."""
        ...


@dataclass(frozen=True, slots=True)
class WorkList:
    """A page of the list with all that surrounds it."""

    query: ListQuery
    page: ListPage
    counts: dict[str, int]
    choices: Choices


def read_worklist(reader: CaseReader, query: ListQuery, now: datetime, merchants: Merchants) -> WorkList:
    """Will read the page that `query` asks for, the counts of all views and the filters' values, within the wall."""
    page = reader.page(query, now, merchants)
    counts = reader.counts(now, merchants, query.me, query.role)
    return WorkList(query.on_page(page.page), page, counts, reader.choices(merchants))

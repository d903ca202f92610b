"""Sums a day: what every metric adds up, counted once for each file, so that a year is asked for as fast as a month.

They stand as tables beside the rows, made by the same SQL in every database: one for each table and day that metrics are counted by, one
for what came back, and one for the heat table, whose days are put together by four weeks. A question about other dimensions than these
tables keep is answered from the rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from amends.facts.metric_columns import Table
from amends.learn.metrics.catalogue import METRICS
from amends.learn.metrics.metric import Metric, where

KEEP: Final = ("merchant", "shop", "platform", "market", "currency")
"""The dimensions that sums are kept by."""


@dataclass(frozen=True, slots=True)
class Term:
    """An expression over a row, whose values are added up; of one currency alone where one is named."""

    over_row: str
    currency: str = ""

    def of_rows(self) -> str:
        """Will give its sum over rows."""
        return f"SUM({self._limited(self.over_row)})"

    def of_days(self) -> str:
        """Will give its sum over sums a day."""
        return f"SUM({self._limited(column_of(self.over_row))})"

    def _limited(self, expression: str) -> str:
        return where(f"currency = '{self.currency}'", f"({expression})") if self.currency else expression


NONE: Final = Term("0")
"""What adds nothing up."""


@dataclass(frozen=True, slots=True)
class Daily:
    """A table of sums a day: over whose rows, by which of their days, and what is added up (expressions over a row).

    `also`: dimensions that are kept beside `KEEP`. `only`: a condition of the rows. `stretch`: days that are put together under the first
    of them, counted from 1970. `together`: files of rows whose sums share a file once all of them are there.
    """

    table: Table
    day: str
    terms: tuple[str, ...]
    also: tuple[str, ...] = ()
    only: str = ""
    stretch: int = 1
    together: int = 16

    @property
    def name(self) -> str:
        """Will give the table's name."""
        return "_by_".join((self.table, self.day, *self.also))

    @property
    def keys(self) -> tuple[str, ...]:
        """Will give the columns that sums are kept by."""
        return (self.day, *KEEP, *self.also)

    @property
    def mark(self) -> str:
        """Will name what is added up: another mark, other sums."""
        return hashlib.sha256(self.sql("").encode()).hexdigest()[:10]

    def sql(self, source: str) -> str:
        """Will ask for the sums over the rows of `source`."""
        stretch = f"{self.day} - {self.day} % {self.stretch} AS {self.day}" if self.stretch > 1 else self.day
        asked = [stretch, *self.keys[1:]]
        asked += [f"CAST(SUM({one}) AS BIGINT) AS {column_of(one)}" for one in self.terms]
        known = f"{self.day} IS NOT NULL" + (f" AND {self.only}" if self.only else "")
        return f"SELECT {', '.join(asked)} FROM {source} WHERE {known} GROUP BY {self._places}"

    def joined(self, source: str) -> str:
        """Will ask for the sums over sums of several files."""
        sums = [f"CAST(SUM({one}) AS BIGINT) AS {one}" for one in map(column_of, self.terms)]
        return f"SELECT {', '.join([*self.keys, *sums])} FROM {source} GROUP BY {self._places} ORDER BY 1"

    def tells(self, names: Iterable[str]) -> bool:
        """Whether a question that names these columns can be answered from the sums."""
        return {*names} <= {*self.keys}

    @property
    def _places(self) -> str:
        return ", ".join([str(one) for one in range(1, len(self.keys) + 1)])


def column_of(term: str) -> str:
    """Will name the column that holds the sums of an expression; nothing is nothing."""
    return term if term == NONE.over_row else "s" + hashlib.sha256(term.encode()).hexdigest()[:12]


def daily_for(table: Table, day: str, names: Iterable[str]) -> Daily | None:
    """Will give the sums from which a question that names these columns can be answered; None: only the rows tell."""
    found = DAILIES.get((table, day))
    return found if found and found.tells(names) else None


def _dailies(metrics: Sequence[Metric]) -> dict[tuple[Table, str], Daily]:
    terms: dict[tuple[Table, str], dict[str, None]] = {}
    for one in metrics:
        own = terms.setdefault(("cases", one.day), {})
        own[one.top] = None
        base = own if one.over == "cases" else terms.setdefault(("sales", one.base_day), {})
        base[one.bottom] = None
    return {(table, day): Daily(table, day, tuple(some)) for (table, day), some in terms.items()}


DAILIES: Final = _dailies(METRICS)
RETURNS: Final = Daily("cases", "closed_day", ("1", "back_minor"), ("grade",), "state = 'closed' AND came_back = 1")
"""What came back in cases that are closed, by grade."""
HEAT: Final = Daily("cases", "opened_day", ("1",), ("reason", "sku"), "sku <> ''", stretch=28, together=4)
"""Cases by reason and SKU; few files together, for there are nearly as many of these sums as rows where SKUs are many."""
ALL: Final = (*DAILIES.values(), RETURNS, HEAT)

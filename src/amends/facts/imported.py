"""What an imported file brings: its rows as given, the cases made of them, and why a row made none.

These nouns are shared by the rooms that read files, translate rows, walk the import and keep the result.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from amends.facts.people import MAIN

PutOutcome = Literal["new", "changed", "unchanged", "older"]
State = Literal["open", "closed"]


_AROUND_A_HEADER = "`'\"*\ufeff\u200b"


def tidy_header(text: str) -> str:
    """A column's name in the form in which names are compared: `应付金额（元）` and ` 应付金额(元)\\t` are one.

    Full width becomes half width, white space and marks around the name go, letters lose their case.
    """
    plain = unicodedata.normalize("NFKC", text)
    return "".join(plain.split()).strip(_AROUND_A_HEADER).casefold()


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to tell about a row or a file, in both languages; `column` is the header it is about."""

    code: str
    zh: str
    en: str
    column: str | None = None


@dataclass(frozen=True, slots=True)
class ShopSetting:
    """The merchant's own statement of the shop that an export comes from: what the file itself does not say.

    `category` is set where everything in the shop is of one kind (a fresh-food shop); `None` leaves it unknown.
    `merchant` says whose a shop is that is not known yet; a known one stays whose it is.
    """

    name: str
    channel: str
    market: str = "CN"
    currency: str = "CNY"
    category: str | None = None
    labels: tuple[str, ...] = ()
    merchant: str = MAIN


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of a file. `cells` maps tidy header to clean text and leaves out empty cells; `raw` is as given.

    `damaged` names headers whose long number the spreadsheet program has rounded (scientific notation).
    `record` is set instead of `cells` where the file holds case files rather than a table.
    """

    number: int
    cells: Mapping[str, str] = field(default_factory=dict)
    raw: Mapping[str, str] = field(default_factory=dict)
    damaged: frozenset[str] = frozenset()
    record: object = None
    fault: Remark | None = None


@dataclass(frozen=True, slots=True)
class CaseMade:
    """A case file (`amends.case/1`) made of one or more rows.

    `key` is the platform's own number of the case, unique in its shop. `as_of` is the latest event that the rows
    tell of (ISO 8601, UTC, `None` if they tell none).
    """

    key: str
    case: dict[str, Any]
    state: State
    as_of: str | None = None
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class RowRefused:
    """Rows that made no case. `nothing_to_decide` is true where that is no fault: an order without a request."""

    remark: Remark
    key: str | None = None
    nothing_to_decide: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a format's header row is known: every group of aliases in `required` must be there by one of its names."""

    required: tuple[tuple[str, ...], ...]
    known: frozenset[str]


class ExportFormat(Protocol):
    """One kind of file that a platform exports, and how its rows become cases. Pure: no files, no clock."""

    @property
    def name(self) -> str:
        """The form's name, as `--as` takes it."""
        ...

    @property
    def title(self) -> tuple[str, str]:
        """Chinese and English name."""
        ...

    @property
    def channel(self) -> str:
        """The channel of the shop where nobody says otherwise."""
        ...

    @property
    def wanted(self) -> Wanted | None:
        """The header of a table; `None` where the file holds case files."""
        ...

    def groups(self, rows: Iterable[SourceRow]) -> Iterator[Sequence[SourceRow]]:
        """Put together the rows that tell of one case. Lazy; keeps the order."""
        ...

    def translate(self, rows: Sequence[SourceRow], shop: ShopSetting) -> CaseMade | RowRefused:
        """Make a case file of one group. Never raises for what a file says: it answers `RowRefused`."""
        ...


@dataclass(frozen=True, slots=True)
class RowSource:
    """Where a case came from: file name, SHA-256 of the file in hex, row numbers (1 = first line), rows as given."""

    file: str
    sha256: str
    numbers: tuple[int, ...]
    raw: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class IncomingCase:
    """A case on its way into the book, with the rows it was made of."""

    made: CaseMade
    source: RowSource


@dataclass(frozen=True, slots=True)
class IncomingRefusal:
    """Rows that made no case, kept as given together with the reason."""

    refused: RowRefused
    source: RowSource

"""The nouns of the work list and the case page: what may be asked, and what is answered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

VIEWS: Final = (
    "open",
    "running_out",
    "overdue",
    "evidence",
    "receive",
    "review",
    "auto",
    "disputes",
    "high_value",
    "closed",
)
SORTS: Final = ("deadline", "amount", "newest")
FILTERS: Final = ("shop", "platform", "kind", "reason", "outcome", "market")
PAGE_SIZE: Final = 50
RUNNING_OUT: Final = timedelta(hours=12)
"""A merchant's deadline nearer than this is running out."""


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What a person asks of the list. An empty filter means any; `text` is searched as typed; `page` counts from 1."""

    view: str = "open"
    shop: str = ""
    platform: str = ""
    kind: str = ""
    reason: str = ""
    outcome: str = ""
    market: str = ""
    text: str = ""
    sort: str = "deadline"
    page: int = 1

    def pairs(self) -> dict[str, str]:
        """Will give the parts that differ from the plain list, as an address carries them."""
        plain = ListQuery()
        names = ("view", *FILTERS, "text", "sort", "page")
        given = {name: getattr(self, name) for name in names if getattr(self, name) != getattr(plain, name)}
        return {("q" if name == "text" else name): str(value) for name, value in given.items()}

    def is_plain(self) -> bool:
        """Will say whether a whole view is asked for, without filter or search."""
        return not self.text and not any(getattr(self, name) for name in FILTERS)

    def on_page(self, page: int) -> ListQuery:
        """Will give the same question for another page."""
        return replace(self, page=page)


@dataclass(frozen=True, slots=True)
class ListLine:
    """One case as the list shows it. Amounts are minor units of `currency`; `due` is an instant in UTC or None."""

    id: int
    key: str
    shop: str
    channel: str
    market: str
    state: str
    kind: str
    reason: str
    currency: str
    amount_minor: int
    order_no: str
    buyer: str
    title: str
    sku: str
    pieces: int
    outcome: str
    remedy: str
    handling: str
    refund_minor: int | None
    says: dict[str, str]
    due: datetime | None
    next_who: str
    next_action: str
    if_missed: dict[str, str]
    high_value: bool
    disputed: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of lines. `total` counts all that match; `pages` is at least 1."""

    lines: tuple[ListLine, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters can be set to: only what occurs among the cases. Shops are (name, name)."""

    shop: tuple[str, ...] = ()
    platform: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    reason: tuple[str, ...] = ()
    outcome: tuple[str, ...] = ()
    market: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RawRowView:
    """A row of an imported file, as given."""

    file: str
    sha256: str
    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class StoredCase:
    """All that is kept of one case; `decision` is None until it is decided."""

    line: ListLine
    case: dict[str, Any]
    decision: dict[str, Any] | None
    remarks: list[dict[str, Any]]
    raw_rows: tuple[RawRowView, ...]
    decided_at: datetime | None
    imported_at: datetime
    merchant: str = ""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The cases before and after one in the list as it is sorted now, and its place (1 = first; 0: not in the list)."""

    before: int | None = None
    after: int | None = None
    place: int = 0
    total: int = 0

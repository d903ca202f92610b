"""The nouns of the work list and the case page: what may be asked, and what is answered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

VIEWS: Final = (
    "mine",
    "running_out",
    "overdue",
    "evidence",
    "inspect",
    "disputes",
    "risk",
    "approve",
    "exceptions",
    "buyer",
    "open",
    "review",
    "auto",
    "high_value",
    "closed",
)
"""Every view of the list, in the order in which people should see them.

`mine`: the person's own cases, and those that were handed up to their role and that nobody has yet. `approve`: waits for a second
person. `exceptions`: something went wrong that a person must look at. `buyer`: the next step is the buyer's.
"""
AWAITING_BUYER: Final = ("awaiting_evidence", "offered", "goods_awaited")
"""The headlines under which the next step is the buyer's."""
SORTS: Final = ("deadline", "amount", "newest")
FILTERS: Final = ("shop", "platform", "kind", "reason", "outcome", "market", "status", "assignee", "origin")
NOBODY: Final = "-"
"""The assignee filter's word for cases that nobody has."""
PAGE_SIZE: Final = 50
COUNTED: Final = 999
"""Up to here cases are counted; beyond it there are "999+" of them, and nobody waits for a million to be counted."""
FARTHEST: Final = 200
"""The last page that can be turned to by its number; further on one follows the list page by page."""
RUNNING_OUT: Final = timedelta(hours=12)
"""A merchant's deadline nearer than this is running out."""


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What a person asks of the list. An empty filter means any; `text` is searched as typed; `page` counts from 1.

    `after` is the place of the line that the asked-for page follows (`ListPage.last`), so that a page far down is found without
    counting its way there. `me` and `role` say whose view `mine` is; an address never carries them.
    """

    view: str = "open"
    shop: str = ""
    platform: str = ""
    kind: str = ""
    reason: str = ""
    outcome: str = ""
    market: str = ""
    status: str = ""
    assignee: str = ""
    origin: str = ""
    text: str = ""
    sort: str = "deadline"
    page: int = 1
    after: str = ""
    me: str = ""
    role: str = ""

    def pairs(self) -> dict[str, str]:
        """Will give the parts that differ from the plain list, as an address carries them."""
        plain = ListQuery()
        names = ("view", *FILTERS, "text", "sort", "page", "after")
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
    status: str = ""
    assignee: str = ""
    risky: bool = False
    to_approve: bool = False
    exception: str = ""
    escalated_to: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of lines. `total` counts all that match, up to `COUNTED` + 1, which stands for more; `last` is the place of the last line.

    `pages` is at least 1; where not all were counted, it is one more than `page` as long as another page follows.
    """

    lines: tuple[ListLine, ...]
    total: int
    page: int
    pages: int
    last: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters can be set to: shops, platforms and markets that occur; of the rest, every code that there is."""

    shop: tuple[str, ...] = ()
    platform: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    reason: tuple[str, ...] = ()
    outcome: tuple[str, ...] = ()
    market: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    assignee: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()


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
    """The cases before and after one in the list as it is sorted now, and its place (1 = first; 0: not in the list).

    Both numbers are counted up to `COUNTED`; one more stands for "more than that".
    """

    before: int | None = None
    after: int | None = None
    place: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class SavedView:
    """A question that a person kept under a name; `query` is the part of an address after its question mark."""

    number: int
    name: str
    query: str


@dataclass(frozen=True, slots=True)
class FreshLines:
    """What became of lines that a person has before them: those that changed, and the numbers of those that left the list."""

    changed: tuple[ListLine, ...] = ()
    gone: tuple[int, ...] = ()

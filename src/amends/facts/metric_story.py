"""All that metrics need to know of one case or order, as the database tells it; `amends.learn.metrics.rows` makes rows of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from amends.facts.log import Entry


@dataclass(frozen=True, slots=True)
class DisputeTold:
    """A dispute about a case's payment. `end`: won, lost, accepted or "". `later`: what was lost after a win."""

    amount: int = 0
    end: str = ""
    won: int = 0
    fees: int = 0
    later: int = 0


@dataclass(frozen=True, slots=True)
class SurveyTold:
    """A buyer who was asked whether they are content. `score`: 0 before an answer. `outcome`: of the second contact, "" before."""

    asked_at: datetime
    score: int = 0
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class CaseStory:
    """A case with its log. `nth`: its place among the cases of its order, by number, from 1; `first_refund` and `first_return`: it is
    the first of them for which money went back, whose goods came back. `limit`: when a law or platform wanted our first answer.
    `messages`: when, by whom (buyer, shop, system), oldest first, none that stay inside. `paid`: kind of money → minor units that left.
    `order_row`: the number of its `OrderStory`.
    """

    number: int
    merchant: str
    shop: str
    platform: str
    market: str
    currency: str
    origin: str
    state: str
    version: int
    case: Mapping[str, Any]
    tracks: Mapping[str, str]
    log: Sequence[Entry] = ()
    limit: datetime | None = None
    messages: Sequence[tuple[datetime, str]] = ()
    paid: Mapping[str, int] = field(default_factory=dict)
    carrier: str = ""
    order_known: bool = False
    order_row: int = 0
    sold: Mapping[str, Any] = field(default_factory=dict)
    nth: int = 1
    first_refund: bool = True
    first_return: bool = True
    dispute: DisputeTold | None = None
    survey: SurveyTold | None = None

    @property
    def stamp(self) -> int:
        """Another number once the row of the case would be another one."""
        places = (self.order_known, self.first_refund, self.first_return, self.nth == 1)
        return self.version * 16 + sum([bit << place for place, bit in enumerate(places)])


@dataclass(frozen=True, slots=True)
class OrderStory:
    """An order as its shop told it: the parts of a case file that are no request. `stamp`: another one once it was told otherwise."""

    number: int
    merchant: str
    shop: str
    platform: str
    market: str
    file: Mapping[str, Any]
    stamp: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """Up to where the facts were read: the last log entry, the last case and order of the first filling, the newest change of an order."""

    entry: int = 0
    case: int = 0
    order: int = 0
    order_at: str = ""
    full: bool = False


@dataclass(frozen=True, slots=True)
class Manifest:
    """What holds now. `files`: table → bucket → file; `days`: file → the first and the last day that it tells of.

    `at`: when it was written. `behind`: log entries that had to wait. `seen`: stamps of what was read last.
    """

    mark: Mark = field(default_factory=Mark)
    files: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    at: str = ""
    behind: int = 0
    seen: Mapping[str, int] = field(default_factory=dict)
    turn: int = 0
    days: Mapping[str, Sequence[int]] = field(default_factory=dict)

    @property
    def written_at(self) -> datetime | None:
        """Will give when it was written, None where it never was."""
        return datetime.fromisoformat(self.at) if self.at else None


@dataclass(frozen=True, slots=True)
class Batch:
    """What changed: rows anew of these cases and orders, and the mark behind it. `behind`: entries that wait still."""

    cases: Sequence[CaseStory]
    orders: Sequence[OrderStory]
    mark: Mark
    behind: int = 0


class DisputeReader(Protocol):
    """Who knows of disputes: by the numbers of their cases. The desk of disputes has rows; before it, the case's card track."""

    def __call__(self, cases: Sequence[int]) -> Mapping[int, DisputeTold]: ...


class StorySource(Protocol):
    """Where stories are read from."""

    def batches(self, mark: Mark) -> Iterator[Batch]:
        """Give what changed since a mark, piece by piece; after each piece its mark may be kept and gone on from."""
        ...

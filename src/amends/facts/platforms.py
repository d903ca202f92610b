"""What platforms tell: cases and orders as they stand over there now, and hints that something changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from amends.basics.money import Minor
from amends.facts.imported import CaseMade, Remark, RowRefused
from amends.facts.orders import Contact
from amends.facts.rulebook import Says

Standing = Literal[
    "requested",
    "awaiting_return",
    "returning",
    "awaiting_replacement",
    "replacement_sent",
    "refused",
    "succeeded",
    "closed",
    "stepped_in",
]
"""Where a case stands on its platform, whatever the platform calls it. `returning`: the merchant has to receive the goods.
`awaiting_replacement`: the merchant has to ship. `refused`: the buyer may act. `stepped_in`: the platform decides."""

OVER: frozenset[Standing] = frozenset({"succeeded", "closed"})


@dataclass(frozen=True, slots=True)
class PlatformStatus:
    """One status of a platform: what it means to us, and what people of that platform call it."""

    standing: Standing
    says: Says


@dataclass(frozen=True, slots=True)
class ToldRefund:
    """Money that the platform says has gone back. `reference`: its own id, the same however often it is told. `key`: ours, where it
    carries one. `payment`: the name of the payment in the told order; "" where it does not say. `moved`: False while it is on its way."""

    reference: str
    amount: Minor
    currency: str
    at: datetime | None = None
    key: str = ""
    payment: str = ""
    moved: bool = True


@dataclass(frozen=True, slots=True)
class ToldCase:
    """What a platform tells of a case now. `made.as_of` is `updated_at`.

    `number`: the platform's own, unique in its shop. `version`: what it wants to see again when something is done (its lock), "" where
    it has none. `status`: its own word for it; `standing`: None where that word is not known, and `alarms` says so. `final`: nothing can
    be done any more. `refunds`: money that went back. `by_itself`: the platform's word for what it did without the merchant, else "".
    """

    number: str
    made: CaseMade | RowRefused
    status: str
    standing: Standing | None
    updated_at: datetime
    version: str = ""
    deadline: datetime | None = None
    final: bool = False
    refunds: tuple[ToldRefund, ...] = ()
    by_itself: str = ""
    alarms: tuple[Remark, ...] = ()
    raw: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlatformSaid:
    """Something said in a platform's own conversation about a case. `name`: the platform's number of it; `by`: whose words."""

    name: str
    by: Literal["buyer", "seller", "platform"]
    text: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TalkThere:
    """A conversation to read: the case here, its connection, and the platform's number of it."""

    case: int
    connection: int
    number: str


@dataclass(frozen=True, slots=True)
class ToldOrder:
    """What a platform tells of an order: `file` in the shape of a case file without its request (`amends.facts.orders.PARTS`)."""

    number: str
    file: Mapping[str, Any]
    contact: Contact
    updated_at: datetime
    refunds: tuple[ToldRefund, ...] = ()
    raw: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Window:
    """What was changed from `since` on and before `until`; `cursor` as the last page gave it, "" for the first."""

    since: datetime
    until: datetime
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of what changed. `cursor`: of the next page, "" for the last. `left`: calls that may still be made now, where it says so."""

    cases: tuple[ToldCase, ...] = ()
    orders: tuple[ToldOrder, ...] = ()
    cursor: str = ""
    left: int | None = None


@dataclass(frozen=True, slots=True)
class Pushed:
    """A message of the platform that was verified: a hint that something changed, never the truth itself; the thing is read again.

    `id`: its sender's, the same for the same message. `what`: ``case``, ``order`` or ``other``; `number`: of it. `kind`: its own word.
    """

    id: str
    what: Literal["case", "order", "other"]
    number: str
    kind: str
    at: datetime | None = None

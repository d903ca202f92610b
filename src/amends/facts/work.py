"""A case as it is worked on: where it stands, and what a verb changes of it in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from amends.facts.log import SealedEntry
from amends.facts.offers import Offer
from amends.facts.rulebook import Says
from amends.facts.tracks import Tracks, headline

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class CaseState:
    """A case as a verb finds it. `version`: how many entries its log has. `case`: the case file with what the house found out.

    `ours`: only what the house found out. `agreed`: what both sides agreed on instead of what was asked, None where nothing.
    """

    number: int
    key: str
    shop: str
    channel: str
    market: str
    merchant: str
    currency: str
    version: int
    tracks: Tracks
    assignee: str
    case: Json
    ours: Json
    decision: Json | None
    agreed: Json | None
    exception: str = ""
    escalated_to: str = ""
    to_approve: bool = False
    origin: str = "import"
    automatic: bool = False
    undo_seconds: int = 10
    answer_within_minutes: int | None = None
    settle_within_hours: int | None = None

    @property
    def status(self) -> str:
        """The headline."""
        return headline(self.tracks)


@dataclass(frozen=True, slots=True)
class WantedDeadline:
    """A deadline that should run. `source`: decision or own; one of a duty (`source`, `who`, `action`) runs at a time."""

    source: str
    who: str
    action: str
    due: datetime
    rule: str
    if_missed: Says


@dataclass(frozen=True, slots=True)
class Message:
    """Something to say on a case. `inside`: a note that the buyer never sees. `send_at`: when it may leave; None: nothing leaves.

    `way`: mail, portal or platform; "" where it is all the same.
    """

    by_kind: str
    by: str
    text: str
    event: str = ""
    subject: str = ""
    inside: bool = False
    files: tuple[Mapping[str, Any], ...] = ()
    send_at: datetime | None = None
    way: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What else a log entry changes; None leaves a part as it is.

    `facts`: what the house found out now, in the shape of a case file. `agreed`: an empty mapping forgets. `decision`: taken anew.
    `deadlines`: all that the decision wants. `own`: own deadlines to start anew. `met`, `off`: duties whose live deadline ends so, as
    (source, who, action), where `*` is every action.
    """

    assignee: str | None = None
    exception: str | None = None
    escalated_to: str | None = None
    to_approve: bool | None = None
    merged_into: int | None = None
    facts: Json | None = None
    agreed: Json | None = None
    decision: Mapping[str, Any] | None = None
    deadlines: Sequence[WantedDeadline] | None = None
    own: Sequence[WantedDeadline] = ()
    met: Sequence[tuple[str, str, str]] = ()
    off: Sequence[tuple[str, str, str]] = ()
    messages: Sequence[Message] = ()


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """A deadline as it stands. `was`: when it was due before it was moved."""

    number: int
    source: str
    who: str
    action: str
    rule: str
    due: datetime
    if_missed: Says
    state: str
    was: datetime | None = None
    left_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class MessageView:
    """Something that was said. `state`: kept, waiting, sending, sent, delivered, failed, unsure, taken_back.

    `way`: mail, sms, portal, platform or "".
    """

    number: int
    at: datetime
    by_kind: str
    by: str
    event: str
    text: str
    inside: bool
    files: tuple[Mapping[str, Any], ...]
    state: str
    way: str = ""


@dataclass(frozen=True, slots=True)
class WaitingApproval:
    """A verb that waits for a second person. `given`: what was asked for. `total`: what it costs, minor units of `currency`."""

    number: int
    case: int
    key: str
    shop: str
    merchant: str
    verb: str
    given: Mapping[str, Any]
    total: int
    currency: str
    needs_role: str
    asked_by: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class CaseHistory:
    """All that was done on a case, oldest first."""

    entries: tuple[SealedEntry, ...] = ()
    deadlines: tuple[DeadlineView, ...] = ()
    messages: tuple[MessageView, ...] = ()
    offers: tuple[Offer, ...] = ()
    waiting: WaitingApproval | None = None
    whole: bool = True


@dataclass(frozen=True, slots=True)
class DecidedCase:
    """A case with its decision (`amends.decision/1`) and the deadlines that run by it."""

    number: int
    decision: Json
    deadlines: Sequence[WantedDeadline]


def heart_of(told: dict[str, Any] | None) -> dict[str, Any]:
    """What of a decision goes into the log: the answer, its amount, how it is handled."""
    if not told:
        return {}
    refund = told.get("refund") or {}
    return {
        "outcome": told.get("outcome"),
        "remedy": told.get("remedy"),
        "total": refund.get("total"),
        "currency": refund.get("currency"),
        "handling": told.get("handling"),
        "may_refuse": told.get("may_refuse"),
    }


@dataclass(frozen=True, slots=True)
class MoneyNews:
    """A step of a case's money that came to its end and that the case's log does not tell of yet. `last`: nothing else is open."""

    case: int
    step: int
    state: str
    amount: str
    currency: str
    gateway: str
    reference: str
    last: bool

"""Deeds as the house works on them: what a case is on its platform, what is wanted there, who holds it, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Final, Literal

from amends.facts.deeds import Action, Deed, DeedLine, DeedReceipt
from amends.facts.platforms import OVER
from amends.facts.rulebook import Says

DeedState = Literal["wanted", "sent", "unknown", "done", "failed", "person", "cancelled"]
"""`wanted`: written down, no call was made. `sent`: about to be called, or taken in without an outcome. `unknown`: a call was made and
nobody can say what came of it. `person`: a task for a person on the platform's console."""

OPEN_DEEDS: Final[frozenset[str]] = frozenset({"wanted", "sent", "unknown"})
"""States in which the house still has something to do."""
LIVE_DEEDS: Final[frozenset[str]] = OPEN_DEEDS | {"person"}
ANSWERS: Final[frozenset[str]] = frozenset({"agree_return", "refuse"})
"""Deeds that answer the request: a later one takes the place of one that has not left the house."""

_SHOWS: Final[Mapping[str, frozenset[str]]] = {
    "agree_refund": frozenset({"succeeded"}),
    "agree_return": frozenset(
        {"awaiting_return", "returning", "awaiting_replacement", "replacement_sent", "succeeded"}
    ),
    "refuse": frozenset({"refused"}),
    "confirm_receipt": frozenset({"awaiting_replacement", "replacement_sent", "succeeded"}),
    "ship_replacement": frozenset({"replacement_sent", "succeeded"}),
}


def shown_by(action: str, standing: str, final: bool) -> Literal["done", "over"] | None:
    """What a platform's standing tells of a deed: that it was done, that it is `over` (can no longer be done), or nothing."""
    if standing in _SHOWS.get(action, frozenset()):
        return "done"
    return "over" if final or standing in OVER else None


@dataclass(frozen=True, slots=True)
class PlatformSide:
    """How a case stands on its platform, as it was last read, with the connection that it came by.

    `number`, `order`: the platform's own. `address`: its id of the return address. `url`: the platform's own. `on`: it is in use.
    `may_act`, `may_pay`, `acts_from`: see `amends.facts.connections.Connection`.
    """

    connection: int
    channel: str
    number: str
    order: str
    status: str
    standing: str
    version: str
    deadline: datetime | None
    final: bool
    by_itself: str
    read_at: datetime
    on: bool
    may_act: bool
    may_pay: bool
    acts_from: datetime | None = None
    address: str = ""
    url: str = ""
    drift: Says | None = None


@dataclass(frozen=True, slots=True)
class NewDeed:
    """A deed to be written down. `proof`: SHA-256 of files on the shelf that go with it. `state`: wanted, or person for a task."""

    deed: Deed
    state: DeedState
    due: datetime
    by: str
    at: datetime
    proof: tuple[str, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class DeedClaim:
    """A due deed that this worker holds for a while; see `amends.facts.claims.Claim`."""

    number: int
    lease: str
    connection: int
    case: int
    deed: Deed
    proof: tuple[str, ...]
    state: DeedState
    may_send: bool
    sends: int
    asks: int


@dataclass(frozen=True, slots=True)
class DeedView:
    """A deed as people see it."""

    number: int
    action: Action
    state: DeedState
    text: str
    made_by: str
    made_at: datetime
    due_at: datetime
    sends: int
    settled_at: datetime | None = None
    reference: str = ""
    code: str = ""
    message: str = ""
    alarm: str = ""


@dataclass(frozen=True, slots=True)
class DeedNews:
    """A deed that stands otherwise than its case's log tells. `seen`: what the platform's own reading showed of it, "" for nothing."""

    number: int
    case: int
    action: Action
    state: DeedState
    reference: str
    code: str
    message: str
    seen: str = ""


def deed_json(deed: Deed) -> dict[str, Any]:
    """A deed as plain JSON, without the content of files."""
    told = asdict(deed)
    del told["files"]
    return {name: value for name, value in told.items() if value not in (None, "", (), [])}


def deed_of(told: Mapping[str, Any]) -> Deed:
    """The deed that was kept so."""
    known = {one.name for one in fields(Deed)}
    values = {name: value for name, value in told.items() if name in known}
    return Deed(**{**values, "lines": tuple([DeedLine(**one) for one in told.get("lines", ())])})


def state_after(state: str, receipt: DeedReceipt) -> DeedState:
    """Where a receipt leads a deed."""
    if state not in OPEN_DEEDS:
        return state  # type: ignore[return-value]
    wanted: Mapping[str, DeedState] = {
        "done": "done",
        "pending": "sent",
        "failed": "failed",
        "stale": "failed",
        "person": "person",
        "absent": "unknown",
        "unknown": "unknown",
    }
    target = wanted[receipt.outcome]
    return "wanted" if state == "wanted" and target == "unknown" else target

"""Steps that take money in, as they are kept and worked on: what is wanted, what a worker holds, and what state follows an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from amends.basics.money import Minor
from amends.facts.collect import (
    COLLECTION,
    HOLDING,
    PAGE_ENDED,
    PAGE_SHUT,
    Collected,
    CollectKind,
    CollectLimits,
    CollectOrder,
)

_FIRST: Final = 5
_PAGE_FIRST: Final = 60
_LONGEST_WAIT: Final = timedelta(hours=6)
_PAGE_LONGEST: Final = timedelta(minutes=30)
"""A buyer who has paid on a page waits no longer than this, even where no notice comes."""
ASKS_BEFORE_ALARM: Final = 8
"""After so many questions without an answer a person is told; the questions go on. A page that nobody has paid yet is no such thing."""


@dataclass(frozen=True, slots=True)
class Collector:
    """The gateway by which a shop takes money in, and what it can do."""

    gateway: str
    limits: CollectLimits


@dataclass(frozen=True, slots=True)
class NewCollection:
    """A step that is wanted about a charge of a case. `earlier`: the gateway's id of the payment whose saved method is used. `brought`: the
    number of the step that brought in what this one is about. `turn` counts the attempts of a kind that were made on purpose."""

    charge: int
    kind: CollectKind
    turn: int
    gateway: str
    amount: Minor
    currency: str
    digits: int
    hold: bool = False
    text: str = ""
    earlier: str = ""
    brought: int | None = None


@dataclass(frozen=True, slots=True)
class Collection:
    """A step as it stands. `number`: its row. `told`: what the case's log tells of it (`mark`)."""

    number: int
    charge: int
    kind: CollectKind
    turn: int
    gateway: str
    amount: Minor
    currency: str
    hold: bool
    brought: int | None
    state: str
    reference: str
    payment: str
    link: str
    until: datetime | None
    code: str
    message: str
    alarm: str
    told: str

    @property
    def mark(self) -> str:
        """What there is to tell of it: its state, and whether its page is known."""
        return f"{self.state}{'+' if self.link else ''}"


@dataclass(frozen=True, slots=True)
class CollectClaim:
    """A due step that this worker holds for a while. `watched`: it has succeeded, and is asked whether the money is held still."""

    number: int
    lease: str
    gateway: str
    order: CollectOrder
    state: str
    may_send: bool
    sends: int
    asks: int
    watched: bool = False


def state_after(state: str, kind: CollectKind, found: Collected, *, unwanted: bool) -> str:
    """The state that an answer about a step leads to; the same where it leads nowhere. `unwanted`: it was called off meanwhile."""
    move = {"succeeded": "succeed", "failed": "fail", "unknown": "doubt"}.get(found.outcome, "")
    if found.outcome == "absent" and unwanted:
        move = "fail"
    if found.outcome == "failed" and kind == "link" and found.code in (PAGE_SHUT, PAGE_ENDED):
        move = "shut"
    return COLLECTION.after(state, move) if COLLECTION.can(state, move) else state


def watched_after(found: Collected) -> str:
    """What became of money that was held, as its release would be read: `lapsed`, `taken`, or `held` still (also where nobody can say)."""
    if found.outcome == "succeeded":
        return "lapsed"
    return "taken" if found.outcome == "failed" and found.code == "taken" else "held"


def again_at(claim: CollectClaim, found: Collected, now: datetime) -> datetime | None:
    """When to look at it again: the gateway's own wish, else doubling waits up to six hours. None once it is settled."""
    if found.outcome in ("succeeded", "failed") and not claim.watched:
        return None
    if found.retry_after is not None:
        return now + timedelta(seconds=max(1, found.retry_after))
    if claim.watched:
        return now + _LONGEST_WAIT
    first, most = (_PAGE_FIRST, _PAGE_LONGEST) if found.outcome == "pending" else (_FIRST, _LONGEST_WAIT)
    tries = claim.asks if found.outcome != "absent" else claim.sends
    return now + min(most, timedelta(seconds=first * 2 ** min(tries, 16)))


def brings(kind: str) -> bool:
    """Whether a kind of step brings money in, rather than being about what another brought."""
    return kind in HOLDING

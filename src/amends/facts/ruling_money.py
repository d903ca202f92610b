"""Money that a platform moved by a ruling, outside of any refund: taken from the merchant's deposit for the buyer, or given back.

Channels tell refunds with their amounts, and rulings without any; what was taken from a deposit (保证金) or paid for us (赔付) stands in
the platform's settlement alone. So a person records it, with the number that the settlement gives it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from amends.basics.money import Minor
from amends.facts.book import Entry
from amends.facts.entries import chargeback, cost

RulingKind = Literal["price", "beside", "back", "undone"]
"""`price`: the buyer had the price, or a part of it, from our deposit. `beside`: compensation beside the price, at our cost. `back`: the
platform gave us money back, and the buyer keeps what they had. `undone`: it was taken back from the buyer, too."""
RULING_KINDS: Final[tuple[RulingKind, ...]] = ("price", "beside", "back", "undone")
RulingState = Literal["proposed", "booked", "refused"]
OUT: Final[frozenset[RulingKind]] = frozenset({"price", "beside"})
AGAINST_US: Final = frozenset({"lost", "partly", "accepted", "appealed", "appeal_won", "appeal_lost", "appeal_partly"})
"""Stages of an intervention after which the platform may have taken money."""
FOR_US: Final = frozenset({"appeal_won", "appeal_partly"})
"""Stages after which it may have given it back."""


@dataclass(frozen=True, slots=True)
class RulingMoney:
    """One movement. `ruling`: which of the dispute's rulings ordered it (`first`, `appeal`); `reference`: the settlement's number of it.

    Of one ruling each kind moves once: with the dispute these are its key. `needs_role`: who may say yes to it, "" where nobody has to.
    """

    number: int
    dispute: int
    ruling: str
    kind: RulingKind
    amount: Minor
    currency: str
    reference: str
    moved_at: datetime
    state: RulingState
    note: str
    by: str
    at: datetime
    needs_role: str = ""
    settled_by: str = ""


def ruling_of(stage: str, kind: RulingKind) -> str:
    """Which ruling orders a movement of this kind at this stage: the appeal what comes back, the one against us what is taken."""
    return "appeal" if kind not in OUT or stage in ("appeal_lost", "appeal_partly") else "first"


def kinds_now(sort: str, stage: str, there: Sequence[RulingMoney]) -> list[RulingKind]:
    """The kinds of movements that a ruling may have ordered by now and that are not recorded yet."""
    if sort != "platform":
        return []
    known = {(one.ruling, one.kind) for one in there if one.state != "refused"}
    able = [kind for kind in RULING_KINDS if stage in (AGAINST_US if kind in OUT else FOR_US)]
    able = [kind for kind in able if kind in OUT or any(one.kind in OUT and one.state == "booked" for one in there)]
    return [kind for kind in able if (ruling_of(stage, kind), kind) not in known]


def ruling_key(source: str, reference: str, ruling: str, kind: RulingKind) -> str:
    """The key of its entry, made of the ruling's own facts."""
    facts = "\x1f".join([source, reference, ruling, kind])
    return f"ruling:{hashlib.sha256(facts.encode()).hexdigest()[:32]}"


def ruling_entry(key: str, one: RulingMoney, payment: str) -> Entry:
    """The movement as an entry. Only what the buyer had of the price counts against what was paid by `payment`; with `undone` no more."""
    if one.kind in ("price", "undone"):
        return chargeback(key, payment, one.amount, one.currency, one.moved_at, won=one.kind == "undone")
    sign = 1 if one.kind == "beside" else -1
    return cost(key, "claim", sign * one.amount, one.currency, one.moved_at, f"by a ruling: {one.reference}")

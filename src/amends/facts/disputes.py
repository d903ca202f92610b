"""Disputes about money that was taken in: at a card network, at a platform, or announced by an alert. Stages and moves as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from amends.basics.money import Minor
from amends.basics.moves import MoveTable
from amends.facts.tracks import TABLES, Move, Tracks

_RULED: Final = {"win": "won", "lose": "lost", "part": "partly"}

CARD: Final = MoveTable(
    "card",
    "told",
    {
        "told": {
            "inquire": "inquiry",
            "open": "to_answer",
            "submit": "answered",
            "escalate": "pre_arbitration",
            "prevent": "averted",
            "accept": "accepted",
            **_RULED,
        },
        "inquiry": {
            "submit": "answered",
            "open": "to_answer",
            "accept": "accepted",
            "prevent": "averted",
            **_RULED,
        },
        "to_answer": {"submit": "answered", "accept": "accepted", "prevent": "averted", **_RULED},
        "answered": {"ask": "to_answer", "escalate": "pre_arbitration", "accept": "accepted", **_RULED},
        "pre_arbitration": {"submit": "answered", "accept": "accepted", **_RULED},
        "won": {"escalate": "pre_arbitration", "lose": "lost"},
        "lost": {"appeal": "pre_arbitration", "win": "won"},
        "partly": {"appeal": "pre_arbitration", "win": "won", "lose": "lost"},
        "accepted": {},
        "averted": {"open": "to_answer"},
    },
)
PLATFORM: Final = MoveTable(
    "platform",
    "told",
    {
        "told": {"step_in": "stepped_in", "ask": "to_answer", "submit": "answered", "end": "ended", **_RULED},
        "stepped_in": {"ask": "to_answer", "submit": "answered", "accept": "accepted", "end": "ended", **_RULED},
        "to_answer": {"submit": "answered", "accept": "accepted", "end": "ended", **_RULED},
        "answered": {"ask": "to_answer", "accept": "accepted", "end": "ended", **_RULED},
        "won": {"appeal": "appealed"},
        "lost": {"appeal": "appealed"},
        "partly": {"appeal": "appealed"},
        "appealed": {"win": "appeal_won", "lose": "appeal_lost", "part": "appeal_partly"},
        "appeal_won": {},
        "appeal_lost": {},
        "appeal_partly": {},
        "accepted": {},
        "ended": {},
    },
)
ALERT: Final = MoveTable(
    "alert",
    "told",
    {
        "told": {"take_in": "alert", "resolve": "averted"},
        "alert": {
            "refund": "refunding",
            "let_be": "let_be",
            "resolve": "averted",
            "lapse": "lapsed",
            "open": "charged_back",
        },
        "refunding": {"settle": "averted", "fail": "alert", "open": "charged_back"},
        "let_be": {"open": "charged_back", "resolve": "averted"},
        "lapsed": {"open": "charged_back", "refund": "refunding"},
        "averted": {"open": "charged_back"},
        "charged_back": {},
    },
)
STAGES: Final[Mapping[str, MoveTable]] = {table.name: table for table in (CARD, PLATFORM, ALERT)}
"""The tables by the sort of dispute."""

OPEN: Final = frozenset(
    {
        "told",
        "inquiry",
        "to_answer",
        "answered",
        "pre_arbitration",
        "stepped_in",
        "appealed",
        "alert",
        "refunding",
        "lapsed",
        "let_be",
    }
)
"""Stages in which the money may still move."""
OURS: Final = frozenset({"inquiry", "to_answer", "pre_arbitration", "alert"})
"""Stages in which the next word is ours, against a clock."""
LOST: Final = frozenset({"lost", "appeal_lost", "accepted"})
WON: Final = frozenset({"won", "appeal_won", "ended"})
PARTLY: Final = frozenset({"partly", "appeal_partly"})
FIGHTS: Final = ("submit", "accept")
"""What is done at the gateway about a dispute."""
LIABILITIES: Final = ("merchant", "issuer", "buyer", "platform", "carrier", "nobody")

_CASE_CARD: Final = {
    "inquiry": "opened",
    "to_answer": "evidence_due",
    "pre_arbitration": "evidence_due",
    "answered": "opened",
    "won": "won",
    "partly": "lost",
    "lost": "lost",
    "accepted": "accepted",
    "averted": "accepted",
    "alert": "alert",
    "refunding": "alert",
    "lapsed": "alert",
    "let_be": "none",
}
_CASE_PLATFORM: Final = {
    "stepped_in": "stepped_in",
    "to_answer": "evidence_due",
    "answered": "stepped_in",
    "won": "ruled_for_us",
    "lost": "ruled_for_buyer",
    "partly": "ruled_for_buyer",
    "accepted": "ruled_for_buyer",
    "appealed": "appealed",
    "appeal_won": "ruled_for_us",
    "appeal_lost": "ruled_for_buyer",
    "appeal_partly": "ruled_for_buyer",
    "ended": "none",
}
_FILE_STAGE: Final = {
    "inquiry": "open",
    "to_answer": "evidence_due",
    "pre_arbitration": "evidence_due",
    "answered": "open",
    "won": "won",
    "partly": "lost",
    "lost": "lost",
    "accepted": "accepted",
    "averted": "accepted",
    "alert": "alert",
    "refunding": "alert",
    "lapsed": "alert",
}
"""The stage of a card dispute as a case file names it; what is not here is no dispute there."""


def move_to(sort: str, here: str, there: str) -> str:
    """The published move that leads from a stage straight to another; "" where none does."""
    return next((move for move, to in STAGES[sort].moves.get(here, {}).items() if to == there), "")


def case_track(sort: str, stage: str, tracks: Tracks) -> tuple[tuple[Move, ...], dict[str, str]]:
    """How the case's own track follows a dispute's stage: by a published move where there is one, told outright where there is none."""
    track = "platform" if sort == "platform" else "card"
    wanted = (_CASE_PLATFORM if sort == "platform" else _CASE_CARD).get(stage, "")
    here = getattr(tracks, track)
    if not wanted or wanted == here:
        return (), {}
    moves = [move for move, to in TABLES[track].moves[here].items() if to == wanted]
    return (((track, moves[0]),), {}) if moves else ((), {track: wanted})


def file_stage(sort: str, stage: str) -> str | None:
    """The stage of a dispute on a payment as the case file names it; None where it is none there."""
    return None if sort == "platform" else _FILE_STAGE.get(stage)


@dataclass(frozen=True, slots=True)
class DisputeTold:
    """What somebody outside says of a dispute. `reference`: their own id of it. `stage`: one of the table's; "" for no word of it.

    `given`: whether they have an answer of ours; None where they do not say. `ready`: whether what they say may go back a stage, for it
    was read from them just now.
    """

    source: str
    reference: str
    sort: str
    forum: str
    stage: str
    reason: str = ""
    amount: Minor | None = None
    currency: str = ""
    payment: str = ""
    order: str = ""
    due: datetime | None = None
    opened: datetime | None = None
    at: datetime | None = None
    given: bool | None = None
    fee: Minor | None = None
    ready: bool = False
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeptDispute:
    """A dispute as it stands. `case`, `payment`, `merchant`: None and "" until it was matched. `answer_by`: the safe time, before `due`.

    `exhibits`: SHA-256 of files on the case's shelf; `texts`: what we write, by field. `result`: the money of the ruling.
    """

    number: int
    sort: str
    forum: str
    source: str
    reference: str
    reason: str
    stage: str
    amount: Minor
    currency: str
    fee: Minor | None
    opened: datetime
    due: datetime | None
    answer_by: datetime | None
    case: int | None
    case_key: str
    shop: str
    channel: str
    merchant: str
    market: str
    payment: str
    order: str
    exhibits: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    ruling: str = ""
    liability: str = ""
    result: Minor | None = None
    plan: int | None = None
    round: int = 0
    more: Mapping[str, Any] = field(default_factory=dict)
    story: tuple[Mapping[str, Any], ...] = ()

    @property
    def open(self) -> bool:
        """Whether its money may still move."""
        return self.stage in OPEN

    @property
    def ours(self) -> bool:
        """Whether the next word is ours."""
        return self.stage in OURS


@dataclass(frozen=True, slots=True)
class Fight:
    """What was decided to be done at the gateway, once a round. `state`: wanted, sending, unsure, done, failed, dropped.

    `kind`: submit, accept, tell. `after`: not sent before then. `content`: what is sent, word for word and file for file.
    """

    number: int
    dispute: int
    kind: str
    round: int
    key: str
    state: str
    content: Mapping[str, Any]
    after: datetime
    sends: int
    tries: int
    may_send: bool
    message: str
    reference: str
    by: str
    at: datetime
    settled: datetime | None = None
    lease: str = ""

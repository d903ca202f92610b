"""The tracks of a case: separate small tables of moves, and the one headline that is derived from them.

Money is no track: it is added up in the book. What the desk, the buyer, the platform and the warehouse do are moves; what an import
or a platform states outright is told (`placed`), for it has happened whether or not we saw every step.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Final

from amends.basics.moves import MoveTable

DECISION: Final = MoveTable(
    "decision",
    "new",
    {
        "new": {
            "ask": "awaiting_evidence",
            "offer": "offered",
            "approve": "approved",
            "refuse": "refused",
            "withdraw": "withdrawn",
        },
        "awaiting_evidence": {
            "answer": "new",
            "lapse": "new",
            "ask": "awaiting_evidence",
            "offer": "offered",
            "approve": "approved",
            "refuse": "refused",
            "withdraw": "withdrawn",
        },
        "offered": {
            "accept_offer": "approved",
            "decline_offer": "new",
            "lapse": "new",
            "take_back": "new",
            "offer": "offered",
            "approve": "approved",
            "refuse": "refused",
            "withdraw": "withdrawn",
        },
        "approved": {
            "undo": "new",
            "fail": "new",
            "offer": "offered",
            "refuse": "refused",
            "withdraw": "withdrawn",
        },
        "refused": {"undo": "new", "reopen": "new", "offer": "offered", "withdraw": "withdrawn"},
        "withdrawn": {"reopen": "new"},
    },
)
GOODS: Final = MoveTable(
    "goods",
    "none",
    {
        "none": {"await": "awaited", "send": "on_the_way", "arrive": "arrived"},
        "awaited": {"send": "on_the_way", "arrive": "arrived", "call_off": "none"},
        "on_the_way": {"send": "on_the_way", "arrive": "arrived", "lose": "lost"},
        "arrived": {"inspect": "inspected", "send_back": "sent_back"},
        "inspected": {"inspect": "inspected", "send_back": "sent_back", "again": "none"},
        "lost": {"arrive": "arrived"},
        "sent_back": {"send": "on_the_way", "arrive": "arrived"},
    },
)
REPLACEMENT: Final = MoveTable(
    "replacement",
    "none",
    {
        "none": {"reserve": "reserved", "ship": "shipped"},
        "reserved": {"ship": "shipped", "release": "none"},
        "shipped": {"deliver": "delivered", "lose": "reserved"},
        "delivered": {"fail": "none"},
    },
)
REPAIR: Final = MoveTable(
    "repair",
    "none",
    {
        "none": {"quote": "quoted"},
        "quoted": {"quote": "quoted", "agree": "agreed", "decline": "declined"},
        "agreed": {"quote": "quoted", "start": "at_work"},
        "at_work": {"wait": "waiting", "finish": "repaired", "give_up": "hopeless"},
        "waiting": {"go_on": "at_work", "give_up": "hopeless"},
        "repaired": {"fail": "none"},
        "hopeless": {"fail": "none"},
        "declined": {"quote": "quoted"},
    },
)
PLATFORM: Final = MoveTable(
    "platform",
    "none",
    {
        "none": {"step_in": "stepped_in", "ask_evidence": "evidence_due"},
        "stepped_in": {
            "ask_evidence": "evidence_due",
            "rule_for_us": "ruled_for_us",
            "rule_for_buyer": "ruled_for_buyer",
            "end": "none",
        },
        "evidence_due": {
            "give": "stepped_in",
            "rule_for_us": "ruled_for_us",
            "rule_for_buyer": "ruled_for_buyer",
            "end": "none",
        },
        "ruled_for_us": {"appeal": "appealed"},
        "ruled_for_buyer": {"appeal": "appealed"},
        "appealed": {
            "ask_evidence": "evidence_due",
            "rule_for_us": "ruled_for_us",
            "rule_for_buyer": "ruled_for_buyer",
        },
    },
)
CARD: Final = MoveTable(
    "card",
    "none",
    {
        "none": {"alert": "alert", "open": "opened"},
        "alert": {"open": "opened", "end": "none", "accept": "accepted"},
        "opened": {"ask_evidence": "evidence_due", "win": "won", "lose": "lost", "accept": "accepted"},
        "evidence_due": {"give": "opened", "win": "won", "lose": "lost", "accept": "accepted"},
        "won": {"open": "opened"},
        "lost": {"open": "opened"},
        "accepted": {},
    },
)
DESK: Final = MoveTable("desk", "open", {"open": {"close": "closed"}, "closed": {"reopen": "open"}})

TABLES: Final[Mapping[str, MoveTable]] = {
    table.name: table for table in (DECISION, GOODS, REPLACEMENT, REPAIR, PLATFORM, CARD, DESK)
}
Move = tuple[str, str]
"""A track's name and the name of a move in it."""


@dataclass(frozen=True, slots=True)
class Tracks:
    """Where a case stands on each track."""

    decision: str = "new"
    goods: str = "none"
    replacement: str = "none"
    repair: str = "none"
    platform: str = "none"
    card: str = "none"
    desk: str = "open"

    def moved(self, moves: Iterable[Move]) -> Tracks:
        """Where these moves lead, in order. Raises `UnableToMove` for one that is not published."""
        now = self
        for track, move in moves:
            state = TABLES[track].after(getattr(now, track), move)
            now = replace(now, **{track: state})
        return now

    def placed(self, told: Mapping[str, str]) -> Tracks:
        """Where someone outside says the case is. A state nobody knows is a fault of the caller: `ValueError`."""
        for track, state in told.items():
            if track not in TABLES or state not in TABLES[track].states:
                raise ValueError(f"{track}: there is no state {state!r}")
        return replace(self, **told)

    def can(self, track: str, move: str) -> bool:
        """Whether a move is possible now."""
        return TABLES[track].can(getattr(self, track), move)

    def states(self) -> dict[str, str]:
        """Every track with its state."""
        return {one.name: getattr(self, one.name) for one in fields(self)}


IN_DISPUTE: Final = frozenset({"stepped_in", "evidence_due", "appealed", "alert", "opened"})
HEADLINES: Final = (
    "closed",
    "evidence_due",
    "disputed",
    "to_inspect",
    "withdrawn",
    "refused",
    "to_decide",
    "awaiting_evidence",
    "offered",
    "goods_awaited",
    "goods_on_the_way",
    "goods_lost",
    "repair_quoted",
    "repairing",
    "to_replace",
    "replacing",
    "to_settle",
)
"""Every headline; of several that fit, the earlier is shown."""


WAITS_ON_BUYER: Final = frozenset(
    {"offered", "awaiting_evidence", "goods_awaited", "goods_on_the_way", "repair_quoted"}
)
"""Headlines under which the buyer has to act: our own clocks stand still, the platform's never."""
NEVER_STILL: Final = ("next_answer", "look_again")
"""Our own clocks that run on even then: a buyer who asks, or objects, is owed an answer whoever has to act."""


def headline(tracks: Tracks) -> str:
    """The one word for where a case stands, derived from its tracks."""
    if tracks.desk == "closed":
        return "closed"
    if "evidence_due" in (tracks.platform, tracks.card):
        return "evidence_due"
    if IN_DISPUTE & {tracks.platform, tracks.card}:
        return "disputed"
    if tracks.goods == "arrived":
        return "to_inspect"
    if tracks.decision == "new":
        return "to_decide"
    if tracks.decision != "approved":
        return tracks.decision
    return _under_way(tracks)


_REPAIR: Final = {"quoted": "repair_quoted", "agreed": "repairing", "at_work": "repairing", "waiting": "repairing"}


def _under_way(tracks: Tracks) -> str:
    goods = {"awaited": "goods_awaited", "on_the_way": "goods_on_the_way", "lost": "goods_lost"}.get(tracks.goods)
    if goods:
        return goods
    if tracks.replacement != "shipped" and tracks.repair in _REPAIR:
        return _REPAIR[tracks.repair]
    return {"reserved": "to_replace", "shipped": "replacing"}.get(tracks.replacement, "to_settle")

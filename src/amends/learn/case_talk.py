"""What was said on a case, by whom, in one line of time: the buyer's words, ours, the house's letters, and notes among colleagues."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from amends.facts.work import CaseHistory

_HOUSE: Final = ("system", "amends")


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was said. `side`: buyer, shop, house (a letter that the house sent by itself), platform, or note (inside only).

    `state`: of a message that leaves the house (kept, waiting, sending, sent, failed, unsure, taken_back). `event`: what a letter is about.
    `way`: mail, portal or platform, "" where nobody can tell.
    """

    side: str
    by: str
    at: datetime
    text: str
    event: str = ""
    state: str = ""
    files: tuple[Any, ...] = ()
    way: str = ""


def talk_of(history: CaseHistory) -> tuple[Said, ...]:
    """Will give the conversation with the notes in between, oldest first."""
    said = [
        Said(_side(one.by_kind, one.by, one.inside), one.by, one.at, one.text, one.event, one.state, one.files, one.way)
        for one in history.messages
    ]
    notes = [
        Said("note", one.entry.by.name, one.entry.at, one.entry.why)
        for one in history.entries
        if one.entry.what == "noted"
    ]
    return tuple(sorted([*said, *notes], key=lambda one: one.at))


def _side(kind: str, by: str, inside: bool) -> str:
    if inside:
        return "note"
    if kind == "shop" and by in _HOUSE:
        return "house"
    return {"buyer": "buyer", "shop": "shop", "platform": "platform"}.get(kind, "house")

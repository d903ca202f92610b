"""The log of a case: all that happened to it, each entry sealed to the one before. It is the truth; the rest is drawn from it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from amends.basics.moves import UnableToMove
from amends.facts.tracks import Move, Tracks

WHO: Final = ("person", "system", "buyer", "platform", "carrier", "shop")
"""Kinds of who. `shop`: the shop's own system, by the API."""
START: Final = "0" * 64
"""What the first entry of a case is sealed to."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did something: a kind of `WHO` and a name."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `what`: a code with words in three languages; `why`: what a person wrote.

    `moves` lead from where the tracks stood; `told` places tracks where someone outside says they are. `data`: plain JSON.
    """

    what: str
    by: Actor
    at: datetime
    why: str = ""
    moves: tuple[Move, ...] = ()
    told: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SealedEntry:
    """An entry in its place: `seq` counts from 1; `seal` covers it and `before`, the seal of the one before."""

    seq: int
    entry: Entry
    before: str
    seal: str


def seal(case: str, seq: int, before: str, entry: Entry) -> str:
    """The SHA-256 (hex) over the seal before and every part of an entry, in one canonical form."""
    told = {
        "case": case,
        "seq": seq,
        "before": before,
        "what": entry.what,
        "who": [entry.by.kind, entry.by.name],
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "why": entry.why,
        "moves": [list(move) for move in entry.moves],
        "told": dict(entry.told),
        "data": entry.data,
    }
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def fold(entries: Iterable[Entry]) -> Tracks:
    """Where a log leads: every entry's moves and tellings, from the start. Raises `UnableToMove` where one was not possible."""
    tracks = Tracks()
    for entry in entries:
        tracks = tracks.placed(entry.told).moved(entry.moves)
    return tracks


def broken_at(case: str, entries: Iterable[SealedEntry]) -> int | None:
    """The place of the first entry that was changed, left out or added; None where the chain is whole and every move was possible."""
    before, tracks, expected = START, Tracks(), 1
    for one in entries:
        if one.seq != expected or one.before != before or one.seal != seal(case, one.seq, before, one.entry):
            return expected
        try:
            tracks = tracks.placed(one.entry.told).moved(one.entry.moves)
        except (UnableToMove, ValueError):
            return expected
        before, expected = one.seal, expected + 1
    return None

"""Reading again what was heard of: one thing at a time, taken in by the batch."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from amends.desk.channels.turn import Turn, UnableToRead
from amends.facts.channel_intake import Hint, HintsRead
from amends.facts.platforms import ToldCase, ToldOrder

BATCH: Final = 20
_ABOUT_THE_THING: Final = ("strange", "missing", "refused")
_FIRST: Final = timedelta(seconds=20)
_LONGEST: Final = timedelta(hours=1)
NOT_THERE: Final = 3
"""A platform may push before it lets read; after so many looks a thing that it does not know is let go."""
ALARM_AFTER: Final = 5


@dataclass(slots=True)
class _Read:
    cases: list[ToldCase] = field(default_factory=list)
    orders: list[ToldOrder] = field(default_factory=list)
    done: list[tuple[int, int]] = field(default_factory=list)


def many(turn: Turn) -> bool:
    """Whether so much was heard of that reading the list of changes brings it sooner than asking for each."""
    most = max(BATCH, turn.channel.can.page_size // 2)
    return len(turn.books.hints.due(turn.hold, turn.now, most + 1)) > most


def read_hints(turn: Turn) -> bool:
    """Read what is due; whether some is left because the turn was over."""
    while True:
        asked_at = turn.now
        due = turn.books.hints.due(turn.hold, asked_at, BATCH)
        if not due:
            return False
        found = _Read()
        try:
            for hint in due:
                _one(turn, hint, found)
        finally:
            if found.done:
                turn.take(asked_at, found.cases, found.orders, HintsRead(tuple(found.done)))
        if turn.over:
            return True


def _one(turn: Turn, hint: Hint, found: _Read) -> None:
    """Read one thing. What is wrong with this thing alone puts it off; anything else ends the turn."""
    can = turn.channel.can
    if not (can.cases if hint.what == "case" else can.orders):
        found.done.append((hint.number, hint.heard))
        return
    try:
        told: ToldCase | ToldOrder | None
        if hint.what == "case":
            told = turn.ask(lambda channel, access, seal: channel.one(access, hint.thing, seal))
        else:
            told = turn.ask(lambda channel, access, seal: channel.order(access, hint.thing, seal))
    except UnableToRead as fault:
        if fault.fault.why not in _ABOUT_THE_THING:
            raise
        _put_off(turn, hint, fault.fault.en, fault.fault.zh)
        return
    if told is None and hint.tries + 1 < NOT_THERE:
        _put_off(turn, hint, "the platform knows no such thing yet", "平台上还查不到")
        return
    if isinstance(told, ToldCase):
        found.cases.append(told)
    elif told is not None:
        found.orders.append(told)
    elif hint.what == "case":
        turn.books.drift.gone(turn.hold.number, hint.thing, turn.now)
    found.done.append((hint.number, hint.heard))


def _put_off(turn: Turn, hint: Hint, en: str, zh: str) -> None:
    again = turn.now + min(_LONGEST, _FIRST * 2 ** min(hint.tries, 10))
    turn.books.hints.failed(turn.hold, hint, en, again)
    if hint.tries + 1 == ALARM_AFTER:
        turn.alarm(
            "unread",
            hint.thing,
            f"{hint.thing} 多次读取失败：{zh}",
            f"{hint.thing} could not be read for a while: {en}",
        )

"""Reading what changed since the last time: windows that overlap, page by page, up to now."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from amends.desk.channels.turn import Turn, UnableToRead
from amends.facts.channel_intake import PollStep
from amends.facts.channels import ChannelCan
from amends.facts.platforms import Window

EVERY: Final = timedelta(seconds=60)
EVERY_WITH_PUSHES: Final = timedelta(minutes=5)
AGAIN: Final = timedelta(minutes=2)
TRIES: Final = 3
"""After so many strange answers in a row a window is put aside, to be read later, and the reading goes on behind it."""


def poll(turn: Turn) -> bool:
    """Read up to now; whether something is left to be read at once (the turn was over before)."""
    hold = turn.hold
    read_until, cursor, until = hold.read_until or turn.began, hold.cursor, hold.window_until
    while True:
        now = turn.now
        since, stop = window(turn.channel.can, read_until, until if cursor else None, now)
        try:
            page_window = Window(since, stop, cursor)
            page = turn.ask(lambda channel, access, seal, w=page_window: channel.changed(access, w, seal))  # type: ignore[misc]
        except UnableToRead as fault:
            if fault.fault.why != "strange" or strange_before(turn) + 1 < TRIES:
                raise
            put_aside(turn, since, stop, cursor, fault)
            return True
        turn.take(now, page.cases, page.orders, PollStep(stop, page.cursor), page.left)
        cursor, until = page.cursor, stop
        if not cursor:
            read_until = max(read_until, stop)
            if stop >= turn.began:  # not the clock of now: a window of several pages never catches up with that
                return False
        if turn.over:
            return True


def window(can: ChannelCan, read_until: datetime, until: datetime | None, now: datetime) -> tuple[datetime, datetime]:
    """From where to where to read: back over the last window's end, and never wider than the platform answers."""
    overlap = can.overlap if can.widest is None else min(can.overlap, can.widest / 2)
    since = read_until - overlap
    if until is not None:
        return since, until
    return since, max(since, now) if can.widest is None else max(since, min(now, since + can.widest))


def strange_before(turn: Turn) -> int:
    """How many strange answers in a row there were before this turn."""
    return turn.hold.faults if turn.hold.fault_why == "strange" else 0


def put_aside(turn: Turn, since: datetime, until: datetime, cursor: str, fault: UnableToRead) -> None:
    """Go on behind a window that cannot be understood; it stays to be read, again and again, until it can be."""
    number = turn.hold.number
    gap = turn.books.sweeps.begin(number, "gap", since, until, "amends", turn.now, cursor)
    turn.books.sweeps.failed(gap, fault.fault.en, turn.now + AGAIN)
    turn.books.intake.pass_over(turn.hold, until)
    turn.answered = True  # the next window has its own tries
    begin, end = since.isoformat(timespec="minutes"), until.isoformat(timespec="minutes")
    turn.alarm(
        "put_aside",
        "",
        f"{begin} 至 {end} 的变更暂时无法读取，稍后会继续重试：{fault.fault.zh}",
        f"what changed from {begin} to {end} cannot be read for now and is tried again: {fault.fault.en}",
    )

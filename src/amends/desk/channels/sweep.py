"""Reading stretches of time: history, windows that were put aside, and every night the last days once more, with a comparison after."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from amends.basics.zones import local
from amends.desk.channels.poll import TRIES
from amends.desk.channels.turn import Turn, UnableToRead
from amends.facts.channel_intake import Sweep, SweepStep
from amends.facts.platforms import ToldCase, Window

SLICE: Final = timedelta(days=7)
NIGHTLY: Final = timedelta(days=3)
NIGHT: Final = timedelta(hours=3)
"""When the nightly look begins, on the clock of the shop's market."""
_FIRST: Final = timedelta(minutes=1)
_LONGEST: Final = timedelta(hours=6)
_BATCH: Final = 20


def begin_nightly(turn: Turn) -> None:
    """Begin the nightly look where none was begun since the market's night came: the days before the last one, and all since."""
    now, hold = turn.now, turn.hold
    here = local(now, hold.market)
    night = here.replace(hour=0, minute=hold.number % 60, second=0, microsecond=0) + NIGHT
    if here < night:
        night -= timedelta(days=1)
    if hold.reconciled_at is None or hold.reconciled_at < night:
        last = hold.reconciled_at or now
        turn.books.sweeps.begin(hold.number, "nightly", min(now, last) - NIGHTLY, now, "amends", now)


def sweep(turn: Turn) -> bool:
    """Go on with what is to be read, the most urgent first; whether something is left because the turn was over."""
    for one in turn.books.sweeps.running(turn.hold.number, turn.now):
        if turn.over:
            return True
        if one.checking:
            if not _check(turn, one):
                return True
        elif _read(turn, one):
            return True
    return any(True for _ in turn.books.sweeps.running(turn.hold.number, turn.now))


def _read(turn: Turn, one: Sweep) -> bool:
    """Read on, page by page; whether the turn was over before the sweep was."""
    done_to, cursor = one.done_to, one.cursor
    width = min(SLICE, turn.channel.can.widest or SLICE)
    while True:
        asked_at, end = turn.now, min(one.until, done_to + width)
        page_window = Window(done_to, end, cursor)
        try:
            page = turn.ask(lambda channel, access, seal, w=page_window: channel.changed(access, w, seal))  # type: ignore[misc]
        except UnableToRead as fault:
            if fault.fault.why != "strange":
                raise
            _strange(turn, one, page_window, fault)
            return False
        over = not page.cursor and end >= one.until
        step = SweepStep(one.number, done_to if page.cursor else end, page.cursor, over)
        turn.take(asked_at, page.cases, page.orders, step, page.left)
        if over:
            if one.kind == "gap":
                turn.books.health.calm(turn.hold.number, ("put_aside",), turn.now)
            return False
        done_to, cursor = step.done_to, step.cursor
        if turn.over:
            return True


def _strange(turn: Turn, one: Sweep, window: Window, fault: UnableToRead) -> None:
    """Put it off; of history that window alone, once it was strange often enough."""
    if one.kind != "gap" and one.tries + 1 >= TRIES:
        turn.books.sweeps.begin(turn.hold.number, "gap", window.since, window.until, "amends", turn.now, window.cursor)
        turn.take(turn.now, step=SweepStep(one.number, window.until, "", window.until >= one.until))
        return
    again = turn.now + min(_LONGEST, _FIRST * 2 ** min(one.tries, 10))
    turn.books.sweeps.failed(one.number, fault.fault.en, again)


def _check(turn: Turn, one: Sweep) -> bool:
    """Read every case that is open here and was not read since the look began, then compare; whether that is done."""
    passed: set[str] = set()
    while numbers := [
        number
        for number in turn.books.drift.not_read_since(turn.hold.number, one.made_at, _BATCH + len(passed))
        if number not in passed
    ]:
        asked_at = turn.now
        told = [case for number in numbers if (case := _case(turn, number, passed)) is not None]
        turn.take(asked_at, told)
        if turn.over:
            return False
    turn.books.drift.compare(turn.hold.number, turn.now)
    turn.books.drift.reconciled(turn.hold.number, one.number, turn.now)
    return True


def _case(turn: Turn, number: str, passed: set[str]) -> ToldCase | None:
    """One case; what cannot be read tonight is passed over."""
    passed.add(number)
    try:
        told = turn.ask(lambda channel, access, seal: channel.one(access, number, seal))
    except UnableToRead as fault:
        if fault.fault.why not in ("strange", "missing", "refused"):
            raise
        return None
    if told is None:
        turn.books.drift.gone(turn.hold.number, number, turn.now)
    return told

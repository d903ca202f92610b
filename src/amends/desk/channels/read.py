"""The reader of connected shops: takes the connection that has waited longest, reads what is due there, and gives it back.

One shop's fault is that shop's alone: it is noted, its calls are put off, and the reader takes the next.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from amends.carry_out.points import reached
from amends.desk.channels.hints import many, read_hints
from amends.desk.channels.poll import EVERY, EVERY_WITH_PUSHES, poll
from amends.desk.channels.sweep import begin_nightly, sweep
from amends.desk.channels.turn import LEASE, Books, Turn, UnableToRead
from amends.facts.channel_intake import Fault, Hold, UnableToHold

OPEN_AFTER: Final = 5
"""After so many failures in a row the circuit is open: one call now and then, and a person is told."""
_FIRST: Final = timedelta(seconds=5)
_FIRST_STRANGE: Final = timedelta(seconds=30)
_LONGEST: Final = timedelta(minutes=15)
_THROTTLED: Final = timedelta(seconds=30)
_SOON: Final = timedelta(days=7)
_OF_FAULTS: Final = ("circuit_open", "keys", "strange", "missing", "refused")
_log = logging.getLogger("amends.channels")


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads connected shops. `owner` names this worker. `news` is told how many cases and orders were new or changed in a turn."""

    books: Books
    owner: str
    news: Callable[[int], None]

    def turn(self) -> bool:
        """Read one connection for a while; whether there was one with something due."""
        began = self.books.asking.now()
        hold = self.books.intake.claim(self.owner, began, LEASE)
        if hold is None:
            return False
        reached("channel held")
        found = self.books.asking.connections.reach(hold.number)
        channel = self.books.asking.channels.get(found.connection.channel) if found else None
        if found is None or channel is None:
            fault = Fault("strange", "没有这个平台的程序", "there is no channel for this platform")
            self._failed(hold, fault)
            return True
        turn = Turn(self.books, hold, channel, found.access.shop, began)
        try:
            due = _work(turn)
            self.books.intake.release(hold, due, turn.now, read=turn.answered)
            self._well(turn)
        except UnableToHold as lost:
            _log.warning("%s", lost)
        except UnableToRead as unable:
            self._failed(hold, unable.fault)
        finally:
            if turn.news:
                self.news(turn.news)
        reached("channel released")
        return True

    def _failed(self, hold: Hold, fault: Fault) -> None:
        """Note the fault and put the platform's calls off; a person is told where it does not pass by itself."""
        now = self.books.asking.now()
        faults, wait = back_off(hold, fault)
        self.books.intake.failed(hold, fault, None if wait is None else now + wait, faults, now)
        code = "circuit_open" if fault.why in ("down", "reach") and faults >= OPEN_AFTER else fault.why
        if code in _OF_FAULTS:
            self.books.health.alarm(hold.number, code, "", fault.zh, fault.en, now)
        _log.warning("connection %s: %s", hold.number, fault.en)

    def _well(self, turn: Turn) -> None:
        """What was alarmed is over; keys that nobody renews are told of before they run out."""
        now, hold = turn.now, turn.hold
        if turn.answered:
            self.books.health.calm(hold.number, _OF_FAULTS, now)
        until = hold.keys_until
        if turn.channel.can.tokens or until is None:
            return
        if until - now > _SOON:
            self.books.health.calm(hold.number, ("keys_end",), now)
            return
        day = until.isoformat(timespec="minutes")
        zh, en = f"密钥将于 {day} 到期，请更新", f"the keys run out at {day}; put in new ones"
        self.books.health.alarm_once(hold.number, "keys_end", until.date().isoformat(), zh, en, now)


def _work(turn: Turn) -> datetime:
    """Everything that is due, news first; when to come again."""
    hold, began = turn.hold, turn.began
    due = hold.due_at is None or hold.due_at <= began
    flood = many(turn)
    left = False if flood else read_hints(turn)
    if due or flood:
        left = poll(turn) or left
    if flood and not turn.over:
        left = read_hints(turn) or left
    if not due:
        return turn.now if left else hold.due_at or turn.now
    if not turn.over:
        begin_nightly(turn)
        left = sweep(turn) or left
    else:
        left = True
    return turn.now if left else turn.now + (EVERY_WITH_PUSHES if hold.pushed else EVERY)


def back_off(hold: Hold, fault: Fault) -> tuple[int, timedelta | None]:
    """How many faults in a row there are now, and how long to wait; None: until a person has changed something."""
    if fault.why == "throttled":
        return hold.faults, timedelta(seconds=max(1, fault.retry_after)) if fault.retry_after else _THROTTLED
    same = hold.fault_why in ("down", "reach") if fault.why in ("down", "reach") else hold.fault_why == fault.why
    faults = hold.faults + 1 if same else 1
    if fault.why == "keys":
        return faults, None
    first = _FIRST if fault.why in ("down", "reach") else _FIRST_STRANGE
    asked = timedelta(seconds=fault.retry_after or 0)
    return faults, max(asked, min(_LONGEST, first * 2 ** min(faults - 1, 20)))

"""What the runner does for the vault: a digest a day, retention, and the looks that people asked for."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from amends.desk.vault.desk import VaultDesk
from amends.facts.audit_trail import AuditFinding
from amends.facts.log import Actor
from amends.facts.vault import Custody

DAY: Final = timedelta(days=1)
HOUR: Final = timedelta(hours=1)
MOST: Final = 200
SYSTEM: Final = Actor("system", "retention")
_log = logging.getLogger("amends.vault")


class DigestRounds:
    """A digest over all logs once a day, and a stamp for it where an authority is configured."""

    def __init__(self, desk: VaultDesk, *, stamping: bool) -> None:
        self._desk, self._stamping = desk, stamping
        self._next = desk.now()

    def look(self) -> int:
        """One where a digest was made; its seal is told in the log of the house, for whoever writes it down elsewhere."""
        now = self._desk.now()
        if now < self._next:
            return 0
        self._next = now + HOUR
        last = self._desk.digests.last()
        if last is not None and now - last.at < DAY:
            return 0
        made = self._desk.digests.make(now)
        _log.info("digest %d over %d logs: %s", made.number, made.leaves, made.sealed)
        if self._stamping:
            self._desk.stamps.want("digest", made.sealed, now)
        return 1


class RetentionRounds:
    """Removes what nothing holds and whose time is over: bytes go, record and hash stay. `others`: what forgets things of its own."""

    def __init__(self, desk: VaultDesk, others: Sequence[Callable[[datetime], int]] = ()) -> None:
        self._desk, self._others = desk, others
        self._next = desk.now()

    def look(self) -> int:
        """How many contents were removed; an hour lies between two looks that found nothing to do."""
        now, desk = self._desk.now(), self._desk
        if now < self._next:
            return 0
        for forget in self._others:
            forget(now)
        oldest = now - timedelta(days=365 * desk.retention.shortest)
        found = desk.custody.overdue(oldest, now, MOST)
        gone = 0
        for one in found:
            until = desk.retention.until(one.market, one.ended)
            if until > now:
                desk.custody.looked_over(one.sha256, now)
                continue
            keeping = desk.retention.keeping(one.market, one.ended)
            told = {"years": keeping.years, "by": keeping.source, "ended": one.ended.isoformat()}
            done = Custody("removed", SYSTEM, now, "", None, told)
            gone += desk.custody.removed(one.sha256, done, desk.evidence.shelf.remove)
        if len(found) < MOST:
            self._next = now + HOUR
        return gone


class AuditRounds:
    """Does the looks that people asked for on the page, one at a time."""

    def __init__(self, desk: VaultDesk) -> None:
        self._desk = desk

    def look(self) -> int:
        """One where a look was done."""
        desk = self._desk
        run = desk.runs.next(desk.now())
        if run is None:
            return 0
        state = "failed"
        try:
            for one in desk.look():
                if isinstance(one, AuditFinding):
                    desk.runs.found(run.number, one)
                    _log.error("tampered with: %s: %s", one.where, one.says.en)
                else:
                    desk.runs.moved(run.number, one, desk.now())
            state = "done"
        finally:
            desk.runs.ended(run.number, state, desk.now())
        return 1

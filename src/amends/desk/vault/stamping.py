"""Time stamps: asked for beside the rounds, checked as they come, kept; what fails is tried again and told."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from amends.desk.vault.desk import VaultDesk
from amends.facts.log import Actor
from amends.facts.vault import Custody, Stamp

MOST: Final = 20
TRIES: Final = 12
FIRST_WAIT: Final = timedelta(minutes=1)
_log = logging.getLogger("amends.vault")


class UnableToStamp(RuntimeError):
    """No time stamp came that holds; the message says why."""


Authority = Callable[[str], tuple[bytes, datetime]]
"""Takes a SHA-256 and gives the token and its moment. Raises `UnableToStamp`."""


class StampRounds:
    """Asks the authority at `url` for what waits. `pieces`: every content is stamped, not the digests alone."""

    def __init__(self, desk: VaultDesk, authority: Authority, url: str, *, pieces: bool) -> None:
        self._desk, self._authority, self._url, self._pieces = desk, authority, url, pieces

    def look(self) -> int:
        """How many stamps came."""
        desk, came = self._desk, 0
        if self._pieces:
            for sha in desk.stamps.unstamped(MOST):
                desk.stamps.want("piece", sha, desk.now())
        for stamp in desk.stamps.due(desk.now(), MOST):
            try:
                token, at = self._authority(stamp.subject)
            except UnableToStamp as fault:
                self._failed(stamp, str(fault))
                continue
            desk.stamps.came(stamp.number, self._url, token, at)
            came += 1
            if stamp.kind == "piece":
                done = Custody("stamped", Actor("system", "time stamp"), desk.now(), "", None, {"at": at.isoformat()})
                desk.evidence.shelf.note(stamp.subject, done)
        return came

    def _failed(self, stamp: Stamp, why: str) -> None:
        last = stamp.tries + 1 >= TRIES
        wait = FIRST_WAIT * 2 ** min(stamp.tries, 8)
        self._desk.stamps.failed(stamp.number, why, None if last else self._desk.now() + wait)
        _log.warning("no time stamp for %s %s: %s", stamp.kind, stamp.subject, why)

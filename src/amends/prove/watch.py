"""Looking at the truths every few minutes while the house runs, and saying aloud what is broken."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from amends.facts.truths import Ledger
from amends.prove.truths import check_truths

EVERY: Final = timedelta(minutes=10)
_log = logging.getLogger("amends.truths")


class TruthWatch:
    """Looks when it is time to; a broken truth is logged as an error with what breaks it."""

    def __init__(self, ledger: Ledger, now: Callable[[], datetime], every: timedelta = EVERY) -> None:
        self._ledger = ledger
        self._now = now
        self._every = every
        self._next = now()

    def look(self) -> int:
        """The number of truths found broken; 0 as well where it is not time yet."""
        now = self._now()
        if now < self._next:
            return 0
        self._next = now + self._every
        broken = [truth for truth in check_truths(self._ledger, now) if not truth.holds]
        for truth in broken:
            told = "; ".join([f"{one.what}: {one.wrong}" for one in truth.offenders])
            _log.error("broken: %s (%d): %s", truth.says.en, truth.broken, told)
        return len(broken)

"""What the runner does for flags."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from amends.desk.flags.desk import FlagDesk
from amends.desk.flags.look_again import lapse

EVERY: Final = timedelta(minutes=10)


class FlagRounds:
    """A look every ten minutes: cases that changed are read, checks whose buyers had no answer in time are taken off."""

    def __init__(self, desk: FlagDesk) -> None:
        self._desk, self._next = desk, desk.now()

    def look(self) -> int:
        """How many cases were read, or freed of a check."""
        now = self._desk.now()
        if now < self._next:
            return 0
        self._next = now + EVERY
        return lapse(self._desk) + self._desk.run()

"""Reading connected shops beside the runner: hands that each take one connection at a time, and deciding what came in."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from amends.desk.channels.ports import Speak
from amends.desk.channels.read import Reader
from amends.desk.channels.turn import Books
from amends.desk.decide_waiting import decide_waiting
from amends.facts.channels import Channel
from amends.wiring.beside import Hand
from amends.wiring.channel_desk import asking
from amends.wiring.channels import BY_NAME
from amends.wiring.house import live_house

HANDS: Final = 4
"""So many connections are read side by side by one process: a slow platform keeps one hand, not the house."""


def books(speak: Speak | None = None, channels: Mapping[str, Channel] = BY_NAME) -> Books:
    """What reading needs, over the database that Django was made ready for."""
    from amends.store.channel_drift import DatabaseDrift
    from amends.store.channel_health import DatabaseHealth
    from amends.store.channel_hints import DatabaseHints
    from amends.store.channel_intake import DatabaseIntake
    from amends.store.channel_sweeps import DatabaseSweeps

    ask = asking(speak, channels)
    return Books(ask, DatabaseIntake(), DatabaseHints(), DatabaseSweeps(), DatabaseDrift(), DatabaseHealth())


class ChannelRounds:
    """Reads what is due with several hands, and has what came in decided. `look` begins what is not at work and returns at once."""

    def __init__(
        self, speak: Speak | None = None, channels: Mapping[str, Channel] = BY_NAME, hands: int = HANDS
    ) -> None:
        self._news = threading.Event()
        owner = f"{os.uname().nodename}:{os.getpid()}"
        reader = Reader(books(speak, channels), owner, lambda _: self._news.set())
        self._hands = [Hand(reader.turn, f"connected shops {place + 1}") for place in range(hands)]
        self._deciding = Hand(self._decide, "deciding what came in")

    def look(self) -> None:
        """Have every idle hand look for something due."""
        for hand in self._hands:
            hand.look()
        if self._news.is_set():
            self._deciding.look()

    def _decide(self) -> bool:
        """Decide what waits, one process at a time; what comes in meanwhile is decided after."""
        from amends.store.database import alone

        self._news.clear()
        with alone("deciding") as mine:
            if mine:
                decide_waiting(live_house())
            else:
                self._news.set()
        return False


def free_connections_of_the_dead() -> None:
    """End the leases of workers of this machine whose process is gone."""
    from amends.store.channel_intake import DatabaseIntake
    from amends.wiring.clock import now

    intake = DatabaseIntake()
    for owner in intake.holders(now()):
        node, _, process = owner.rpartition(":")
        if node == os.uname().nodename and process.isdecimal() and not Path(f"/proc/{process}").exists():
            intake.free(owner)

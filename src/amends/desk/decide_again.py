"""Deciding again after a policy was changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from amends.desk.decide_waiting import decide_waiting
from amends.desk.house import House
from amends.desk.ports import DecisionBook


@dataclass(slots=True)
class DecideAgain:
    """Decides what waits whenever `changes` counts otherwise than at the last look, and at the first.

    `house` is built when there is something to decide: a process that decides nothing need not read the rulebooks.
    """

    decisions: DecisionBook
    house: Callable[[], House]
    changes: Callable[[], int]
    seen: int = -1

    def look(self) -> int:
        """Decide the waiting cases where something was changed; how many were decided."""
        count = self.changes()
        if count == self.seen:
            return 0
        self.seen = count
        waits = next(iter(self.decisions.waiting()), None) is not None
        return decide_waiting(self.house()).decided if waits else 0

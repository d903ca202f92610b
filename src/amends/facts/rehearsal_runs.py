"""A rehearsal that somebody asked for: of what text, over which cases, how far it is, and what it found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from amends.facts.rehearsed import Rehearsed

FEW_CASES: Final = 50
"""Below so many cases a share says little: the cases are there to be read one by one."""
NEW_RUN: Final = 0


@dataclass(frozen=True, slots=True)
class Span:
    """Which cases of a merchant. `shop`: "" for all; the days are those of the request in the market's own calendar, both included."""

    shop: str = ""
    since: date | None = None
    until: date | None = None

    def holds(self, asked_on: str) -> bool:
        """Whether a day (ISO 8601) lies within."""
        return (self.since is None or asked_on >= self.since.isoformat()) and (
            self.until is None or asked_on <= self.until.isoformat()
        )


EVERY_CASE: Final = Span()


@dataclass(frozen=True, slots=True)
class RehearsalRun:
    """A rehearsal in the background.

    `version`: whose text is tried; `against`: the live version of the policy then, 0 where there was none. `state`: waiting, running,
    done, failed or stopped. `done`, `total`: cases that were read, of how many. `keys`: the numbers that people know the example cases by.
    """

    number: int
    policy: int
    version: int
    against: int
    span: Span
    by: str
    at: datetime
    state: str = "waiting"
    done: int = 0
    total: int = 0
    unread: int = 0
    fault: str = ""
    ended_at: datetime | None = None
    found: Rehearsed | None = None
    keys: Mapping[int, str] = field(default_factory=dict)

    @property
    def percent(self) -> int:
        """How much was read."""
        return min(100, self.done * 100 // self.total) if self.total else 0

    @property
    def going(self) -> bool:
        """Whether it has not ended."""
        return self.state in ("waiting", "running")

    @property
    def few(self) -> bool:
        """Whether there are cases, but too few to lean on shares."""
        return self.found is not None and 0 < self.found.cases < FEW_CASES

"""What rehearsing needs from the rooms below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from amends.facts.audit import Deed
from amends.facts.history import HistoryRow
from amends.facts.past_cases import PastCase
from amends.facts.rehearsal_runs import EVERY_CASE, RehearsalRun, Span
from amends.facts.rehearsed import Rehearsed
from amends.facts.shadows import Shadow, Shadowed, ShadowFound


class History(Protocol):
    """The case history as a table on disk. `dialect`: which SQL its engine reads, by the name that sqlglot has for it."""

    @property
    def dialect(self) -> str:
        """Which SQL is asked."""
        ...

    def write(self, rows: Iterable[HistoryRow]) -> int:
        """Write a history in place of the one that was there; give the number of rows."""
        ...

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Answer one question about the table `history`."""
        ...


class PastCases(Protocol):
    """The cases of the database, open and closed."""

    def past(self, merchant: str | None, span: Span = EVERY_CASE) -> Iterator[PastCase]:
        """Give every case of a merchant's shops (None: of all), the oldest number first, a few hundred at a time.

        Of a span, and at most some of the day before and after it: the reader leaves those out.
        """
        ...

    def count(self, merchant: str | None, span: Span) -> int:
        """Count what `past` gives."""
        ...

    def keys(self, numbers: Sequence[int]) -> Mapping[int, str]:
        """Give the numbers that people know these cases by."""
        ...


class RehearsalBook(Protocol):
    """Rehearsals that people asked for. Every writing method is one transaction."""

    def ask(self, run: RehearsalRun, deed: Deed) -> int:
        """Keep what somebody asked for, with its line in the audit; its number."""
        ...

    def next(self, now: datetime) -> RehearsalRun | None:
        """Take the one that waits longest, or whose runner died; None where there is nothing to do."""
        ...

    def moved(self, number: int, done: int, total: int, now: datetime) -> bool:
        """Note how many cases were read, of how many; whether it is to go on."""
        ...

    def stop(self, run: RehearsalRun, deed: Deed, now: datetime) -> None:
        """End what waits or runs, with its line in the audit; nothing where it ended by itself."""
        ...

    def ended(self, number: int, found: Rehearsed, keys: Mapping[int, str], unread: int, now: datetime) -> None:
        """Keep what was found, unless it was stopped meanwhile."""
        ...

    def failed(self, number: int, fault: str, now: datetime) -> None:
        """Note that it could not be done, and why."""
        ...

    def of_policy(self, policy: int) -> Sequence[RehearsalRun]:
        """Give the rehearsals of a policy, the newest first, without what they found."""
        ...

    def get(self, policy: int, number: int) -> RehearsalRun | None:
        """Give one rehearsal of a policy; None where there is none of that number."""
        ...


class ShadowBook(Protocol):
    """Policies that run in the shadow, and what they would have decided. Every writing method is one transaction."""

    def start(self, policy: int, version: int, deed: Deed, at: datetime) -> Shadow | None:
        """Begin a shadow, with its line in the audit; None where one of this policy runs."""
        ...

    def stop(self, number: int, live: int, deed: Deed, at: datetime) -> None:
        """End a shadow, with its line in the audit. `live`: the version that it became, 0 for none."""
        ...

    def last(self, policy: int) -> Shadow | None:
        """Give the newest shadow of a policy; None where there was none."""
        ...

    def running(self) -> Sequence[Shadow]:
        """Give every shadow that runs."""
        ...

    def decided(self, shadow: Shadow, merchant: str, after: tuple[datetime, int], most: int) -> Sequence[PastCase]:
        """Give cases of a merchant that were decided since the shadow began, after a moment and a number, in that order.

        Without those on which both sides agreed: it is the agreement that decides there.
        """
        ...

    def known(self, number: int, cases: Sequence[int]) -> Mapping[int, datetime]:
        """Give of which decision each of these cases was looked at."""
        ...

    def keep(self, number: int, looked: Sequence[Shadowed], mark: datetime) -> None:
        """Keep what was looked at, one a case, and how far the shadow is; nothing where it was ended meanwhile."""
        ...

    def found(self, number: int, most: int) -> ShadowFound:
        """Give the counts over all cases that were looked at, and the newest that differ."""
        ...

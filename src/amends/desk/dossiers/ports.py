"""What dossiers need from the rooms below, as protocols; `wiring` hands in what implements them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from amends.facts.compelling import Finding
from amends.facts.dossier import Choice, DigestOver, Dossier, Limits
from amends.facts.log import Entry
from amends.facts.rulebook import Says

Tell = Callable[[Entry, str, str], Says]
"""Takes an entry, a currency and a market; says in both languages what happened."""
OwnLimits = Callable[[str], Limits | None]
"""Takes a forum; gives the limits that this house was told instead of the usual ones."""

Past = Callable[[int], Finding | None]
"""Takes a case; gives the earlier payments by the same card and device that its card dispute can be answered with, where there are such."""


class DossierBook(Protocol):
    """Dossiers as rows: one a case, forum and reason. Every method is one transaction, or part of the caller's."""

    def get(self, case: int, forum: str, reason: str) -> Dossier | None:
        """Give the dossier of a case for a forum and a reason; None where nobody chose anything yet."""
        ...

    def numbered(self, case: int, number: int) -> Dossier | None:
        """Give one by its number, where it is the case's."""
        ...

    def of_case(self, case: int) -> Sequence[Dossier]:
        """Give all dossiers of a case, the newest first."""
        ...

    def keep(self, case: int, choice: Choice) -> Dossier:
        """Keep what a person chose. What was built stays until it is built anew."""
        ...

    def ask(self, number: int, by: str, at: datetime) -> Dossier:
        """Have it built; one that waits or is being built stays as it is."""
        ...

    def next(self, now: datetime) -> Dossier | None:
        """Take the one that waits the longest, or whose runner died."""
        ...

    def moved(self, number: int, done: int, total: int, now: datetime) -> None:
        """Note how far it is."""
        ...

    def built(self, number: int, facts: Mapping[str, Any], now: datetime) -> None:
        """Note what was built: `pages`, `sha256`, `size`, `name`, `digest`, `shown`."""
        ...

    def failed(self, number: int, says: Says, now: datetime) -> None:
        """Note why it was not."""
        ...

    def digest_over(self, case: int, seq: int) -> DigestOver | None:
        """Give the first digest of all logs that covers this place of the case's log."""
        ...


class Drawer(Protocol):
    """What draws a dossier."""

    def draw(self, content: Mapping[str, Any], pictures: Mapping[str, bytes]) -> bytes:
        """Give the PDF. Raises `UnableToMakeDossier`."""
        ...

    def family(self) -> str:
        """Name the font that is drawn with. Raises `UnableToMakeDossier` where there is none."""
        ...

"""The reading of reasons, over the database that Django was made ready for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from amends.desk.reading import ReadingDesk
from amends.wiring.clock import now


def reading_desk(clock: Callable[[], datetime] = now) -> ReadingDesk:
    """The verbs on words that corrections taught."""
    from amends.store.members import merchant_names
    from amends.store.own_words import DatabaseOwnWords

    return ReadingDesk(DatabaseOwnWords(), merchant_names, clock)

"""Flags joined to the database that Django was made ready for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from amends.desk.cases.desk import CaseDesk
from amends.desk.flags.desk import FlagDesk
from amends.wiring.clock import now


def flag_desk(cases: CaseDesk, clock: Callable[[], datetime] = now) -> FlagDesk:
    """The verbs of flags."""
    from amends.store.flag_book import DatabaseFlags

    return FlagDesk(cases, DatabaseFlags(), clock)

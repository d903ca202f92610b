"""Prevention joined to the database and to the facts for metrics."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from amends.desk.prevention.desk import PreventionDesk
from amends.wiring.clock import now
from amends.wiring.metrics import metric_desk


def prevention_desk(data: Path, clock: Callable[[], datetime] = now) -> PreventionDesk:
    """The verbs of prevention, over the database that Django was made ready for."""
    from amends.store.prevention_book import DatabasePrevention

    return PreventionDesk(metric_desk(data, clock).facts, DatabasePrevention(), clock)

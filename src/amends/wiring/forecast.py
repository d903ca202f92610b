"""Forecasts joined to the facts for metrics, the shops and the station."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from amends.desk.forecast import ForecastDesk
from amends.wiring.clock import now
from amends.wiring.metrics import metric_desk


def forecast_desk(data: Path, clock: Callable[[], datetime] = now) -> ForecastDesk:
    """What foresees returns, over the database that Django was made ready for."""
    from amends.store.guard_book import DatabaseGuards
    from amends.store.station_book import DatabaseStation

    return ForecastDesk(metric_desk(data, clock).facts, DatabaseGuards().shops, DatabaseStation().pace, clock)

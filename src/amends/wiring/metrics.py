"""Metrics joined to the database and to the folder with the Parquet files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from amends.desk.metrics import MetricDesk
from amends.learn.metrics.facts import ParquetFacts
from amends.learn.metrics.parquet import ParquetStore
from amends.learn.metrics.sync import MetricSync
from amends.wiring.clock import now

FOLDER = "metrics"
"""The folder in the data folder."""


def metric_desk(data: Path, clock: Callable[[], datetime] = now) -> MetricDesk:
    """What answers for metrics, over the database that Django was made ready for."""
    from amends.store.shop_costs import DatabaseCosts, open_money

    return MetricDesk(ParquetFacts(ParquetStore(data / FOLDER)), DatabaseCosts(), open_money, clock)


def metric_sync(data: Path, clock: Callable[[], datetime] = now) -> MetricSync:
    """What keeps the facts in step with the database that Django was made ready for."""
    from amends.store.metric_stories import DatabaseStories

    return MetricSync(ParquetStore(data / FOLDER), DatabaseStories(), clock)

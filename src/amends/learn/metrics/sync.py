"""Keeps the Parquet files in step with the database: what changed is read, made into rows, written, and the mark is moved."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from amends.facts.metric_columns import Fact, Table
from amends.facts.metric_story import Batch, Manifest, StorySource
from amends.learn.metrics.parquet import ParquetStore
from amends.learn.metrics.rows import case_row, order_rows

SEEN: Final = 2_000
"""Cases whose version is remembered: the end of the log is read twice, since in some databases an entry shows after a later one."""


@dataclass(frozen=True, slots=True)
class Synced:
    """What a round did: rows written, and how many seconds it took; `held`: another process was at it."""

    cases: int = 0
    orders: int = 0
    seconds: float = 0.0
    held: bool = False


class MetricSync:
    """The round that the runner makes. `every`: seconds that lie at least between two rounds, for a file is written anew as a whole."""

    def __init__(
        self, store: ParquetStore, source: StorySource, now: Callable[[], datetime], every: float = 15.0
    ) -> None:
        self._store, self._source, self._now, self._every = store, source, now, every
        self._last = -every

    def look(self) -> int:
        """Will make a round unless one was made a moment ago; nothing is left to do at once (0)."""
        if time.monotonic() - self._last >= self._every:
            self._last = time.monotonic()
            self.run()
        return 0

    def run(self) -> Synced:
        """Will bring everything in step. Broken off anywhere, the next round goes on from the last manifest."""
        began = time.monotonic()
        with self._store.alone() as mine:
            if not mine:
                return Synced(held=True)
            there, cases, orders = self._store.manifest(), 0, 0
            for batch in self._source.batches(there.mark):
                there, some, more = self._take(there, batch)
                cases, orders = cases + some, orders + more
            self._store.sum_up(there)
            if self._stale(there):
                self._store.keep(replace(there, at=self._now().isoformat()))
        return Synced(cases, orders, time.monotonic() - began)

    def _stale(self, there: Manifest) -> bool:
        """Nothing changed; the manifest says so once a minute, so that its age is the lag."""
        written = there.written_at
        return written is None or (self._now() - written).total_seconds() >= 60

    def _take(self, there: Manifest, batch: Batch) -> tuple[Manifest, int, int]:
        cases = [one for one in batch.cases if there.seen.get(str(one.number)) != one.stamp]
        orders = [one for one in batch.orders if there.seen.get(f"o{one.number}") != one.stamp]
        rows: dict[Table, list[Fact]] = {}
        gone: dict[Table, list[int]] = {}
        if cases:
            rows["cases"] = [case_row(one) for one in cases]
        if orders:
            rows["sales"] = [row for one in orders for row in order_rows(one)]
            gone["sales"] = [one.number for one in orders]
        written = self._store.put(there, rows, gone) if rows else there
        fresh = {f"o{one.number}": one.stamp for one in orders} | {str(one.number): one.stamp for one in cases}
        seen = dict(list({**there.seen, **fresh}.items())[-SEEN:])
        moved = replace(written, mark=batch.mark, behind=batch.behind, seen=seen)
        if rows or moved.mark != there.mark:
            moved = replace(moved, at=self._now().isoformat())
            self._store.keep(moved)
        return moved, len(cases), len(orders)

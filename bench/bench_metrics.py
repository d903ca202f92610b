"""Dashboards over a made-up store of facts, raw DuckDB beside them, and how fast the facts come in step with a database.

`python -m bench.bench_metrics [CASES] [FOLDER]`: 10,000,000 cases unless said; a folder that is filled already is used as it is.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles

from amends.learn.metrics.ask import Question
from amends.learn.metrics.board import heat, parts, shown, values_of
from amends.learn.metrics.catalogue import BY_CODE, DIMENSIONS, METRICS
from amends.learn.metrics.costs import returned
from amends.learn.metrics.facts import ParquetFacts
from amends.learn.metrics.parquet import ParquetStore
from bench.fill_metrics import DAYS, SALES_A_CASE, fill

TODAY = 20783
ROUNDS = 25


def timed(work: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float, float]:
    """Median, p95 and processor time of the median in milliseconds; the first time, which opens the files, is not counted."""
    work()
    took, busy = [], []
    for _ in range(rounds):
        began, worked = time.perf_counter(), time.process_time()
        work()
        took.append((time.perf_counter() - began) * 1000)
        busy.append((time.process_time() - worked) * 1000)
    return quantiles(took, n=2)[0], quantiles(took, n=20)[-1], quantiles(busy, n=2)[0]


def asked(days: int, merchants: frozenset[str] | None) -> tuple[Question, Question]:
    """A stretch of days and the one before it."""
    now = Question(TODAY - days + 1, TODAY, merchants)
    return now, Question(now.first - days, now.first - 1, merchants)


def dashboard(facts: ParquetFacts, now: Question, before: Question) -> None:
    """All that a dashboard counts on facts: every metric with its course, the heat table, returns for their cost."""
    shown(facts, METRICS, now, before)
    heat(facts, now)
    returned(facts, now)


def measure(folder: Path, cases: int) -> None:
    """Ask, and print."""
    facts = ParquetFacts(ParquetStore(folder))
    size = sum([one.stat().st_size for one in folder.glob("*.parquet")]) / 1e6
    print(f"{cases:,} cases and {cases * SALES_A_CASE:,} sales of {DAYS} days, {size:,.0f} MB")
    print(f"load {os.getloadavg()[0]:.1f}\n| | days | whose | median ms | p95 ms | CPU ms |\n|---|---|---|---|---|---|")
    for days in (30, 90, 365):
        for whose, merchants in (("one merchant of six", frozenset({"m1"})), ("everyone", None)):
            now, before = asked(days, merchants)
            told = timed(lambda now=now, before=before: dashboard(facts, now, before))  # type: ignore[misc]
            print(f"| dashboard | {days} | {whose} | {told[0]:.0f} | {told[1]:.0f} | {told[2]:.0f} |", flush=True)
    now, before = asked(30, None)
    told = timed(lambda: [values_of(facts, one.code, now) for one in DIMENSIONS])
    print(
        f"| what the filters offer (kept until facts change) | 30 | everyone | {told[0]:.0f} | {told[1]:.0f} | {told[2]:.0f} |",
        flush=True,
    )
    for name, by in (("return_rate_orders", "sku"), ("time_to_close", "shop")):
        told = timed(lambda name=name, by=by: parts(facts, BY_CODE[name], by, now, before))  # type: ignore[misc]
        print(f"| {name} by {by} | 30 | everyone | {told[0]:.0f} | {told[1]:.0f} | {told[2]:.0f} |", flush=True)
    for name, sql in (
        ("raw DuckDB, one sum over all cases", "SELECT SUM(stepped_in) FROM cases"),
        ("raw DuckDB, one sum over 60 days", f"SELECT SUM(stepped_in) FROM cases WHERE opened_day > {TODAY - 60}"),
        ("raw DuckDB, one sum by day over 60 days",
         f"SELECT opened_day, SUM(stepped_in), SUM(1) FROM cases WHERE opened_day > {TODAY - 60} GROUP BY 1"),
    ):  # fmt: skip
        told = timed(lambda sql=sql: facts.ask(sql, ()))  # type: ignore[misc]
        print(f"| {name} | | | {told[0]:.0f} | {told[1]:.0f} | {told[2]:.0f} |", flush=True)
    print(f"memory of the process at its most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")


def in_step(kind: str, cases: int = 40_000) -> None:
    """Fill from a database, then bring one changed case in step."""
    from tests.databases import fresh

    with tempfile.TemporaryDirectory() as text, fresh(kind, Path(text)):
        from amends.facts.log import Actor, Entry
        from amends.store.case_log import append
        from amends.store.database import writing
        from amends.store.models import CaseRow
        from amends.wiring.metrics import metric_sync
        from bench.fill_desk import fill as fill_desk

        fill_desk(cases)
        sync = metric_sync(Path(text))
        done = sync.run()
        rows = done.cases + done.orders
        with writing():
            append(CaseRow.objects.order_by("pk")[100], Entry("noted", Actor("person", "x"), datetime.now(UTC)))
        one = sync.run()
        print(
            f"{kind}: {rows:,} cases in {done.seconds:.1f} s, {rows / done.seconds:,.0f}/s; {one.cases} case: {one.seconds:.2f} s"
        )


def main() -> None:
    """Fill in a process of its own, so that the memory told is that of asking."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    if len(sys.argv) > 2 and sys.argv[2] == "--fill":
        fill(Path(sys.argv[3]), cases, TODAY, "2026-11-26T00:00:00+00:00")
        return
    with tempfile.TemporaryDirectory() as text:
        folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(text)
        if not (folder / "manifest.json").exists():
            told = [sys.executable, "-m", "bench.bench_metrics", str(cases), "--fill", str(folder)]
            began = time.perf_counter()
            subprocess.run(told, check=True)
            print(f"made up and written in {time.perf_counter() - began:.0f} s")
        measure(folder, cases)
    in_step("sqlite")
    in_step("postgresql")


if __name__ == "__main__":
    main()

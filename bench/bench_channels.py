"""Connected shops: events taken in a second, history read in with its peak of memory, and how far behind a burst of pushes leaves us.

python -m bench.bench_channels [EVENTS] [ORDERS] [PUSHES]

An event goes the whole way: the push is verified and kept with its hint, the hint is read again at the platform, and case, snapshot, log
and standing are written; every commit durable (`synchronous=FULL`, `fsync=on`). The platform is in this process and answers at once,
so that only the house is measured. Raw: as many rows of the same size in as many transactions by the bare driver.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.bench_money import connected
from tests.channel_house import MANAGER, START, ToyShop
from tests.toy_platform import ToyChannel, ToyPlatform

CONSOLE = Console(width=130)
PAGE = 100
BATCH = 20
ROWS_OF_A_PUSH, ROWS_OF_A_CASE = 2, 7
"""Rows that a push writes (itself, its hint), and that a new case does (case, file, words, source, log, snapshot, standing)."""


class LongHistory(ToyPlatform):
    """A platform with as many orders as are wanted, made up as they are asked for: one every ten minutes."""

    orders_there = 0

    def _changed(self, query: Mapping[str, str], at: Any) -> Any:
        first = int(query.get("cursor") or self._place(query["since"]))
        last = min(self._place(query["until"]), self.orders_there)
        page = [self._order(place) for place in range(first, min(first + PAGE, last))]
        return {"cases": [], "orders": page, "cursor": str(first + PAGE) if first + PAGE < last else ""}

    def _place(self, moment: str) -> int:
        from datetime import datetime

        began = START - timedelta(minutes=10 * self.orders_there)
        return max(0, -(-int((datetime.fromisoformat(moment) - began).total_seconds()) // 600))

    def _order(self, place: int) -> dict[str, Any]:
        moment = START - timedelta(minutes=10 * (self.orders_there - place))
        return {"number": f"O{place}", "title": f"Lamp {place}", "updated": moment.isoformat(), "note": "x" * 400}


def shop(platform: ToyPlatform) -> ToyShop:
    """A connected shop that has been read once."""
    platform.page = PAGE
    toys = ToyShop(platform, ToyChannel(page_size=PAGE)).connect()
    toys.read()
    return toys


def take_in(count: int) -> dict[str, float]:
    """Pushes one by one, read in batches as they would come: seconds for all, and for the hearing alone."""
    toys = shop(ToyPlatform(START))
    heard = 0.0
    began = time.perf_counter()
    for place in range(count):
        toys.platform.put(str(place), "ASKED")
        start = time.perf_counter()
        toys.push(str(place), f"m{place}")
        heard += time.perf_counter() - start
        if place % BATCH == BATCH - 1:
            toys.later(milliseconds=10).reader.turn()
    toys.read()
    took = time.perf_counter() - began
    assert len(toys.state()["cases"]) == count
    return {"took": took, "heard": heard}


def burst(count: int) -> dict[str, float]:
    """So many pushes at once, then reading until nothing waits: seconds of both, and calls that it took."""
    toys = shop(ToyPlatform(START))
    for place in range(count):
        toys.platform.now += timedelta(milliseconds=1)
        toys.platform.put(str(place), "ASKED")
    toys.later(seconds=1)
    start = time.perf_counter()
    for place in range(count):
        toys.push(str(place), f"m{place}")
    heard = time.perf_counter() - start
    calls, start = len(toys.platform.calls), time.perf_counter()
    while toys.books.hints.waiting(toys.number):
        toys.later(milliseconds=1).reader.turn()
    return {"heard": heard, "lag": time.perf_counter() - start, "calls": len(toys.platform.calls) - calls}


def history(count: int) -> dict[str, float]:
    """So many orders read in: seconds, and the memory of this process in MB at the start, after a tenth, and at its peak."""
    import resource

    from amends.store.models import ShopOrder

    platform = LongHistory(START)
    platform.orders_there = count
    toys = shop(platform)
    begin = START - timedelta(minutes=10 * count) - timedelta(hours=1)
    toys.books.sweeps.begin(toys.number, "history", begin, START, "bench", START)
    toys.desk.read_now(MANAGER, toys.number)
    memory = [_memory()]
    start, tenth = time.perf_counter(), 0.0
    while True:
        toys.later(milliseconds=1).reader.turn()
        (one,) = toys.desk.backfills(MANAGER, toys.number)
        if not tenth and one.orders >= count / 10:
            tenth = _memory()
        if one.state == "done":
            break
    took = time.perf_counter() - start
    assert ShopOrder.objects.count() == count, ShopOrder.objects.count()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"took": took, "start": memory[0], "tenth": tenth, "peak": peak}


def _memory() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024


def raw(kind: str, data: Path, url: str | None, count: int) -> float:
    """Seconds for as many rows in as many transactions: one for each push, one for each batch of cases."""
    place = "?" if kind == "sqlite" else "%s"
    insert = f"INSERT INTO raw_rows VALUES ({place}, {place}, {place}, {place})"
    with connected(kind, data, url) as found:
        connection: Any = found
        connection.execute("DROP TABLE IF EXISTS raw_rows")
        connection.execute("CREATE TABLE raw_rows (id integer, a text, b text, c integer)")
        connection.commit()
        start = time.perf_counter()
        sizes = [ROWS_OF_A_PUSH] * count + [ROWS_OF_A_CASE * BATCH] * (count // BATCH)
        for number, rows in enumerate(sizes):
            if kind == "sqlite":
                connection.execute("BEGIN IMMEDIATE")
            for row in range(rows):
                connection.execute(insert, (number, "x" * 400, "y" * 60, row))
            connection.commit()
        return time.perf_counter() - start


def one(what: str, kind: str, count: int) -> None:
    """One measurement in a process of its own; prints JSON."""
    os.environ["AMENDS_TEST_FSYNC"] = "on"
    from tests.databases import fresh

    with tempfile.TemporaryDirectory() as name, fresh(kind, Path(name)) as database:
        found = {"events": take_in, "burst": burst, "history": history}[what](count)
        if what == "events":
            found["bare"] = raw(kind, database.data, database.url, count)
    print(json.dumps(found))


def measured(what: str, kind: str, count: int) -> dict[str, float]:
    """The figures of one measurement."""
    command = [sys.executable, "-m", "bench.bench_channels", "one", what, kind, str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main(events: int, orders: int, pushes: int) -> None:
    """Print three tables."""
    taken = Table(title=f"{events} events: push, hint, read again, put in; every commit durable")
    read_in = Table(title=f"{orders} orders of history, {PAGE} a page")
    behind = Table(title=f"a burst of {pushes} pushes")
    for head in ("database", "events/s", "pushes heard/s", "raw driver, events/s", "of raw"):
        taken.add_column(head, justify="left" if head == "database" else "right")
    for head in ("database", "orders/s", "minutes", "MB at the start", "MB after a tenth", "MB at the peak"):
        read_in.add_column(head, justify="left" if head == "database" else "right")
    for head in ("database", "heard/s", "seconds until all is in", "calls to the platform"):
        behind.add_column(head, justify="left" if head == "database" else "right")
    for kind in ("sqlite", "postgresql"):
        found = measured("events", kind, events)
        ours, bare = events / found["took"], events / found["bare"]
        taken.add_row(kind, f"{ours:.0f}", f"{events / found['heard']:.0f}", f"{bare:.0f}", f"{100 * ours / bare:.0f}%")
        found = measured("history", kind, orders)
        figures = [f"{found[name]:.0f}" for name in ("start", "tenth", "peak")]
        read_in.add_row(kind, f"{orders / found['took']:.0f}", f"{found['took'] / 60:.1f}", *figures)
        found = measured("burst", kind, pushes)
        behind.add_row(kind, f"{pushes / found['heard']:.0f}", f"{found['lag']:.1f}", f"{found['calls']:.0f}")
    for table in (taken, read_in, behind):
        CONSOLE.print(table)


if __name__ == "__main__":
    if sys.argv[1:2] == ["one"]:
        one(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        given = [int(word) for word in sys.argv[1:]]
        main(*(given + [2_000, 100_000, 10_000][len(given) :]))

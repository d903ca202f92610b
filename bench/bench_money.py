"""Money: refunds settled a second, end to end, against a fake that answers in 5 ms, beside the same durable writes by the raw driver.

python -m bench.bench_money [REFUNDS]

End to end: the promise under its lock, the claim, the intent, the HTTP call to the fake Stripe in a process of its own, the receipt and the
entry in the book; every commit durable (`synchronous=FULL`, `fsync=on`). Raw: the same rows in the same number of transactions, no HTTP.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table

CONSOLE = Console(width=130)
IN_FLIGHT = (1, 4, 16)
WRITES = 5
"""Durable transactions of one refund: promise, claim, intent, receipt with book entry, and its share of the order's."""


def run_flows(kind: str, data: Path, url: str | None, count: int, hands: int) -> tuple[float, float, int]:
    """Promise and carry out `count` refunds; seconds, CPU seconds of this process, and how many settled."""
    from dataclasses import replace

    from amends.desk.pay_out import pay_out
    from amends.facts.people import Person
    from amends.store.models import PayStep
    from amends.wiring.demo_money import demo_ways
    from amends.wiring.processes import build_runner, fakes
    from amends.wiring.ways import read_ways
    from tests.money_house import NOW, case_of, desk_of, order_of

    with fakes(None) as running:
        stripe = next(fake for fake in running if fake.name == "stripe")
        post(f"{stripe.url}/__fake__/settings", {"latency_ms": 5})
        numbers = []
        for place in range(count):
            name = f"{kind}{hands}N{place}"
            numbers.append(case_of(order_of(order=name), key=name))
            post(f"{stripe.url}/__fake__/payments", {"id": f"pi_{name}", "amount": 9_000, "currency": "EUR"})
        ways = read_ways(demo_ways([stripe], {"card": "stripe"}))
        runner = build_runner(ways, hands)
        runner = replace(runner, gateways={**runner.gateways, "stripe": unpaced(runner.gateways["stripe"])})
        desk = desk_of()
        start, cpu = time.perf_counter(), cpu_seconds()
        for number in numbers:
            pay_out(desk.house, desk.till, ways.routes("acme"), number, Person("wu", "manager"), NOW)
        while runner.run_due(hands * 4):
            pass
        took, used = time.perf_counter() - start, cpu_seconds() - cpu
    return (
        took,
        used,
        PayStep.objects.filter(
            state="succeeded", key__isnull=False, order__number__startswith=f"{kind}{hands}N"
        ).count(),
    )


def unpaced(gateway: object) -> object:
    """The gateway without its own limit of calls a second, which would be what is measured otherwise."""
    from amends.facts.wire import Capabilities
    from amends.gateways.stripe import Stripe

    class Quick(Stripe):
        capabilities = Capabilities()  # type: ignore[assignment]

    return Quick(gateway.config)  # type: ignore[attr-defined]


def cpu_seconds() -> float:
    """CPU time of this process so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def post(url: str, content: object) -> None:
    """Post JSON to a fake's door."""
    urllib.request.urlopen(urllib.request.Request(url, json.dumps(content).encode()), timeout=10).close()


def raw(kind: str, data: Path, url: str | None, count: int, hands: int) -> float:
    """Seconds for as many durable transactions of a few rows each by the bare driver, so many at a time."""
    share = [count // hands + (place < count % hands) for place in range(hands)]
    prepare_raw(kind, data, url)
    start = time.perf_counter()
    threads = [threading.Thread(target=write_raw, args=(kind, data, url, many)) for many in share]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - start


def prepare_raw(kind: str, data: Path, url: str | None) -> None:
    """One plain table."""
    with connected(kind, data, url) as connection:
        connection.execute("DROP TABLE IF EXISTS raw_rows")
        connection.execute("CREATE TABLE raw_rows (id integer, a text, b text, c integer)")
        connection.commit()


def write_raw(kind: str, data: Path, url: str | None, count: int) -> None:
    """The transactions of one thread: three rows each."""
    place = "?" if kind == "sqlite" else "%s"
    with connected(kind, data, url) as connection:
        for number in range(count * WRITES):
            if kind == "sqlite":
                connection.execute("BEGIN IMMEDIATE")
            for row in range(3):
                connection.execute(
                    f"INSERT INTO raw_rows VALUES ({place}, {place}, {place}, {place})",
                    (number, "x" * 60, "y" * 40, row),
                )
            connection.commit()


@contextmanager
def connected(kind: str, data: Path, url: str | None) -> Iterator[object]:
    """A bare connection with the same durability."""
    if kind == "sqlite":
        import sqlite3

        connection = sqlite3.connect(data / "raw.sqlite3", timeout=60, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        yield connection
        connection.close()
    else:
        import psycopg

        with psycopg.connect(url) as found:
            yield found


def one(kind: str, hands: int, count: int) -> None:
    """One measurement in a process of its own; prints JSON."""
    os.environ["AMENDS_TEST_FSYNC"] = "on"
    from tests.databases import fresh

    with tempfile.TemporaryDirectory() as name, fresh(kind, Path(name)) as database:
        took, used, settled = run_flows(kind, database.data, database.url, count, hands)
        bare = raw(kind, database.data, database.url, count, hands)
    print(json.dumps({"took": took, "cpu": used, "settled": settled, "bare": bare}))


def main(count: int) -> None:
    """Print one table."""
    table = Table(title=f"{count} refunds end to end, fake answers in 5 ms, every commit durable")
    for head in ("database", "in flight", "refunds/s", "CPU ms a refund", "raw driver, refunds/s", "of raw"):
        table.add_column(head, justify="left" if head == "database" else "right")
    for kind in ("sqlite", "postgresql"):
        for hands in IN_FLIGHT:
            command = [sys.executable, "-m", "bench.bench_money", "one", kind, str(hands), str(count)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            found = json.loads(done.stdout.splitlines()[-1])
            assert found["settled"] == count, found
            ours, bare = count / found["took"], count / found["bare"]
            cpu = 1000 * found["cpu"] / count
            table.add_row(kind, str(hands), f"{ours:.0f}", f"{cpu:.1f}", f"{bare:.0f}", f"{100 * ours / bare:.0f}%")
    CONSOLE.print(table)


if __name__ == "__main__":
    if sys.argv[1:2] == ["one"]:
        one(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)

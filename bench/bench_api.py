"""Whole after-sales flows a second through the API, on both databases, beside the driver doing the same durable writes.

    python -m bench.bench_api [--seconds 8] [--conc 1,4,16] [--workers 2] [--database sqlite|postgresql]

A flow is five calls: open and decide, approve, receive and inspect, record the refund, read back and check.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.api_adapter import SHOP, Adapter
from bench.raw_flow import postgres_flows, sqlite_flows


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment(data: Path, url: str | None, port: int, workers: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    own = {"AMENDS_DATA": str(data), "AMENDS_PORT": str(port), "AMENDS_WORKERS": str(workers)}
    return kept | own | ({"DATABASE_URL": url} if url else {})


_SHOP = """
from pathlib import Path; import os
from amends.wiring.start import build_house
build_house(Path(os.environ["AMENDS_DATA"]), os.environ.get("DATABASE_URL"))
from amends.store.models import Shop
Shop.objects.get_or_create(name=%r, defaults={"channel": "direct", "market": "DE", "currency": "EUR", "undo_seconds": 0})
"""


@contextmanager
def server(data: Path, url: str | None, workers: int) -> Iterator[tuple[str, str, int]]:
    """A server as `amends up` starts it, with its runner; its address, a token and its process."""
    port = _free_port()
    around = _environment(data, url, port, workers)
    subprocess.run([sys.executable, "-c", _SHOP % SHOP], env=around, check=True)
    command = [sys.executable, "-m", "amends"]
    given = [*command, "token", "create", "bench", "--role", "manager", "--per-minute", "0"]
    token = subprocess.run(given, env=around, check=True, capture_output=True, text=True).stdout.strip()
    process = subprocess.Popen([*command, "up", "--no-demo"], env=around, stdout=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}/healthz")
        yield f"http://127.0.0.1:{port}", token, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def _wait(address: str) -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except OSError:
            time.sleep(0.25)
    raise SystemExit(f"{address} did not answer within a minute")


def _tree(pid: int) -> list[int]:
    found, parents = [pid], {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(stat.parent.name)] = int(fields[1])
    for one in found:
        found += [child for child, parent in parents.items() if parent == one and child not in found]
    return found


def cpu_seconds(pid: int) -> float:
    """The processor time of a process and of those below it."""
    total = 0
    for one in _tree(pid):
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


async def press(concurrency: int, seconds: float, pid: int) -> tuple[list[float], float, float]:
    """Run flows, so many at a time; how long each took, all of it, and the server's processor time meanwhile."""
    adapter = Adapter()
    await adapter.open(concurrency)
    pool = [await adapter.create_order_fixture() for _ in range(concurrency * 3)]
    taken: list[float] = []

    async def caller() -> None:
        while time.perf_counter() < until:
            number = pool.pop() if pool else await adapter.create_order_fixture()
            began = time.perf_counter()
            await adapter.run_flow(number)
            taken.append(time.perf_counter() - began)

    async def fill() -> None:
        need = int(concurrency * 2 + seconds * 40)
        while len(pool) < need:
            pool.extend(await asyncio.gather(*[adapter.create_order_fixture() for _ in range(4)]))

    until = time.perf_counter() + 1
    await asyncio.gather(*[caller() for _ in range(concurrency)])
    await fill()
    taken.clear()
    before, began = cpu_seconds(pid), time.perf_counter()
    until = began + seconds
    await asyncio.gather(*[caller() for _ in range(concurrency)])
    wall, spent = time.perf_counter() - began, cpu_seconds(pid) - before
    await adapter.close()
    return taken, wall, spent


def _line(name: str, concurrency: int, taken: list[float], wall: float, cpu: float | None) -> None:
    spread = sorted(taken)
    p50, p95 = statistics.median(spread) * 1000, spread[int(len(spread) * 0.95)] * 1000
    shown = f"{cpu / len(taken) * 1000:8.1f}" if cpu is not None else "       –"
    print(f"{name:<34}{concurrency:>9}{len(taken) / wall:>10.1f}{p50:>10.1f}{p95:>10.1f}  {shown}", flush=True)


def _both(kind: str, concs: list[int], seconds: float, workers: int) -> None:
    os.environ["AMENDS_TEST_FSYNC"] = "on"
    from tests.databases import empty

    with tempfile.TemporaryDirectory(prefix="amends-bench-") as folder:
        data = Path(folder)
        url = empty() if kind == "postgresql" else None
        for many in concs:
            raw_url = empty() if kind == "postgresql" else None
            raw = (
                sqlite_flows(data, many, seconds / 2) if raw_url is None else postgres_flows(raw_url, many, seconds / 2)
            )
            _line(f"driver alone, {kind}", many, raw, seconds / 2, None)
        with server(data / "amends", url, workers) as (address, token, pid):
            os.environ["AMENDS_URL"], os.environ["AMENDS_TOKEN"] = address, token
            for many in concs:
                taken, wall, spent = asyncio.run(press(many, seconds, pid))
                _line(f"Amends, {kind}, {workers} workers", many, taken, wall, spent)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--conc", default="1,4,16")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--database", choices=["sqlite", "postgresql"])
    given = parser.parse_args()
    print(f"{'':<34}{'at a time':>9}{'flows/s':>10}{'p50 ms':>10}{'p95 ms':>10}{'CPU ms':>10}")
    for kind in [given.database] if given.database else ["sqlite", "postgresql"]:
        _both(kind, [int(one) for one in given.conc.split(",")], given.seconds, given.workers)


if __name__ == "__main__":
    main()

"""A rehearsal over a long history as a manager asks for it on the page: how soon it answers, how fast the runner reads, how much memory.

`python -m bench.bench_rehearsal_page [CASES] [KIND]`: 100,000 copies of a few cases unless said, of which the merchant has four in ten; on
SQLite or PostgreSQL. Pages go through the whole of Django in this process, while the runner's work goes on in a thread of it.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import quantiles
from typing import Any

from amends.facts.rehearsal_runs import RehearsalRun
from bench.bench_desk import client_of
from bench.fill_desk import fill

TEXT = """policy: tried
version: 1
rules:
  - id: nothing-back
    when: {kind: {known: true}}
    then: {outcome: refuse, handling: auto}
otherwise: {outcome: refuse}
"""


def asked(client: Any, merchant: str) -> tuple[str, float]:
    """Make a policy with a draft and ask for a rehearsal: the address that it is followed at, and the seconds until it was given."""
    policy = client.post("/settings/policies", {"merchant": merchant, "name": "tried"})["Location"]
    client.post(f"{policy}/change", {"text": TEXT, "base": "1"})
    began = time.perf_counter()
    answer = client.post(f"{policy}/rehearsals", {"version": "2"})
    return str(answer["Location"]), time.perf_counter() - began


def followed(client: Any, address: str, work: threading.Thread) -> list[float]:
    """Look as the page does, every second, until the work is done: seconds of each look."""
    took = []
    while work.is_alive():
        began = time.perf_counter()
        client.get(address, headers={"HX-Request": "true"})
        took.append(time.perf_counter() - began)
        time.sleep(1)
    return took


def measure(kind: str, cases: int) -> None:
    """Fill, ask, follow, print."""
    from tests.databases import fresh

    with tempfile.TemporaryDirectory() as folder, fresh(kind, Path(folder)):
        fill(cases)
        from amends.web.front import front

        client = client_of("manager", "wu", "main")
        desk = front().rehearsals
        address, first = asked(client, "main")
        first = first * 1000
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        work = threading.Thread(target=desk.look)
        began, busy = time.perf_counter(), time.process_time()
        work.start()
        looks = followed(client, address, work)
        seconds, used = time.perf_counter() - began, time.process_time() - busy
        run: RehearsalRun | None = desk.run(
            desk.policies.book.policy(int(address.split("/")[3])),  # type: ignore[arg-type]
            int(address.rsplit("/", 1)[1]),
        )
        assert run is not None
        assert run.found is not None
        began = time.perf_counter()
        client.get(address)
        last = (time.perf_counter() - began) * 1000
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    slow = quantiles(looks, n=20)[-1] * 1000
    print(
        f"{kind}, {cases:,} cases, {run.total:,} rehearsed, {run.found.changed:,} change; load {os.getloadavg()[0]:.1f}"
    )
    print(f"asked for in {first:.0f} ms; followed {len(looks)} times, p95 {slow:.0f} ms; shown in {last:.0f} ms")
    print(f"{seconds:.1f} s: {run.total / seconds:,.0f} cases/s, {used / run.total * 1e6:,.0f} µs of processor a case")
    print(f"memory before {before:,.0f} MiB, at its most {peak:,.0f} MiB", flush=True)


if __name__ == "__main__":
    measure(sys.argv[2] if len(sys.argv) > 2 else "sqlite", int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)

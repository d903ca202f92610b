"""The desk over many cases: server time of the work list, search, the case page and approving; p50 and p95 of each.

python -m bench.bench_desk [--cases 1000000] [--kind postgresql|sqlite] [--rounds 40]

The cases are copies of a few decided ones, put in by bulk SQL: twenty shops of four merchants, one case in sixteen open, spread over
deadlines, headlines, people, risk and disputes. A round is one request through the whole of Django (session, role, wall, template) in
this process; no network, no browser. `--cases 20000` is done in a minute.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from amends.web.wsgi import keep_what_stays
from bench.fill_desk import approvable, fill

CONSOLE = Console(width=120)
VIEWS = "mine running_out overdue evidence inspect disputes risk approve exceptions buyer open review auto high_value closed"


def pages(numbers: list[int]) -> dict[str, Callable[[int], str]]:
    """What is asked for, by name; each takes the round's number."""
    found: dict[str, Callable[[int], str]] = {}
    for view in VIEWS.split():
        found[f"{view}, page 1"] = lambda turn, view=view: f"/?view={view}"  # type: ignore[misc]
    for view in ("open", "closed", "review"):
        found[f"{view}, page 20"] = lambda turn, view=view: f"/?view={view}&page=20"  # type: ignore[misc]
    found["a page far down, followed"] = lambda turn: "/?view=closed&page=900&after=1000000000.0.1"
    found["search: a number, one case"] = lambda turn: f"/?q=69{numbers[turn % len(numbers)]:011d}"
    found["search: a word, thousands"] = lambda turn: "/?q=NY-KN-0231"
    found["search: two Chinese, thousands"] = lambda turn: "/?q=针织"
    found["search: two Chinese, none"] = lambda turn: "/?q=钢琴"
    found["search: two Chinese, closed ones"] = lambda turn: "/?q=针织&view=closed"
    found["counts and changed lines"] = lambda turn: f"/list/changes?seen=1.1,2.1,3.1&turn={turn}"
    found["drawer"] = lambda turn: f"/cases/{numbers[turn % len(numbers)]}/peek"
    found["case page"] = lambda turn: f"/cases/{numbers[turn % len(numbers)]}"
    return found


def milliseconds(work: Callable[[int], object], rounds: int) -> tuple[float, float, float]:
    """p50 and p95 of the time that passed, and p95 of the processor's time in this process, after two rounds to warm up."""
    took, used = [], []
    for turn in range(-2, rounds):
        start, cpu = time.perf_counter(), time.process_time()
        work(turn)
        if turn >= 0:
            took.append((time.perf_counter() - start) * 1000)
            used.append((time.process_time() - cpu) * 1000)
    return statistics.median(took), statistics.quantiles(took, n=20)[-1], statistics.quantiles(used, n=20)[-1]


def client_of(role: str, name: str, merchant: str) -> Any:
    """A signed-in client in this process."""
    from django.contrib.auth.models import User
    from django.test import Client

    from amends.store.members import give_role

    User.objects.get_or_create(username=name)
    give_role(name, role, merchant)
    client = Client(SERVER_NAME="localhost", headers={"accept-language": "zh"})
    client.force_login(User.objects.get(username=name))
    return client


def approving(client: Any, numbers: list[int]) -> Callable[[int], object]:
    """Approves one case a round, with the digest that its drawer showed; the drawer itself is not timed."""
    import re

    digests = {}
    for number in numbers:
        found = re.search(r'name="digest" value="(\w+)"', client.get(f"/cases/{number}/peek").content.decode())
        if found:
            digests[number] = found[1]
    ready = list(digests.items())

    def press(turn: int) -> object:
        number, digest = ready[turn + 2]
        answer = client.post(f"/list/{number}/approve", {"digest": digest}, headers={"HX-Request": "true"})
        assert answer.status_code == 200, answer.content.decode()
        return answer

    return press


def measure(kind: str, cases: int, rounds: int) -> None:
    """Fill one database and print its table."""
    os.environ.setdefault("AMENDS_TEST_FSYNC", "on")
    from tests.databases import fresh

    with tempfile.TemporaryDirectory() as folder, fresh(kind, Path(folder)):
        start = time.perf_counter()
        numbers = fill(cases)
        CONSOLE.print(f"{kind}: {cases:,} cases put in within {time.perf_counter() - start:.0f} s")
        table = Table(
            title=f"{kind}, {cases:,} cases, {rounds} rounds each; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
        )
        for head in ("request", "p50 ms", "p95 ms", "of it own CPU, p95"):
            table.add_column(head, justify="left" if head == "request" else "right")
        walled, whole = client_of("manager", "mei", "main"), client_of("admin", "root", "main")
        whole.get("/")
        whole.get(f"/cases/{numbers[0]}")
        keep_what_stays()  # as the server does at its start
        for name, page in pages(numbers).items():
            for who, client in (("", whole), (", behind a wall", walled)):
                if who and not name.startswith(("open, page 1", "mine", "search: a word", "closed, page 1")):
                    continue
                found = milliseconds(lambda turn, client=client, page=page: checked(client.get(page(turn))), rounds)
                table.add_row(name + who, *[f"{one:.0f}" for one in found])
        press = approving(whole, approvable(rounds + 2))
        table.add_row("approve", *[f"{one:.0f}" for one in milliseconds(press, rounds)])
        CONSOLE.print(table)


def checked(answer: Any) -> Any:
    """The answer, which must be a page."""
    assert answer.status_code == 200, answer.status_code
    return answer


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("--cases", type=int, default=0, help="how many; by itself 1,000,000 and 200,000")
    asked.add_argument("--kind", choices=("postgresql", "sqlite"), default=None)
    asked.add_argument("--rounds", type=int, default=40)
    given = asked.parse_args()
    for one, many in (("postgresql", 1_000_000), ("sqlite", 200_000)):
        if given.kind in (None, one):
            measure(one, given.cases or many, given.rounds)

"""Hears pushes and reads a connected shop, killed with SIGKILL at every place in turn, and looks at what is left after a restart.

`python -m tests.crash.channel_flow DATA URL STEP` (no URL: SQLite in DATA). As in `tests.crash.harness` no place is picked by hand: every
point between two effects, every call over the wire and both sides of every commit count. Prints one JSON object.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections import Counter
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from amends.carry_out.wire import Wire
from amends.facts.wire import WireRequest
from tests.channel_house import START, ToyShop
from tests.crash.harness import Places, in_child, instrument
from tests.django_house import fresh_database, start_django
from tests.toy_platform import ToyPlatform

CASES = 5


def serve(platform: ToyPlatform) -> ThreadingHTTPServer:
    """The platform behind real HTTP, in a thread."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = platform.call(
                WireRequest("GET", f"http://127.0.0.1{self.path}", {k.lower(): v for k, v in self.headers.items()})
            )
            self.send_response(answer.status)
            self.send_header("content-length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *words: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


class Flow:
    """One shop on a platform in this process, read by processes that are killed."""

    def __init__(self, data: Path, url: str | None) -> None:
        self.data, self.url = data, url
        self.platform = ToyPlatform(START)
        self.server = serve(self.platform)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.name = "toys"
        toys = self.shop()
        self.number = toys.connect(url=self.address).number
        toys.read()

    def shop(self) -> ToyShop:
        """The shop as a process sees it: over the real wire."""
        toys = ToyShop(self.platform, wire=Wire(()), name="toys")
        toys.number = getattr(self, "number", 0)
        return toys

    def prepare(self, turn: int) -> None:
        """What happens at the platform before this turn: on another day, so that the nightly look is due as well."""
        self.platform.now += timedelta(days=1)
        for place in range(CASES):
            refunds = [{"reference": f"r{turn}-{place}", "amount": 100}] if place % 2 else []
            self.platform.put(f"{turn}-{place}", "ASKED", refunds=refunds)
        if turn:
            self.platform.put(f"{turn - 1}-0", "PAID", refunds=[{"reference": f"late{turn - 1}", "amount": 5_900}])
        self.platform.sell(f"O{turn}-0")
        self.platform.now += timedelta(seconds=2)

    def run(self, turn: int) -> None:
        """What the house does: hear a push, and read what is due."""
        toys = self.shop()
        toys.push(f"{turn}-0", f"m{turn}")
        toys.reader.turn()

    def finish(self, turn: int) -> None:
        """After a restart: the platform, which got no answer, pushes again, and everything due is read."""
        toys = self.shop()
        toys.later(minutes=5).push(f"{turn}-0", f"m{turn}")
        toys.read()

    def left(self, turn: int) -> list[str]:
        """Everything that is not as it should be."""
        from amends.store.models import BookEntryRow, CaseLogRow, PushRow, SnapshotRow

        toys, wrong = self.shop(), []
        state = toys.state()
        there = {number: rows[-1]["status"] for number, rows in self.platform.cases.items()}
        if there != {number: told[0] for number, told in state["there"].items()}:
            wrong.append("cases there and here differ")
        if state["orders"].keys() != self.platform.orders.keys():
            wrong.append(f"orders {sorted(state['orders'])}")
        told = {refund["reference"] for rows in self.platform.cases.values() for refund in rows[-1]["refunds"]}
        if {name for name, how, _ in state["refunds"] if how == "booked"} != told:
            wrong.append(f"refunds {state['refunds']}")
        if BookEntryRow.objects.filter(kind="outside_refund").count() != len(told):
            wrong.append("refunds are booked twice or not at all")
        if state["hints"]:
            wrong.append(f"{state['hints']} hints are left")
        versions = sum([len(rows) for rows in self.platform.cases.values()])
        if CaseLogRow.objects.count() != versions:
            wrong.append(f"{CaseLogRow.objects.count()} entries of the log for {versions} changes")
        if SnapshotRow.objects.filter(what="case").count() != versions:
            wrong.append("a telling is kept twice or not at all")
        if PushRow.objects.filter(name=f"m{turn}").count() != 1:
            wrong.append("the push is not kept once")
        row = toys.row
        if row.lease or row.fault_why or row.cursor:
            wrong.append(f"the connection is left as {row.lease!r} {row.fault_says!r} {row.cursor!r}")
        return wrong


def killed_at(flow: Flow, turn: int, die_at: int | None) -> tuple[int, list[str]]:
    """One run in a child, killed at a place; its end and the places."""

    def work(write: int) -> None:
        start_django(flow.data, flow.url)
        instrument(Places(die_at, write))
        flow.run(turn)

    return in_child(work)


def settled(flow: Flow, turn: int) -> list[str]:
    """Start again; then what is wrong."""

    def work(write: int) -> None:
        start_django(flow.data, flow.url)
        flow.finish(turn)
        os.write(write, "\n".join([*flow.left(turn), ""]).encode())

    ended, told = in_child(work)
    told = [line for line in told if line]
    return told if ended == 0 else [*told, f"the restart ended with {ended}"]


def main(data: Path, url: str | None, step: int) -> dict[str, Any]:
    """Count, then kill at every place in turn, or at every so many."""
    if url is None:
        fresh_database(data)
    else:
        start_django(data, url)
    from django.db import connection

    flow = Flow(data, url)
    connection.close()
    flow.prepare(0)
    ended, places = killed_at(flow, 0, None)
    report: dict[str, Any] = {"places": places, "first_end": ended, "wrong": {}, "ends": Counter()}
    if wrong := settled(flow, 0):
        report["wrong"]["no kill"] = wrong
    for at in range(1, len(places) + 1, step):
        flow.prepare(at)
        ended, _ = killed_at(flow, at, at)
        report["ends"][ended] += 1
        if wrong := settled(flow, at):
            report["wrong"][f"{at}: {places[at - 1]}"] = wrong
    flow.server.shutdown()
    return report


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), sys.argv[2] or None, int(sys.argv[3]))))

"""The long run: thousands of refunds while the gateway misbehaves and the workers are killed and restarted throughout.

`python -m tests.soak.soak [--flows 20000] [--database sqlite|postgresql] [--seed 1] [--seconds-to-settle 900]`

Two worker processes with four hands each; one is killed with SIGKILL every few seconds and started again. The fake Stripe in a process
of its own drops calls before and after it has paid, commits late, throttles, answers half, stays pending, fails, turns successes back, and
sends its webhooks twice, out of order, before the answer, or never. At the end every step must agree with the fake and with the book, and
every truth must hold. Prints figures and anomalies; exit code 1 where there is any.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.databases import Database, fresh
from tests.soak.worker import quick_clock

SPEED = 20.0
FAULTS: tuple[dict[str, Any], ...] = (
    {"name": "drop_before", "percent": 3},
    {"name": "drop_after", "percent": 4},
    {"name": "commit_late", "percent": 3, "ms": 80, "status": 500},
    {"name": "commit_late", "percent": 2, "ms": 120, "status": 0},
    {"name": "throttle", "percent": 3, "seconds": 1},
    {"name": "error_after", "percent": 3, "status": 502, "method": "POST"},
    {"name": "malformed", "percent": 2},
    {"name": "pending", "percent": 5, "ms": 60},
    {"name": "fail", "percent": 2, "ms": 60},
    {"name": "reversal", "percent": 2, "ms": 100},
    {"name": "webhook_duplicate", "percent": 6},
    {"name": "webhook_reorder", "percent": 4},
    {"name": "webhook_first", "percent": 4},
    {"name": "webhook_lost", "percent": 5, "path": "refund.updated"},
    {"name": "webhook_bad_signature", "percent": 1},
)
"""Of webhooks that turn a success back none is lost for good: only a statement could tell of those (`amends reconcile`)."""


class Gateway:
    """The fake and its doors."""

    def __init__(self, running: Any) -> None:
        self.running = running

    def door(self, path: str, content: Any = None) -> Any:
        body = None if content is None else json.dumps(content).encode()
        request = urllib.request.Request(f"{self.running.url}/__fake__/{path}", body)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read())

    def misbehave(self, seed: int) -> None:
        """Every fault by chance, from one seed."""
        self.door("faults", {"seed": seed, "faults": [{**fault, "times": None} for fault in FAULTS]})

    def is_quiet(self) -> bool:
        """Whether nothing is on its way any more, twice in a row."""
        return all([bool(self.door("webhooks")["idle"]), time.sleep(0.4) is None, bool(self.door("webhooks")["idle"])])

    def behave(self) -> None:
        """No faults any more; what is pending ends."""
        request = urllib.request.Request(f"{self.running.url}/__fake__/faults", method="DELETE")
        urllib.request.urlopen(request, timeout=10).close()
        self.door("finish", {})
        self.door("webhooks/deliver", {})


class Crew:
    """Two workers, killed one after the other and started again."""

    def __init__(self, database: Database, ways: Path, began: float, chance: random.Random) -> None:
        self.words = [str(database.data), database.url or "", str(ways), str(began), str(SPEED)]
        self.chance = chance
        self.running = [self._start(), self._start()]
        self.kills = 0
        self.struck = threading.Event()
        self._ended = threading.Event()
        self._killer = threading.Thread(target=self._kill_on, daemon=True)
        self._killer.start()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", "tests.soak.worker", *self.words], stderr=subprocess.DEVNULL)

    def _kill_on(self) -> None:
        while not self._ended.wait(self.chance.uniform(1.5, 4)):
            place = self.chance.randrange(2)
            self.running[place].kill()
            self.running[place].wait()
            self.running[place] = self._start()
            self.kills += 1
            self.struck.set()

    def spare(self) -> None:
        """No more killing."""
        self._ended.set()
        self._killer.join()

    def end(self) -> None:
        """End both."""
        self.spare()
        for worker in self.running:
            worker.kill()
            worker.wait()


@contextlib.contextmanager
def hooks(gateways: Any) -> Iterator[str]:
    """A door for webhooks that takes them as the house does; its address."""
    from django.db import connection

    from amends.desk.take_notice import NoticeDesk
    from amends.store.inbox_book import DatabaseInbox

    desk = NoticeDesk(DatabaseInbox(), gateways, lambda: datetime.now(UTC))

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            try:
                answer = desk.take("stripe", headers, body)
            finally:
                connection.close()  # this thread ends with its request
            self.send_response(answer.status if answer else 404)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/hooks/stripe"
    finally:
        server.shutdown()
        server.server_close()


def cases(gateway: Gateway, flows: int) -> Iterator[list[int]]:
    """Cases in bunches of fifty, two flows each: an order paid by two cards, both at the fake; row numbers."""
    from amends.desk.decide_waiting import decide_waiting
    from amends.facts.imported import CaseMade, IncomingCase, RowSource
    from amends.store.models import CaseRow
    from tests.money_house import SHOP, house_of, order_of

    house, names = house_of(), itertools.count(1)
    for start in range(0, flows, 100):
        bunch = []
        for _ in range(min(50, (flows - start + 1) // 2)):
            key = f"S{next(names)}"
            case = order_of(order=key)
            case["order"]["payments"] = [
                {"id": "p1", "method": "card", "captured": "70.00", "reference": f"pi_{key}_1"},
                {"id": "p2", "method": "card", "captured": "20.00", "reference": f"pi_{key}_2"},
            ]
            for place, amount in ((1, 7_000), (2, 2_000)):
                gateway.door("payments", {"id": f"pi_{key}_{place}", "amount": amount, "currency": "EUR"})
            made = CaseMade(key, {**case, "case": key}, "open", "2026-11-24T09:00:00+01:00")
            bunch.append(IncomingCase(made, RowSource("x.jsonl", "ab" * 32, (1,), ({},))))
        house.cases.put(SHOP, bunch)
        decide_waiting(house)
        yield list(CaseRow.objects.filter(key__in=[one.made.key for one in bunch]).values_list("pk", flat=True))


def soak(database: Database, flows: int, seed: int, settle: float) -> dict[str, Any]:
    """The whole run; figures and anomalies."""
    from amends.facts.plan import OPEN
    from amends.store.models import NoticeRow, PayStep
    from amends.wiring.demo_money import demo_ways
    from amends.wiring.processes import fakes
    from amends.wiring.ways import read_ways

    chance, began = random.Random(seed), time.time()
    with fakes(None) as running:
        gateway = Gateway(next(fake for fake in running if fake.name == "stripe"))
        text = demo_ways([gateway.running], {"card": "stripe"})
        ways = database.data / "ways.yaml"
        ways.write_text(text, encoding="utf-8")
        with hooks(read_ways(text).telling) as address:
            gateway.door("webhooks", {"url": address})
            gateway.misbehave(seed)
            crew = Crew(database, ways, began, chance)
            try:
                promise_all(gateway, flows, began)
                promised = time.time() - began
                crew.struck.wait(30)  # a short run may have promised everything before anybody was killed
                crew.spare()
                gateway.behave()
                end = time.time() + settle
                while time.time() < end and (PayStep.objects.filter(state__in=OPEN).exists() or not gateway.is_quiet()):
                    time.sleep(0.5)
                    gateway.door("finish", {})
                    gateway.door("webhooks/deliver", {})
            finally:
                crew.end()
            states = Counter(PayStep.objects.values_list("state", flat=True))
            return {
                "flows": PayStep.objects.count(),
                "seconds": round(time.time() - began),
                "promised_after": round(promised),
                "kills": crew.kills,
                "states": dict(states),
                "notices": dict(Counter(NoticeRow.objects.values_list("state", flat=True))),
                "calls": dict(Counter(one["what"] for one in gateway.door("events"))),
                "anomalies": anomalies(gateway),
            }


def promise_all(gateway: Gateway, flows: int, began: float) -> None:
    """Promise every flow, as fast as it goes."""
    from amends.desk.pay_out import pay_out
    from amends.facts.people import Person
    from tests.money_house import ROUTES, desk_of

    desk, routes = desk_of("stripe"), {**ROUTES, "card": "stripe"}
    for bunch in cases(gateway, flows):
        for number in bunch:
            pay_out(desk.house, desk.till, routes, number, Person("wu", "manager"), quick_clock(began, SPEED))


def anomalies(gateway: Gateway) -> list[str]:
    """Everything that is not as it must be."""
    from amends.prove.truths import check_truths
    from amends.store.models import PayStep
    from amends.store.truth_reader import DatabaseLedger

    wrong = []
    refunds: dict[str, list[dict[str, Any]]] = {}
    for refund in gateway.door("refunds"):
        refunds.setdefault(refund["key"], []).append(refund)
    for step in PayStep.objects.all():
        held = refunds.pop(step.key, [])
        if len(held) > 1:
            wrong.append(f"{step.key}: the fake holds {len(held)} refunds")
        moved = sum(refund["amount"] for refund in held if refund["state"] == "succeeded")
        wanted = step.amount_minor if step.state == "succeeded" else 0
        if moved != wanted:
            wrong.append(f"{step.key}: it is {step.state}, the fake has paid {moved}")
        if step.state not in ("succeeded", "failed", "reversed"):
            wrong.append(f"{step.key}: left {step.state}")
    wrong += [f"the fake holds a refund under {key}, which is none of ours" for key in refunds]
    for truth in check_truths(DatabaseLedger(), datetime.now(UTC)):
        wrong += [f"{truth.name}: {one.what} {one.wrong}" for one in truth.offenders]
    return wrong


def main() -> int:
    """Run, print, and say by the exit code whether anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--flows", type=int, default=20_000)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds-to-settle", type=float, default=900)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, fresh(given.database, Path(folder)) as database:
        report = soak(database, given.flows, given.seed, given.seconds_to_settle)
    print(json.dumps({"database": given.database, "seed": given.seed, **report}, indent=2))
    return 1 if report["anomalies"] else 0


if __name__ == "__main__":
    sys.exit(main())

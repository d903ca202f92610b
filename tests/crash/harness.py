"""Runs one flow of refunds over and over, each time killed with SIGKILL at the next place, and looks at what is left after a restart.

`python -m tests.crash.harness DATA URL STEP` (no URL: SQLite in DATA). The places are not picked by hand: a first run counts every place
that the code reaches (`carry_out.points`), every call over the wire, and both sides of every commit. Prints one JSON object.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
import urllib.request
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.django_house import fresh_database, start_django

ROUNDS = 40
TURN_MINUTES = 3 * 24 * 60
"""Each turn begins days after the one before, so that no clock runs backwards."""


class Places:
    """Counts places; at the wanted one the process ends as if the power had gone."""

    def __init__(self, die_at: int | None, write: int) -> None:
        self.die_at = die_at
        self.count = 0
        self.write = write

    def __call__(self, name: str) -> None:
        self.count += 1
        os.write(self.write, f"{name}\n".encode())
        if self.count == self.die_at:
            os.kill(os.getpid(), signal.SIGKILL)


def instrument(places: Places) -> None:
    """Have every commit and every call over the wire counted as well."""
    from django.db.transaction import Atomic

    from amends.carry_out import points
    from amends.carry_out.wire import Wire

    points.watch(places)
    leave, call = Atomic.__exit__, Wire.call

    def leaving(self: Any, kind: Any, *rest: Any) -> Any:
        outermost = kind is None and len(self_depth()) == 0
        places("before commit") if outermost else None
        found = leave(self, kind, *rest)
        places("after commit") if outermost else None
        return found

    def self_depth() -> list[Any]:
        from django.db import connection

        return connection.savepoint_ids

    def calling(self: Wire, request: Any) -> Any:
        places("before the call")
        answer = call(self, request)
        places("after the answer, before it is read")
        return answer

    Atomic.__exit__ = leaving  # type: ignore[method-assign]
    Wire.call = calling  # type: ignore[method-assign]


def in_child(work: Callable[[int], None]) -> tuple[int, list[str]]:
    """Run `work` in a forked process: how it ended (negative: the signal), and the places it told of."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        status = 1
        try:
            work(write)
            status = 0
        except BaseException:  # noqa: BLE001 - the child must never return into the parent's code
            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(write)
    with os.fdopen(read) as pipe:
        told = pipe.read().split("\n")[:-1]
    _, ended = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(ended), told


class Flow:
    """Two cases of one shop, paid out and carried out against the fake gateway in another process."""

    def __init__(self, data: Path, url: str | None, fake: Any) -> None:
        self.data, self.url, self.fake = data, url, fake

    def prepare(self, turn: int) -> None:
        """Cases, and payments at the fake, under names of this turn."""
        from tests.money_house import case_of, order_of

        for place in (1, 2):
            order = f"T{turn}N{place}"
            case_of(order_of(gift_card=2_000 if place == 2 else 0, order=order), key=f"K{turn}N{place}")
            self.door(
                "payments", {"id": f"pi_{order}", "amount": 9_000 - (2_000 if place == 2 else 0), "currency": "EUR"}
            )

    def door(self, path: str, content: Any = None) -> Any:
        """A door of the fake."""
        body = None if content is None else json.dumps(content).encode()
        with urllib.request.urlopen(
            urllib.request.Request(f"{self.fake.url}/__fake__/{path}", body), timeout=10
        ) as answer:
            return json.loads(answer.read())

    def run(self, turn: int, minutes: int = 0, rounds: int = 2) -> None:
        """What the house does: promise both, then carry out what is due."""
        from amends.desk.money_desk import MoneyDesk
        from amends.desk.pay_out import pay_out
        from amends.facts.people import Person
        from amends.store.models import CaseRow
        from amends.store.money_till import DatabaseTill
        from tests.money_house import NOW, house_of

        ways = self.ways()
        desk = MoneyDesk(house_of(), DatabaseTill(), ways.routes, ways.can)
        for place in (1, 2):
            number = CaseRow.objects.get(key=f"K{turn}N{place}").pk
            at = NOW + timedelta(minutes=turn * TURN_MINUTES)
            pay_out(desk.house, desk.till, ways.routes("acme"), number, Person("wu", "manager"), at)
        for one in range(rounds):
            self.runner(ways, turn * TURN_MINUTES + minutes + one).run_due()

    def ways(self) -> Any:
        """The ways to the fake: cards by it, the rest in house."""
        from amends.wiring.demo_money import demo_ways
        from amends.wiring.ways import read_ways

        return read_ways(demo_ways([self.fake], {"card": "stripe"}))

    def runner(self, ways: Any, minutes: int) -> Any:
        """A runner whose clock is so many minutes ahead, so that nobody waits for leases."""
        from dataclasses import replace

        from amends.wiring.processes import build_runner
        from tests.money_house import NOW

        return replace(build_runner(ways), now=lambda: NOW + timedelta(minutes=minutes))

    def is_open(self, turn: int) -> bool:
        """Whether a step of this turn still waits for its end."""
        from amends.facts.plan import OPEN
        from amends.store.models import PayStep

        return PayStep.objects.filter(order__number__startswith=f"T{turn}N", state__in=OPEN).exists()

    def left(self, turn: int) -> list[str]:
        """Everything that is not as it should be after the dust has settled."""
        from django.db.models import Sum

        from amends.facts.plan import OPEN
        from amends.store.models import BookEntryRow, BookLineRow, OrderPayment, PayStep

        wrong = []
        steps = list(PayStep.objects.filter(order__number__startswith=f"T{turn}N"))
        if sorted(step.amount_minor for step in steps) != [2_000, 7_000, 9_000]:
            wrong.append(f"steps {sorted(step.amount_minor for step in steps)}")
        wrong += [
            f"step {step.key} is {step.state}" for step in steps if step.state in OPEN or step.state != "succeeded"
        ]
        wrong += [f"step {step.key} has no reference" for step in steps if not step.reference]
        for place in (1, 2):
            name = f"pi_T{turn}N{place}"
            balance = self.door(f"payments/{name}/balance")
            payment = OrderPayment.objects.get(reference=name)
            booked = BookLineRow.objects.filter(payment=payment, account="refunded").aggregate(
                total=Sum("amount_minor")
            )
            if not balance["captured"] == balance["refunded"] == (booked["total"] or 0):
                wrong.append(f"{name}: fake {balance['refunded']}, book {booked['total']}, paid {balance['captured']}")
        keys = [refund["key"] for refund in self.door("refunds") if refund["payment"].startswith(f"pi_T{turn}N")]
        if len(keys) != len(set(keys)) or len(keys) != 2:
            wrong.append(f"the fake holds refunds {keys}")
        entries = BookEntryRow.objects.filter(order__number__startswith=f"T{turn}N")
        wrong += [
            f"entry {entry.key} does not balance"
            for entry in entries
            if entry.lines.aggregate(total=Sum("amount_minor"))["total"]
        ]
        return wrong


def killed_at(flow: Flow, turn: int, die_at: int | None) -> tuple[int, list[str]]:
    """One run of the flow in a child, killed at a place; its end and the places."""

    def work(write: int) -> None:
        start_django(flow.data, flow.url)
        instrument(Places(die_at, write))
        flow.run(turn)

    return in_child(work)


def settled(flow: Flow, turn: int) -> list[str]:
    """Start again as often as is needed; then what is wrong."""

    def work(write: int) -> None:
        start_django(flow.data, flow.url)
        flow.run(turn, minutes=5, rounds=0)
        ways = flow.ways()
        for one in range(ROUNDS):
            flow.runner(ways, turn * TURN_MINUTES + 5 + one * 30).run_due()
            if not flow.is_open(turn):
                break
        os.write(write, "\n".join([*flow.left(turn), ""]).encode())

    ended, told = in_child(work)
    return told if ended == 0 else [*told, f"the restart ended with {ended}"]


def main(data: Path, url: str | None, step: int) -> dict[str, Any]:
    """Count, then kill at every place in turn, or at every so many."""
    from amends.wiring.processes import fakes

    if url is None:
        fresh_database(data)
    else:
        start_django(data, url)
    from django.db import connection

    with fakes(None) as running:
        flow = Flow(data, url, next(fake for fake in running if fake.name == "stripe"))
        flow.prepare(0)
        connection.close()
        ended, places = killed_at(flow, 0, None)
        report: dict[str, Any] = {"places": places, "first_end": ended, "wrong": {}, "ends": Counter()}
        if wrong := settled(flow, 0):
            report["wrong"]["no kill"] = wrong
        for at in range(1, len(places) + 1, step):
            flow.prepare(at)
            connection.close()
            ended, _ = killed_at(flow, at, at)
            report["ends"][ended] += 1
            if wrong := settled(flow, at):
                report["wrong"][f"{at}: {places[at - 1]}"] = wrong
    return report


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), sys.argv[2] or None, int(sys.argv[3]))))

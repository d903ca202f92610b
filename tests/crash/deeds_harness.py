"""Runs one flow of deeds and a refund by a platform over and over, each time killed with SIGKILL at the next place.

`python -m tests.crash.deeds_harness DATA URL STEP` (no URL: SQLite in DATA); see `tests.crash.harness`. The platform is another process
(`python -m tests.crash.deeds_harness mall`). Prints one JSON object.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import urllib.request
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.crash.harness import ROUNDS, TURN_MINUTES, Places, in_child, instrument
from tests.django_house import fresh_database, start_django

RETURN = {"request": {"kind": "return_refund", "reason": "quality"}}


@contextlib.contextmanager
def mall_apart() -> Iterator[str]:
    """The platform in a process of its own; its address."""
    command = [sys.executable, "-m", "tests.crash.deeds_harness", "mall"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.stdin.close()
            process.terminate()


class Flow:
    """A return that is agreed to and talked about, and a refund, both on the platform."""

    def __init__(self, data: Path, url: str | None, mall: str) -> None:
        self.data, self.url, self.mall = data, url, mall

    def door(self, number: str, method: str = "GET") -> Any:
        """The platform's case."""
        request = urllib.request.Request(f"{self.mall}/cases/{number}", method=method)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read())

    def house(self, turn: int, minutes: float) -> Any:
        """The connected shop, so many minutes into a turn; its calls go over the real wire."""
        from amends.carry_out.talk import talk
        from amends.carry_out.wire import Wire
        from tests.django_house import NOW
        from tests.platform_house import House, Mall, MallChannel

        wire = Wire(["127.0.0.1"], seconds=5)

        class Far(House):
            def speaks(self, reached: Any, told: Any) -> Any:
                return talk(wire, told)

        return Far(Mall(), MallChannel(), NOW + timedelta(minutes=turn * TURN_MINUTES + minutes))

    def prepare(self, turn: int) -> None:
        """Two cases of this turn, here and there."""
        from tests.platform_house import connected

        there = self.house(turn, 0)
        for place, change in ((1, RETURN), (2, {})):
            key = f"T{turn}N{place}"
            connected(there.case(key, **change), self.mall)
            self.door(key, "PUT")

    def cases(self, turn: int) -> list[int]:
        from amends.store.models import CaseRow

        return [CaseRow.objects.get(key=f"T{turn}N{place}").pk for place in (1, 2)]

    def run(self, turn: int) -> None:
        """People say yes and write; the house carries out, reads back, and tells the log."""
        from amends.desk.cases.approve import approve
        from amends.desk.cases.talk import tell_buyer
        from tests.case_house import MANAGER

        there = self.house(turn, 0)
        desk, (back, paid) = there.desk(), self.cases(turn)
        for number in (back, paid):
            if desk.casework.look(number).tracks.decision == "new":
                approve(desk, number, MANAGER)
        if not desk.casework.history(back).messages[1:]:
            tell_buyer(desk, back, MANAGER, f"turn {turn}")
        for minutes in (1, 2, 4):
            self.round(turn, minutes)

    def round(self, turn: int, minutes: float) -> None:
        """One round of the house."""
        there = self.house(turn, minutes)
        there.deeds().run_due()
        there.payer().run_due()
        for number in self.cases(turn):
            there.mall.cases[there.key(number)] = self.door(there.key(number))
            there.at += timedelta(seconds=1)
            there.read(number)
        there.rounds()

    def is_open(self, turn: int) -> bool:
        """Whether something of this turn still waits for its end."""
        from amends.facts.deed_work import LIVE_DEEDS
        from amends.facts.plan import OPEN
        from amends.store.models import DeedRow, PayStep

        deeds = DeedRow.objects.filter(case_id__in=self.cases(turn))
        steps = PayStep.objects.filter(plan__case_id__in=self.cases(turn), state__in=OPEN)
        told = all(row.told == row.state for row in deeds)
        return steps.exists() or deeds.filter(state__in=LIVE_DEEDS).exists() or not told

    def left(self, turn: int) -> list[str]:
        """Everything that is not as it should be after the dust has settled."""
        from django.db.models import Sum

        from amends.store.models import BookLineRow, CaseLogRow, DeedRow, HintRow, PayStep

        back, paid = self.cases(turn)
        wrong = []
        for place, wanted in ((1, ["agree_return", "message"]), (2, ["agree_refund"])):
            done = [one["what"] for one in self.door(f"T{turn}N{place}")["deeds"]]
            if sorted(done) != wanted:
                wrong.append(f"the platform did {done}, wanted were {wanted}")
        rows = list(DeedRow.objects.filter(case_id=back))
        wrong += [f"deed {row.action} is {row.state}, told {row.told}" for row in rows if row.state != "done"]
        wrong += [f"{len(rows)} deeds"] if len(rows) != 2 else []
        told = CaseLogRow.objects.filter(case_id=back, what="platform_done").count()
        wrong += [f"the log tells {told} times"] if told != 2 else []
        steps = list(PayStep.objects.filter(plan__case_id=paid).values_list("state", "amount_minor"))
        wrong += [f"steps {steps}"] if steps != [("succeeded", 9_000)] else []
        booked = BookLineRow.objects.filter(
            entry__order__number=f"O-T{turn}N2", account="refunded", payment__isnull=False
        )
        total = booked.aggregate(total=Sum("amount_minor"))["total"]
        wrong += [f"booked {total}"] if total != 9_000 else []
        wrong += ["hints are left"] if HintRow.objects.filter(number__startswith=f"T{turn}N").exists() else []
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
    import os

    def work(write: int) -> None:
        start_django(flow.data, flow.url)
        flow.run(turn)
        for one in range(ROUNDS):
            flow.round(turn, 5 + one * 30)
            if not flow.is_open(turn):
                break
        os.write(write, "\n".join([*flow.left(turn), ""]).encode())

    ended, told = in_child(work)
    return told if ended == 0 else [*told, f"the restart ended with {ended}"]


def main(data: Path, url: str | None, step: int) -> dict[str, Any]:
    """Count, then kill at every place in turn, or at every so many."""
    if url is None:
        fresh_database(data)
    else:
        start_django(data, url)
    from django.db import connection

    with mall_apart() as mall:
        flow = Flow(data, url, mall)
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


def serve_mall() -> None:
    """The platform, until nobody listens any more."""
    from tests.platform_house import Mall, serving_mall

    with serving_mall(Mall()) as address:
        print(address, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    if sys.argv[1] == "mall":
        serve_mall()
    else:
        print(json.dumps(main(Path(sys.argv[1]), sys.argv[2] or None, int(sys.argv[3]))))

"""The desk of remedies with a gateway that takes money in: its fake behind real HTTP, the runner, and the buyer who pays."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from amends.carry_out.collecting import CollectRunner
from amends.carry_out.tokens import Tokens
from amends.carry_out.wire import Wire
from amends.cli.tools import RunningFake
from amends.desk.cases.collected import CollectRounds
from amends.desk.cases.desk import CaseDesk
from amends.desk.take_notice import NoticeDesk
from amends.facts.collect import Collecting
from amends.facts.collect_work import Collection
from amends.fakes.__main__ import FAKES
from amends.fakes.server import serving
from amends.wiring.demo_money import demo_ways
from amends.wiring.ways import Ways, read_ways
from tests.case_house import Clock
from tests.remedy_house import remedy_desk


@dataclass
class CollectHouse:
    """Everything at once."""

    desk: CaseDesk
    fake: Any
    ways: Ways
    wire: Wire
    clock: Clock
    gateway: str = "stripe"

    def same_time(self) -> None:
        """Have the fake's clock go with the house's."""
        self.fake.clock_offset = int(self.clock().timestamp() - time.time())

    def door(self, name: str) -> Collecting | None:
        """How a gateway takes money in, with a fresh token where it needs one."""
        found: Any = Tokens(self.wire, self.clock).ready(self.ways.gateways[name])  # type: ignore[arg-type]
        return getattr(found, "collecting", None)

    def runner(self, owner: str = "w1") -> CollectRunner:
        """The runner of steps that take money in."""
        from amends.store.collect_book import DatabaseCollections

        return CollectRunner(owner, DatabaseCollections(), self.door, self.wire, self.clock, secrets.token_hex)

    def go_on(self, rounds: int = 3) -> None:
        """Let the runner and the rounds do what is due, a few times, each a moment later."""
        for _ in range(rounds):
            self.clock.forward(minutes=31)
            if self.gateway != "stripe":
                self.same_time()
            self.runner().run_due()
            CollectRounds(self.desk).look()

    def steps(self, number: int) -> list[tuple[str, str]]:
        """The steps of a case, by kind and state."""
        return [(one.kind, one.state) for one in self.desk.casework.collections(number)]

    def last(self, number: int) -> Collection:
        """The newest step of a case."""
        return self.desk.casework.collections(number)[-1]

    def charge(self, number: int) -> str:
        """The state of the first charge of a case."""
        return self.desk.casework.charges(number)[0].state

    def pay(self, number: int, card: str = "good") -> None:
        """The buyer comes to the page of the newest step."""
        page = next(one for one in reversed(self.desk.casework.collections(number)) if one.link)
        self.fake.visit(page.reference, card)

    def notices(self) -> list[str]:
        """Everything that the fake has to tell is told to the house, twice over; the states it ended in."""
        from amends.store.inbox_book import DatabaseInbox

        inbox = NoticeDesk(DatabaseInbox(), self.ways.telling, self.clock)
        while not self.fake.later.idle():
            time.sleep(0.01)
        found = []
        for told in list(self.fake.courier.held):
            for _ in range(2):
                headers, body = self.fake.dress(told, int(self.clock().timestamp()), False)
                answer = inbox.take(self.gateway, {name.lower(): value for name, value in headers.items()}, body)
                found.append(str(answer and answer.status))
        self.fake.courier.held.clear()
        CollectRounds(self.desk).look()
        return found


@contextmanager
def collecting(gateway: str = "stripe", **settings: Any) -> Iterator[CollectHouse]:
    """Everything up, for as long as the block lasts. `settings`: of the gateway, beside what its fake gives."""
    clock, fake = Clock(), FAKES[gateway]()
    with serving(fake) as server:
        running = RunningFake(gateway, server.url, {**fake.config(), **settings})
        ways = read_ways(demo_ways([running], {"card": gateway}, gateway))
        wire = Wire(ways.hosts, seconds=3)
        desk = remedy_desk(clock)
        money = replace(desk.money, collects=ways.collector, routes=ways.routes)
        try:
            yield CollectHouse(replace(desk, money=money), fake, ways, wire, clock, gateway)
        finally:
            wire.close()


def booked(desk: CaseDesk, number: int) -> list[tuple[str, int]]:
    """The payments of a case's order as the book has them."""
    box: Any = desk.money.till.box(number)
    return [(one.name, one.captured) for one in box.payments] if box else []

"""A desk of disputes over a test's database, with the gateways' fakes behind real HTTP and a clock that a test moves."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from amends.carry_out.wire import Wire
from amends.cli.tools import RunningFake
from amends.desk.disputes.desk import DisputeDesk
from amends.desk.disputes.hear import DisputeRounds
from amends.desk.take_notice import NoticeDesk
from amends.facts.dispute_settings import DisputeSettings
from amends.facts.disputes import KeptDispute
from amends.fakes.__main__ import FAKES
from amends.fakes.fake import Fake
from amends.fakes.server import serving
from amends.wiring.demo_money import demo_ways
from amends.wiring.disputes import TalkingWire, dispute_desk, dispute_rounds
from amends.wiring.portal import evidence_desk
from amends.wiring.ways import Ways, read_ways
from tests.case_house import MANAGER, Clock, case_desk
from tests.money_house import case_of, order_of
from tests.portal_house import picture, upload


@dataclass
class DisputeHouse:
    """Everything that a story about disputes needs."""

    data: Path
    clock: Clock
    fakes: dict[str, Fake]
    ways: Ways
    desk: DisputeDesk
    rounds: DisputeRounds
    notices: NoticeDesk

    def forward(self, **much: float) -> None:
        """Let time pass, for the fakes as well."""
        self.clock.forward(**much)
        for fake in self.fakes.values():
            fake.clock_offset = int(self.clock.at.timestamp() - time.time())

    def told(self, name: str, payment: str, stage: str = "opened", times: int = 1, **more: Any) -> None:
        """Have a gateway tell of a dispute, each push so many times; a payment that it does not know is captured first."""
        fake = self.fakes[name]
        with fake.lock:
            paid = fake.ledger.payment(payment) or fake.pay(9_000, "EUR", payment)
            pushes = fake.told_dispute(paid, paid.amount, stage, more)
        for push in pushes:
            headers, body = fake.dress(push, fake.now(), False)
            plain = {key.lower(): value for key, value in headers.items()}
            for _ in range(times):
                answer = self.notices.take(name, plain, body)
                assert answer is not None
                assert answer.status == 200

    def only(self) -> KeptDispute:
        """The one dispute that there is."""
        from amends.store.models import DisputeRow

        found = self.desk.book.get(DisputeRow.objects.get().pk, None)
        assert found is not None
        return found

    def shelve(self, case: int, colour: int = 30) -> str:
        """A picture on a case's shelf; its SHA-256."""
        self.desk.evidence.add(case, MANAGER, [upload(picture("JPEG", (20, colour)), f"p{colour}.jpg")])
        return self.desk.evidence.shelf.of_case(case)[-1].sha256

    def submitted(self, name: str = "stripe") -> int:
        """How many answers a fake took in."""
        return len([one for one in self.fakes[name].events if one["what"] == "dispute_submitted"])

    def entries(self, case: int) -> list[str]:
        """What a case's log tells."""
        history = self.desk.cases.casework.history(case)
        assert history.whole
        return [one.entry.what for one in history.entries]

    def run(self, rounds: int = 1) -> None:
        """So many rounds of the house."""
        for _ in range(rounds):
            self.notices.catch_up()
            self.rounds.look()
            self.rounds.talk()
            self.rounds.look()


@contextmanager
def dispute_house(data: Path, *names: str, settings: DisputeSettings | None = None) -> Iterator[DisputeHouse]:
    """The house, with these gateways, for as long as the block lasts."""
    from amends.store.inbox_book import DatabaseInbox

    clock = Clock()
    with ExitStack() as around:
        fakes: dict[str, Fake] = {name: FAKES[name]() for name in names}
        running = []
        for name, fake in fakes.items():
            server = around.enter_context(serving(fake))
            running.append(RunningFake(name, server.url, fake.config()))
        ways = read_ways(demo_ways(running, {}))
        cases = case_desk(clock)
        desk = dispute_desk(cases, evidence_desk(cases, data), ways, settings or DisputeSettings())
        wire = Wire({*ways.hosts, "127.0.0.1"}, seconds=3)
        around.callback(wire.close)
        desk = replace(desk, talk=TalkingWire(wire))
        house = DisputeHouse(
            data, clock, fakes, ways, desk, dispute_rounds(desk), NoticeDesk(DatabaseInbox(), ways.telling, clock)
        )
        house.forward()
        yield house


def a_case(order: str = "O1", **change: Any) -> int:
    """A case whose order was paid by card, `pi_ORDER`."""
    return case_of(order_of(order=order, **change), key=f"R-{order}")

"""From the buyer's request on a platform to the money and the read-back, for every platform that pays: each over real HTTP, once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from amends.desk.cases.desk import CaseDesk
from amends.desk.cases.offer import answer_offer, offer
from amends.desk.channels.deeds import DeedRounds
from amends.facts.people import Person
from amends.fakes.market import Asked
from amends.wiring.channels import BY_NAME
from tests.case_house import BUYER
from tests.contracts.channel_world import NAMES, ChannelWorld, channel_world, now
from tests.databases import Database, database

__all__ = ["database"]
MANAGER = Person("boss", "manager")
PAYS = [name for name in NAMES if BY_NAME[name].can.pays and BY_NAME[name].can.cases]
RETURNS = [name for name in NAMES if "agree_return" in BY_NAME[name].can.actions and BY_NAME[name].can.cases]


@dataclass
class Connected:
    """A platform and the house, connected as a person would."""

    there: ChannelWorld
    number: int

    def desk(self) -> CaseDesk:
        from amends.wiring.cases import case_desk
        from amends.wiring.house import live_house, money_desk
        from amends.wiring.ways import read_ways

        house = live_house()
        return case_desk(house, money_desk(house, read_ways("")))

    def read(self) -> None:
        """Everything that is due is read."""
        from amends.desk.channels.read import Reader
        from amends.store.models import ConnectionRow
        from amends.wiring.channel_rounds import books
        from amends.wiring.platform_ways import own_speech

        ConnectionRow.objects.update(due_at=now() - timedelta(seconds=1))
        reader = Reader(books(own_speech()), "test:1", lambda news: None)
        for _ in range(5):
            if not reader.turn():
                break

    def agreed(self, asked: Asked, kind: str) -> int:
        """The case, read and agreed on with the buyer."""
        from amends.store.models import CaseRow, Shop

        Shop.objects.update(undo_seconds=0)
        for _ in range(10):  # a window ends before the present second: what changed in it is read a moment later
            self.read()
            if CaseRow.objects.filter(key=asked.number).exists():
                break
            time.sleep(0.5)
        number = CaseRow.objects.get(key=asked.number).pk
        offer(self.desk(), number, MANAGER, kind)
        answer_offer(self.desk(), number, BUYER, 1, accepts=True)
        return number

    def work(self) -> None:
        """The runners, a few times."""
        from amends.wiring.platform_ways import build_deed_runner
        from amends.wiring.processes import build_runner
        from amends.wiring.ways import read_ways

        for _ in range(3):
            build_deed_runner().run_due()
            build_runner(read_ways("")).run_due()


@pytest.fixture
def connected(request: pytest.FixtureRequest, database: Database) -> Iterator[Connected]:
    """The shop of a platform, connected and switched on for acting and paying."""
    from amends.wiring.channel_desk import connect_desk
    from amends.wiring.platform_ways import own_speech

    with channel_world(request.param) as there:
        desk = connect_desk(own_speech())
        shop = there.access.shop
        values = {name: str(value) for name, value in there.access.values.items()}
        if "url" in [setting.name for setting in there.channel.settings]:
            values["url"] = there.server.url
        made = desk.save_keys(
            MANAGER, shop.name, there.name, values, market=shop.market, currency=shop.currency, url=there.server.url
        )
        desk.test(MANAGER, made.number)
        desk.switch_on(
            MANAGER, made.number, may_act=True, may_pay=there.channel.can.pays, acts_from=now() - timedelta(days=30)
        )
        yield Connected(there, made.number)


@pytest.mark.parametrize("connected", PAYS, indirect=True)
def test_money_that_was_agreed_on_goes_by_the_platform_once_and_is_read_back(connected: Connected) -> None:
    from amends.store.models import AgendaRow, BookLineRow, PayStep, PlatformCaseRow, ToldRefundRow

    there = connected.there
    asked = there.asked("refund_only")
    number = connected.agreed(asked, "full_refund")
    step: Any = PayStep.objects.get(plan__case_id=number)
    assert (step.gateway, step.amount_minor) == ("shop", asked.amount)
    connected.work()
    assert there.refunded(asked) == asked.amount
    connected.read()
    AgendaRow.objects.filter(done=False).update(due_at=now())  # taken in, its outcome is asked about
    connected.work()
    assert there.refunded(asked) == asked.amount, "and never again"
    step.refresh_from_db()
    assert step.state == "succeeded"
    assert step.reference
    assert PlatformCaseRow.objects.get(case_id=number).standing == "succeeded"
    assert set(ToldRefundRow.objects.values_list("state", flat=True)) <= {"ours"}
    booked = BookLineRow.objects.filter(account="refunded", payment__isnull=False)
    assert sum([line.amount_minor for line in booked]) == asked.amount


@pytest.mark.parametrize("connected", RETURNS, indirect=True)
def test_a_return_that_was_agreed_on_is_agreed_to_there_once_and_is_read_back(connected: Connected) -> None:
    from amends.store.models import ConnectionRow, DeedRow, HintRow, PlatformCaseRow

    there = connected.there
    row = ConnectionRow.objects.get(pk=connected.number)
    row.plain = {**row.plain, "return_address": "9001"}
    row.save(update_fields=["plain"])
    asked = there.asked("return_refund")
    number = connected.agreed(asked, "return_refund")
    connected.work()
    deed = DeedRow.objects.get(case_id=number)
    assert (deed.action, deed.state) == ("agree_return", "done"), (deed.code, deed.message)
    assert [one["what"] for one in there.fake.market.case(asked.number).deeds] == ["agree_return"]
    assert HintRow.objects.filter(number=asked.number).exists()
    connected.read()
    assert not HintRow.objects.filter(number=asked.number).exists()
    assert PlatformCaseRow.objects.get(case_id=number).standing == "awaiting_return"
    DeedRounds(connected.desk()).look()
    told = [one.entry.what for one in connected.desk().casework.history(number).entries]
    assert told.count("platform_done") == 1
    assert there.refunded(asked) == 0

"""The whole house against the real server: connected at the desk, read, decided, approved, received and paid by its own rounds."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from amends.basics.money import read_minor
from amends.facts.people import Person
from tests.e2e_medusa.proxy import Proxy
from tests.e2e_medusa.shop import Shop

NEEDS: Final = ("amends.wiring.channel_rounds", "amends.wiring.platform_ways", "amends.desk.channels.connect")
SECONDS: Final = 180
BOSS: Final = Person("boss", "manager")


def missing() -> list[str]:
    """The parts of the house that reading and paying by platforms need and that are not in this checkout."""

    def is_there(name: str) -> bool:
        try:
            return find_spec(name) is not None
        except ModuleNotFoundError:
            return False

    return [name for name in NEEDS if not is_there(name)]


class FullHouse:
    """A data folder on SQLite with one connected shop. `hold` checks and prints."""

    def __init__(self, data: Path, shop: Shop, proxy: Proxy, hold: Callable[[bool, str], None]) -> None:
        from amends.wiring.django_start import start_django

        start_django(data, None)
        from amends.store.ready import migrate

        migrate()
        self.shop, self.proxy, self.hold = shop, proxy, hold
        self._build(data)

    def _build(self, data: Path) -> None:
        """The real parts, as `amends worker` joins them; only the rounds are driven by this run and not by a clock."""
        from amends.desk.cases.run import CaseRounds
        from amends.desk.channels.deeds import DeedRounds
        from amends.desk.channels.read import Reader
        from amends.wiring.cases import case_desk
        from amends.wiring.channel_desk import connect_desk
        from amends.wiring.channel_rounds import books
        from amends.wiring.house import live_house, money_desk
        from amends.wiring.platform_ways import build_deed_runner
        from amends.wiring.processes import build_runner
        from amends.wiring.ways import read_ways

        ways = read_ways("")
        self.house = live_house()
        self.connect = connect_desk()
        self.desk = case_desk(self.house, money_desk(self.house, ways))
        self._reader = Reader(books(), "e2e", lambda news: None)
        runner = build_runner(ways)
        self._looks: tuple[Callable[[], object], ...] = (
            build_deed_runner(data).run_due,
            DeedRounds(self.desk).look,
            CaseRounds(self.desk).look,
            runner.run_due,
        )

    def run(self) -> None:
        """From connecting to the refund that is told equal on both sides."""
        from amends.desk.cases.approve import approve, effect
        from amends.desk.cases.parcels import inspect

        self._connect()
        order = self.shop.order()
        there = self.shop.ask_back(order)
        case = self.until(
            lambda: self._case(there), "the return asked for there is a case here, read by the connection's own poll"
        )
        self.until(lambda: self._decided(case), "and decided")
        seen = effect(self.desk, case, BOSS)
        self.hold((seen.kind, seen.total) == ("await_goods", 5_990), "to approve: 59.90 EUR, once the goods are back")
        approve(self.desk, case, BOSS, digest=seen.digest)
        self.until(
            lambda: self._side(case)["status"] == "requested:agreed", "approved here; agreed there and read back"
        )
        self.proxy.drop = "/refund"
        inspect(self.desk, case, BOSS, "A")
        self.until(
            lambda: self._paid(case) == [5_990], "the goods are here; paid, though the answer was lost on the way"
        )
        self.hold(len(self.proxy.dropped) > 0 and self.proxy.drop == "", "(the proxy did hang up after forwarding)")
        self.until(
            lambda: self._side(case)["status"] == "received:refunded", "received and paid there, and read back so"
        )
        self._compare(order, case)
        for _ in range(3):
            self.work()
        self._compare(order, case)

    def _connect(self) -> None:
        values = {"url": self.proxy.url, "secret_key": self.shop.key}
        made = self.connect.save_keys(BOSS, "medusa-house", "medusa", values, market="DE", currency="EUR")
        self.hold(self.connect.test(BOSS, made.number).name != "", "connected at the desk, the test call went well")
        self.connect.switch_on(BOSS, made.number, may_act=True, may_pay=True)
        self.number = made.number
        from amends.store.models import Shop as ShopRow

        ShopRow.objects.filter(name="medusa-house").update(undo_seconds=0)  # nobody takes anything back in this run

    def _compare(self, order: str, case: int) -> None:
        """What went back is one refund, the same there and here, and the truths about the money hold."""
        from amends.prove.truths import check_truths
        from amends.store.models import ToldRefundRow
        from amends.store.truth_reader import DatabaseLedger

        there = [
            (one["id"], read_minor(str(one["amount"]), 2))
            for pay in self.shop.payments(order)
            for one in pay["refunds"]
        ]
        here = list(
            ToldRefundRow.objects.filter(connection_id=self.number, order_no=order).values_list(
                "reference", "amount_minor"
            )
        )
        self.hold(
            len(there) == 1 and sorted(here) == sorted(there), f"one refund there, the same one told here: {there}"
        )
        self.hold(self._paid(case) == [5_990], "and the book says so too")
        broken = [one.name for one in check_truths(DatabaseLedger(), self.house.now()) if not one.holds]
        self.hold(broken == [], f"every truth about the money holds {broken or ''}".strip())

    def until(self, found: Callable[[], Any], what: str) -> Any:
        """Work until something is so. Fails after `SECONDS`."""
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            self.work()
            if value := found():
                self.hold(True, what)
                return value
            time.sleep(1)
        self.hold(False, f"{what} (not within {SECONDS} s)")
        return None

    def work(self) -> None:
        """One round of everything: read, decide, do, pay."""
        from amends.desk.decide_waiting import decide_waiting

        self.connect.read_now(BOSS, self.number)
        while self._reader.turn():
            pass
        decide_waiting(self.house)
        for look in self._looks:
            look()

    def _case(self, key: str) -> int:
        from amends.store.models import CaseRow

        return CaseRow.objects.filter(key=key).values_list("pk", flat=True).first() or 0

    def _decided(self, case: int) -> bool:
        state = self.desk.casework.look(case)
        return state is not None and state.decision is not None

    def _side(self, case: int) -> dict[str, Any]:
        from amends.store.models import PlatformCaseRow

        return PlatformCaseRow.objects.filter(case_id=case).values("status", "standing").get()

    def _paid(self, case: int) -> list[int]:
        from amends.store.models import PayStep

        return list(
            PayStep.objects.filter(plan__case_id=case, state="succeeded").values_list("amount_minor", flat=True)
        )

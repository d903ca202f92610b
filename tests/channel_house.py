"""A shop connected to a toy platform over the database: what reads it, with a clock that a test turns."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from amends.carry_out import points
from amends.carry_out.ports import Outside
from amends.carry_out.speech import Speech
from amends.desk.channels.asking import Asking
from amends.desk.channels.connect import ConnectDesk
from amends.desk.channels.read import Reader
from amends.desk.channels.take_push import PushDesk
from amends.desk.channels.turn import Books
from amends.facts.people import Person
from amends.facts.wire import WireAnswer, WireRequest
from tests.toy_platform import KEY, ToyChannel, ToyPlatform

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MANAGER = Person("mei", "manager", frozenset({"main"}))
_NAMES = itertools.count(1)


class Killed(BaseException):
    """The process is gone, at a place between two effects."""


@dataclass
class Hosts:
    """Several platforms behind one wire, each at its host."""

    platforms: dict[str, ToyPlatform]

    def toward(self, hosts: Collection[str]) -> Hosts:
        """Itself."""
        return self

    def call(self, request: WireRequest) -> WireAnswer:
        """The answer of the platform at this host."""
        return self.platforms[urlsplit(request.url).hostname or ""].call(request)


@dataclass
class ToyShop:
    """One connected shop. `wire`: what its calls go over, the platform itself by default."""

    platform: ToyPlatform
    channel: ToyChannel = field(default_factory=ToyChannel)
    wire: Outside | None = None
    name: str = field(default_factory=lambda: f"toys-{next(_NAMES)}")
    news: list[int] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Join everything, over the database that Django is joined to."""
        from amends.store.channel_drift import DatabaseDrift
        from amends.store.channel_health import DatabaseHealth
        from amends.store.channel_hints import DatabaseHints, DatabasePushes
        from amends.store.channel_intake import DatabaseIntake
        from amends.store.channel_shops import DatabaseChannelShops
        from amends.store.channel_sweeps import DatabaseSweeps
        from amends.store.connections import DatabaseConnections

        channels = {"direct": self.channel}
        speech = Speech(self.wire or self.platform, channels, lambda: 0.0, self.slept.append)
        self.asking = Asking(DatabaseConnections(), channels, speech, lambda: self.platform.now, lambda: "n")
        self.books = Books(
            self.asking, DatabaseIntake(), DatabaseHints(), DatabaseSweeps(), DatabaseDrift(), DatabaseHealth()
        )
        self.reader = Reader(self.books, "test:1", self.news.append)
        self.desk = ConnectDesk(
            self.asking, DatabaseChannelShops(), DatabaseHealth(), DatabaseSweeps(), lambda: "https://desk.example"
        )
        self.door = PushDesk(DatabaseConnections(), DatabasePushes(), channels, lambda: self.platform.now)
        self.number = 0

    def connect(self, on: bool = True, **more: Any) -> ToyShop:
        """Save keys, and switch it on."""
        given = {"market": "DE", "currency": "EUR", **more}
        self.number = self.desk.save_keys(MANAGER, self.name, "direct", {"key": KEY}, **given).number
        if on:
            self.desk.switch_on(MANAGER, self.number, may_act=False, may_pay=False)
        return self

    @property
    def row(self) -> Any:
        """Its row."""
        from amends.store.models import ConnectionRow

        return ConnectionRow.objects.get(pk=self.number)

    def later(self, **delta: float) -> ToyShop:
        """Turn the clock on."""
        self.platform.now += timedelta(**delta)
        return self

    def push(self, number: str, name: str, what: str = "case") -> int:
        """Have the platform push; the status of the answer."""
        headers, body = self.platform.pushed(number, name, what)
        answer = self.door.take(self.asking.connections.get(self.number).push_name, headers, body)  # type: ignore[union-attr]
        assert answer is not None
        return answer.status

    def read(self, most: int = 50) -> int:
        """Turns, until nothing is due; how many there were."""
        return next((count for count in range(most) if not self.reader.turn()), most)

    def killed_at(self, place: int) -> bool:
        """One turn that ends at the so-manieth place between two effects, as if the process were gone; whether it got there."""
        count = itertools.count(1)

        def hook(name: str) -> None:
            if next(count) == place:
                raise Killed(name)

        points.watch(hook)
        try:
            self.reader.turn()
        except Killed:
            return True
        finally:
            points._hooks.remove(hook)
        return False

    def night(self) -> None:
        """Let the next night come, and everything be read that is due then."""
        self.later(hours=24)
        self.desk.read_now(MANAGER, self.number)
        self.read()

    def state(self) -> dict[str, Any]:
        """All that counts of the shop, without when it was learnt."""
        from django.db.models import Sum

        from amends.store.models import BookLineRow, CaseFile, PlatformCaseRow, ShopOrder, ToldRefundRow

        shop = self.row.shop_id
        cases = CaseFile.objects.filter(case__shop_id=shop).select_related("case")
        booked = BookLineRow.objects.filter(entry__order__shop_id=shop, account="refunded")
        return {
            "cases": {f.case.key: (f.case.state, _plain(f.case_json), f.as_of) for f in cases},
            "there": {
                one.case.key: (one.status, one.version, one.standing, one.final, one.updated_at, one.drift_en)
                for one in PlatformCaseRow.objects.filter(connection_id=self.number).select_related("case")
            },
            "orders": {one.number: _plain(one.file) for one in ShopOrder.objects.filter(shop_id=shop)},
            "refunds": sorted(
                ToldRefundRow.objects.filter(connection_id=self.number).values_list(
                    "reference", "state", "amount_minor"
                )
            ),
            "booked": booked.aggregate(total=Sum("amount_minor"))["total"] or 0,
            "hints": self.books.hints.waiting(self.number),
        }


def _plain(file: dict[str, Any]) -> dict[str, Any]:
    """A case file or order without the shop's name, to compare shops by."""
    return {**file, "shop": None}


Change = Callable[[ToyShop], object]

"""Reports over a test's database, facts made by hand, and a mail server on this machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from amends.carry_out.smtp import SmtpPost
from amends.facts.imported import ShopSetting
from amends.facts.outgoing import Sender
from amends.facts.people import Person
from amends.fakes.smtp import FakeSmtp
from amends.learn.metrics.parquet import ParquetStore
from amends.learn.metrics.rows import day_of
from amends.wiring.talk import MailWay
from tests.metric_house import case, sale
from tests.talk_house import sender_desk

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Ten in the morning in China."""
MANAGER = Person("boss", "manager", frozenset({"north"}))
OTHER = Person("eve", "manager", frozenset({"south"}))
TOLD = {
    "name": "Weekly figures", "home": "north-store", "currency": "CNY", "cadence": "weekly", "weekday": "0", "day": "1",
    "hour": "12", "language": "en", "span": "whole", "by": "shop",
}  # fmt: skip


@dataclass
class Clock:
    """A clock that stands until it is put forward."""

    at: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


def shops() -> None:
    """Two merchants with a shop each."""
    from amends.store.channel_shops import DatabaseChannelShops

    for name in ("north", "south"):
        DatabaseChannelShops().make(ShopSetting(f"{name}-store", "direct", "CN", "CNY", merchant=name))


def facts(data: Path, at: datetime) -> None:
    """Eight weeks of both shops, in step with an instant."""
    end, cases, sales = day_of(at, "CN"), [], []
    for back in range(56):
        for shop, many in (("north", 3), ("south", 9)):
            own = {"merchant": shop, "shop": f"{shop}-store"}
            for one in range(many):
                days = {"opened_day": end - back, "closed_day": end - back, "state": "closed", "seconds_to_close": 7200}
                cases.append(case(len(cases) + 1, **own, **days, returned_minor=5_000, stepped_in=one % 3 == 0))
                sales.append(sale(len(sales) + 1, **own, paid_day=end - back, signed_day=end - back))
    store = ParquetStore(data / "metrics")
    with store.alone():
        found = store.put(store.manifest(), {"cases": cases, "sales": sales}, {})
        store.keep(found)
    in_step(data, at)


def in_step(data: Path, at: datetime) -> None:
    """The facts are in step with an instant."""
    store = ParquetStore(data / "metrics")
    with store.alone():
        found = store.manifest()
        store.keep(replace(found, at=at.isoformat(), mark=replace(found.mark, full=True)))


def writes_by(server: FakeSmtp, now: Callable[[], datetime]) -> None:
    """Have north-store write by this server."""
    from amends.store.models import Shop

    number, desk = Shop.objects.get(name="north-store").pk, sender_desk(now)
    port, user = server.port, server.office.user
    desk.save(
        Sender("north-store", number, "", "127.0.0.1", port, "none", user, address="n@north.example"), "", MANAGER
    )
    desk.turn(number, MANAGER, on=True)


def way() -> MailWay:
    return MailWay(SmtpPost(seconds=0.4))

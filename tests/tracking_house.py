"""The desk of parcels over a test's database, with networks that are fakes over real HTTP, or none at all."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import yaml

from amends.carriers.naming import carrier_code
from amends.carry_out.wire import Wire
from amends.desk.tracking.desk import TrackingDesk
from amends.desk.tracking.rounds import TrackingRounds
from amends.fakes.network import NetworkFake
from amends.fakes.networks import NETWORKS
from amends.fakes.server import serving
from amends.wiring.networks import Networks, read_networks
from amends.wiring.tracking import TalkingWire
from tests.case_house import Clock, case_desk
from tests.money_house import case_of, order_of

SECRET = "a-secret-that-nobody-guesses"


def networks_yaml(
    running: dict[str, tuple[str, dict[str, Any]]], reached_at: str = "http://desk.example", **more: Any
) -> str:
    """The text of `carriers.yaml` for fakes, by name: their address and their config."""
    told = {
        name: {
            **config,
            "base_url": url,
            "push_secret": SECRET,
            **({"order_url": url} if name == "kuaidi100" else {}),
        }
        for name, (url, config) in running.items()
    }
    return yaml.safe_dump({"networks": told, "reached_at": reached_at, **more})


def tracking_desk(networks: Networks, wire: Wire, now: Callable[[], datetime], phone: str = "") -> TrackingDesk:
    """The verbs on parcels over the database, at a time that the test moves."""
    from amends.store.api_feed import DatabaseFeed
    from amends.store.tracking_book import DatabaseParcels

    return TrackingDesk(
        DatabaseParcels(),
        DatabaseFeed(),
        case_desk(now),
        networks,
        TalkingWire(wire),
        carrier_code,
        lambda shop, order: phone,
        lambda: secrets.token_hex(16),
    )


@dataclass
class Tracking:
    """Fakes, a desk over them, and a clock."""

    fakes: dict[str, NetworkFake]
    desk: TrackingDesk
    clock: Clock
    rounds: TrackingRounds = field(init=False)

    def __post_init__(self) -> None:
        self.rounds = TrackingRounds(self.desk)

    def round(self, many: int = 1) -> None:
        """What the runner does by itself."""
        for _ in range(many):
            self.rounds.look()
            self.rounds.talk()
            self.rounds.look()


@contextmanager
def tracking(*names: str, reached_at: str = "http://desk.example", phone: str = "", **more: Any) -> Iterator[Tracking]:
    """Networks with their fakes for as long as the block lasts."""
    from contextlib import ExitStack

    with ExitStack() as stack:
        servers = {name: stack.enter_context(serving(NETWORKS[name]())) for name in names}
        told = {name: (server.url, server.fake.config()) for name, server in servers.items()}
        clock = Clock()
        networks = read_networks(networks_yaml(told, reached_at, **more))
        wire = Wire(networks.hosts, seconds=5)
        stack.callback(wire.close)
        fakes = {name: server.fake for name, server in servers.items()}
        for fake in fakes.values():
            fake.clock_offset = int(clock.at.timestamp() - fake.now())
        yield Tracking(fakes, tracking_desk(networks, wire, clock, phone), clock)  # type: ignore[arg-type]


def returning_case(waybill: str = "1Z999AA10123456784", carrier: str = "UPS", **more: Any) -> int:
    """A case that was agreed to, its goods on their way back under a waybill."""
    request = {"kind": "return_refund", "agreed_at": "2026-11-24T10:00:00+01:00"}
    parcel = {"shipped_at": "2026-11-24T12:00:00+01:00", "waybill": waybill, "carrier": carrier}
    return case_of(order_of(request=request, return_parcel=parcel, **more))


def out_case(waybill: str = "1Z999AA10123456784", **more: Any) -> int:
    """A case about an order whose parcel is under way."""
    case = order_of(request={"kind": "refund_only", "reason": "not_received"})
    case["shipments"] = [{"id": "S1", "shipped_at": "2026-11-20T18:00:00+01:00", "waybill": waybill, **more}]
    return case_of(case)


def file_of(number: int) -> dict[str, Any]:
    """A case's file as it stands."""
    from amends.store.models import CaseFile

    return dict(CaseFile.objects.get(case_id=number).case_json)

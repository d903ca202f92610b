"""A tracking network, its fake behind real HTTP, the real wire, and an ear for pushes: what the contract suite of carriers runs in."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from amends.carry_out.talk import talk
from amends.carry_out.wire import Wire
from amends.facts.labels import LabelWanted, Place
from amends.facts.tracking import Network, NetworkAccess, ParcelTold, Waybill
from amends.facts.wire import Seal, WireAnswer, WireRequest
from amends.fakes.network import NetworkFake
from amends.fakes.networks import NETWORKS
from amends.fakes.server import Server, serving
from amends.wiring.networks import BY_NAME
from tests.contracts.gateway_world import Ear

NAMES = tuple(BY_NAME)
T = TypeVar("T")
_COUNT = itertools.count(1)
SELLER = Place("North Store", "1 Pier Rd", "Portland", "97201", "US", state="OR", phone="5035550100")
BUYER = Place("A. Buyer", "2 Hill St", "Salem", "97301", "US", state="OR", phone="5035550101")


@dataclass
class CarrierWorld:
    """One network with everything around it."""

    name: str
    server: Server
    network: Network
    access: NetworkAccess
    wire: Wire
    ear: Ear

    @property
    def fake(self) -> NetworkFake:
        """The network's stand-in."""
        fake = self.server.fake
        assert isinstance(fake, NetworkFake)
        return fake

    def say(self, told: Generator[WireRequest, WireAnswer, T]) -> T:
        """The result of a talk over the real wire."""
        return talk(self.wire, told)

    def waybill(self) -> Waybill:
        """A fresh number that nobody has heard of."""
        china = self.name == "kuaidi100"
        number = f"{'YT88' if china else '94001118'}{next(_COUNT):011d}"
        return Waybill(number, "yto" if china else "usps")

    def subscribe(self, parcel: Waybill) -> Waybill:
        """Have it followed; the waybill with the network's reference."""
        found = self.say(self.network.subscribe(self.access, parcel, seal()))
        return Waybill(parcel.number, parcel.carrier, parcel.phone, found.reference)

    def ask(self, parcel: Waybill) -> ParcelTold | None:
        """What it knows."""
        return self.say(self.network.ask(self.access, parcel, seal()))

    def moved(self, *hands: str, **more: Any) -> Waybill:
        """A followed parcel to which this has happened."""
        parcel = self.subscribe(self.waybill())
        for hand in hands:
            self.fake.advance(parcel.number, hand, **(more if hand == hands[-1] else {}))
        return parcel

    def pushed(self, many: int) -> list[ParcelTold]:
        """What the pushes say that came so far."""
        heard = self.ear.wait(many)
        return [one for headers, body in heard for one in self.network.pushed(self.access, headers, body, now())]


def wanted(**more: Any) -> LabelWanted:
    """A label for the way back."""
    given = {"key": f"am{secrets.token_hex(12)}", "seller": SELLER, "buyer": BUYER, "grams": 900}
    return LabelWanted(**{**given, "millimetres": (250, 180, 60), **more})


def now() -> datetime:
    """The present instant: the fakes' clocks are real ones."""
    return datetime.now(UTC)


def seal() -> Seal:
    """Time and chance of one talk."""
    return Seal(now(), secrets.token_hex(16))


@contextmanager
def carrier_world(name: str) -> Iterator[CarrierWorld]:
    """A network's world for as long as the block lasts."""
    with serving(NETWORKS[name]()) as server:
        wire, ear = Wire(["127.0.0.1"], seconds=5), Ear()
        values = {key: str(value) for key, value in server.fake.config().items()}
        if name == "kuaidi100":
            values["order_url"] = server.url
        server.fake.courier.aim(ear.url)
        try:
            yield CarrierWorld(name, server, BY_NAME[name], NetworkAccess(server.url, values, ear.url), wire, ear)
        finally:
            wire.close()
            ear.stop()

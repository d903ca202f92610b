"""What the verbs on parcels are handed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from amends.desk.cases.desk import CaseDesk
from amends.desk.tracking.ports import JoinedNetwork, LogFeed, NetworksInUse, ParcelBook, Talk
from amends.facts.wire import Seal

QUIET: Final = timedelta(days=3)
"""How long a parcel may be without moving before a person is told."""


@dataclass(frozen=True, slots=True)
class TrackingDesk:
    """The verbs' ports. `carrier_of` takes what people call a carrier and a waybill, and gives our code ("" where nobody knows).

    `phone_of` takes a shop and an order's number, and gives the last four digits of its buyer's telephone. `owner` names this worker.
    """

    book: ParcelBook
    feed: LogFeed
    cases: CaseDesk
    networks: NetworksInUse
    talk: Talk
    carrier_of: Callable[[str, str], str]
    phone_of: Callable[[str, str], str]
    nonce: Callable[[], str]
    owner: str = "desk"
    quiet: timedelta = QUIET

    def now(self) -> datetime:
        """The present instant."""
        return self.cases.now()

    def seal(self) -> Seal:
        """Time and chance of one talk."""
        return Seal(self.now(), self.nonce())

    def joined(self, network: str) -> JoinedNetwork | None:
        """The network of this name, where it is used."""
        return self.networks.joined.get(network)

"""Guards over the database that Django was made ready for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote

from amends.desk.guards.desk import GuardDesk
from amends.desk.house import House
from amends.wiring.clock import now


def guard_desk(house: House, clock: Callable[[], datetime] = now) -> GuardDesk:
    """The verbs of guards."""
    from amends.store.guard_book import DatabaseGuards

    return GuardDesk(DatabaseGuards(), house, buyers_link, clock)


def buyers_link(shop: str) -> str:
    """The address of a shop's page for buyers, where this house was told its own."""
    from django.conf import settings

    address = str(getattr(settings, "AMENDS_ADDRESS", ""))
    return f"{address}/s/{quote(shop)}" if address else ""

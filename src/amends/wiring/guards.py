"""Guards over the database that Django was made ready for."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from amends.desk.guards.desk import GuardDesk
from amends.desk.guards.scores import ScoreDesk
from amends.desk.house import House
from amends.wiring.clock import now
from amends.wiring.letters import buyers_page
from amends.wiring.metrics import metric_desk


def guard_desk(house: House, clock: Callable[[], datetime] = now) -> GuardDesk:
    """The verbs of guards."""
    from amends.store.guard_book import DatabaseGuards

    return GuardDesk(DatabaseGuards(), house, reachable_page, clock)


def score_desk(data: Path, clock: Callable[[], datetime] = now) -> ScoreDesk:
    """The verbs on scores of platforms, beside the facts for metrics."""
    from amends.store.score_book import DatabaseScores

    return ScoreDesk(DatabaseScores(), metric_desk(data, clock).facts, clock)


def reachable_page(shop: str) -> str:
    """A shop's page for buyers, where they can reach it: an address of this very machine is none to them."""
    address = buyers_page(shop)
    host = urlsplit(address).hostname or ""
    return "" if host == "localhost" or _is_own(host) else address


def _is_own(host: str) -> bool:
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return False
    return found.is_loopback or found.is_unspecified

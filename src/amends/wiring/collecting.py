"""Taking money in through gateways, over the database that Django was made ready for."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from typing import Any

from amends.carry_out.collecting import CollectRunner
from amends.carry_out.tokens import Tokens
from amends.carry_out.wire import Wire
from amends.desk.cases.collected import CollectRounds
from amends.desk.cases.desk import CaseDesk
from amends.facts.collect import Collecting
from amends.wiring.beside import Beside
from amends.wiring.clock import now
from amends.wiring.ways import Ways


def collect_runner(ways: Ways) -> CollectRunner:
    """The runner of steps that take money in, with a wire that calls the configured hosts only."""
    from amends.store.collect_book import DatabaseCollections

    wire = Wire(ways.hosts)
    tokens = Tokens(wire, now)

    def door(name: str) -> Collecting | None:
        gateway: Any = ways.gateways.get(name)
        if ways.door(name) is None:
            return None
        found: Collecting = tokens.ready(gateway).collecting  # type: ignore[attr-defined] # only gateways that collect come here
        return found

    owner = f"{os.uname().nodename}:{os.getpid()}"
    return CollectRunner(owner, DatabaseCollections(), door, wire, now, lambda: secrets.token_hex(16))


def collect_rounds(ways: Ways, cases: CaseDesk) -> dict[str, Callable[[], object]]:
    """What the runner does about money that is taken in: gateways are called beside, so that a slow one keeps nobody waiting."""
    return {
        "what is taken in": Beside(collect_runner(ways).run_due, "what is taken in").look,
        "what came in": CollectRounds(cases).look,
    }

"""A vault over a fresh database, a clock that can be moved, and one shop with a case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from amends.desk.vault.desk import VaultDesk
from tests.case_house import Clock
from tests.databases import Database, database
from tests.money_house import case_of, order_of
from tests.vault_house import evidence_desk

__all__ = ["database"]


@dataclass
class Vault:
    """The desk, its clock and its folder."""

    desk: VaultDesk
    clock: Clock
    data: Path

    def case(self, order: str = "O-1", key: str = "C-1", **change: Any) -> int:
        return case_of(order_of(order=order, **change), key=key)


@pytest.fixture
def vault(database: Database) -> Vault:
    from amends.wiring.vault import vault_desk

    clock = Clock()
    desk = vault_desk(evidence_desk(database.data, clock), database.data, clock)
    return Vault(replace(desk), clock, database.data)

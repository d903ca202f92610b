"""A desk of dossiers over a fresh database."""

from __future__ import annotations

import pytest

from tests.databases import Database, database
from tests.dossier_house import Dossiers, dossiers_in

__all__ = ["database"]


@pytest.fixture
def dossiers(database: Database) -> Dossiers:
    return dossiers_in(database.data)

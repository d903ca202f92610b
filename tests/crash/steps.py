"""At how many of the places a flow is killed."""

from __future__ import annotations

import os

from tests.databases import Database

FEWER = 3


def step_for(database: Database) -> int:
    """Every place on SQLite; on PostgreSQL, which takes longer, every third, or every one under AMENDS_HYPOTHESIS=thorough."""
    return every(FEWER) if database.kind == "postgresql" else 1


def every(step: int) -> int:
    """Every so many places; every one under AMENDS_HYPOTHESIS=thorough."""
    return 1 if os.environ.get("AMENDS_HYPOTHESIS") == "thorough" else step

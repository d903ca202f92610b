"""At how many of the places a flow is killed."""

from __future__ import annotations

import os

from tests.databases import Database

FEWER = 3


def step_for(database: Database) -> int:
    """Every place on SQLite; on PostgreSQL, which takes longer, every third, or every one under AMENDS_HYPOTHESIS=thorough."""
    return FEWER if database.kind == "postgresql" and os.environ.get("AMENDS_HYPOTHESIS") != "thorough" else 1

"""A month of the shop that does not exist, played through the whole house, and what the house found in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from amends.facts.month import MonthTold


def play_month(data: Path, seed: int, many: int, tell: Callable[[str], None]) -> MonthTold:
    """Play a month of so many orders into an empty folder. Raises `UnableToStart` where the folder holds something already."""
    from amends.wiring.month.run import month  # it needs the whole house, which no other command waits for

    return month(data, seed, many, tell)

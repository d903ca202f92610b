"""Deciding every case that waits for a decision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from amends.desk.decide_case import decide_case
from amends.desk.house import House
from amends.facts.fields import UnableToReadCase

_BATCH: Final = 200


@dataclass(frozen=True, slots=True)
class Waited:
    """How many cases were decided, and which could not be, with the reason."""

    decided: int
    undecided: tuple[tuple[int, str], ...]


def decide_waiting(house: House, progress: Callable[[int], None] | None = None) -> Waited:
    """Decide the waiting cases as of now, 200 in one transaction. A case that cannot be read keeps waiting and is named."""
    at = house.now()
    batch: list[tuple[int, dict[str, Any]]] = []
    undecided: list[tuple[int, str]] = []
    decided = 0

    def keep() -> None:
        nonlocal decided
        house.decisions.keep(batch, at)
        decided += len(batch)
        batch.clear()
        if progress:
            progress(decided)

    for number, raw in house.decisions.waiting():
        try:
            batch.append((number, dict(decide_case(raw, at, house.rulebooks, house.policy))))
        except UnableToReadCase as fault:
            undecided.append((number, str(fault)))
        if len(batch) >= _BATCH:
            keep()
    keep()
    return Waited(decided, tuple(undecided))

"""Deciding every case that waits for a decision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from amends.decide.decide import decide
from amends.desk.house import House
from amends.facts.decision_json import decision_json
from amends.facts.fields import UnableToReadCase
from amends.facts.read_case import read_case

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

    for number, shop, raw in house.decisions.waiting():
        try:
            batch.append((number, _decision(house, shop, raw, at)))
        except UnableToReadCase as fault:
            undecided.append((number, str(fault)))
        if len(batch) >= _BATCH:
            keep()
    keep()
    return Waited(decided, tuple(undecided))


def _decision(house: House, shop: str, raw: dict[str, Any], at: datetime) -> dict[str, Any]:
    case = read_case(raw)
    policy = house.policy_for(shop, case.market, case.shop.channel)
    return dict(decision_json(decide(case, at, house.rulebooks, policy)))

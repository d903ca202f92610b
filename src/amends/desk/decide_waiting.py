"""Deciding every case that waits for a decision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from amends.decide.decide import decide
from amends.desk.cases.desk import policy_of, wanted_deadlines
from amends.desk.house import House
from amends.facts.decision_json import decision_json
from amends.facts.fields import UnableToReadCase
from amends.facts.read_case import read_case
from amends.facts.told import as_agreed
from amends.facts.work import DecidedCase

_BATCH: Final = 200


@dataclass(frozen=True, slots=True)
class Waited:
    """How many cases were decided, and which could not be, with the reason."""

    decided: int
    undecided: tuple[tuple[int, str], ...]


def decide_waiting(house: House, progress: Callable[[int], None] | None = None) -> Waited:
    """Decide the waiting cases as of now, 200 in one transaction. A case that cannot be read keeps waiting and is named."""
    at = house.now()
    batch: list[DecidedCase] = []
    undecided: list[tuple[int, str]] = []
    decided = 0

    def keep() -> None:
        nonlocal decided
        house.decisions.keep(batch, at)
        decided += len(batch)
        batch.clear()
        if progress:
            progress(decided)

    for number, shop, raw, agreed in house.decisions.waiting():
        try:
            batch.append(_decided(house, number, shop, raw, agreed, at))
        except UnableToReadCase as fault:
            undecided.append((number, str(fault)))
        if len(batch) >= _BATCH:
            keep()
    keep()
    return Waited(decided, tuple(undecided))


def _decided(
    house: House, number: int, shop: str, raw: dict[str, Any], agreed: dict[str, Any] | None, at: datetime
) -> DecidedCase:
    case = read_case(as_agreed(raw, agreed))
    decision = decide(case, at, house.rulebooks, policy_of(house, shop, case, agreed))
    return DecidedCase(number, dict(decision_json(decision)), wanted_deadlines(case, decision))

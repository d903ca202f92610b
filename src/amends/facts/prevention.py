"""Clusters of complaints, the tasks that are made of them, and what a change did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

PLACES: Final = ("sku", "batch", "supplier", "carrier", "station", "creator", "campaign")
"""Where a cause can sit."""
REMORSE: Final = frozenset({"changed_mind", "ordered_by_mistake", "better_price"})
MISLED: Final = frozenset({"not_as_described", "wrong_size", "counterfeit"})
State = Literal["open", "changed", "done", "dropped"]
"""`changed`: a change was made and its effect is being measured. `dropped`: looked at, and nothing was found."""
LIVE: Final[tuple[State, ...]] = ("open", "changed")
Finding = Literal["unknown", "better", "worse", "same"]
_FIX: Final = {
    "wrong_size": "size",
    "not_as_described": "listing",
    "missing_item": "picking",
    "wrong_item": "picking",
    "empty_parcel": "picking",
    "not_received": "carrier",
    "delivery_delayed": "carrier",
    "false_delivery": "carrier",
    "refused_delivery": "carrier",
    "unrecognised_charge": "descriptor",
    "quality": "supplier",
    "counterfeit": "supplier",
    "expired": "supplier",
    "allergy": "listing",
    "late_shipment": "stock",
    "out_of_stock": "stock",
}


@dataclass(frozen=True, slots=True)
class Cluster:
    """A reason given more often at one place than in the rest of the shop.

    `exposure`: orders that could have led to a case. `chance`: how likely so many are by chance, in this window
    alone. `first`, `last`: days since 1970, both within.
    """

    place: str
    value: str
    reason: str
    cases: int
    exposure: int
    rest_cases: int
    rest_exposure: int
    first: int
    last: int
    chance: float = 1

    @property
    def rate(self) -> float:
        """Will give cases by exposure."""
        return self.cases / self.exposure if self.exposure else 0

    @property
    def usual(self) -> float:
        """Will give the rate of the rest of the shop."""
        return self.rest_cases / self.rest_exposure if self.rest_exposure else 0

    @property
    def expected(self) -> float:
        """Will give how many cases there would be at the rate of the rest; never quite none, where the rest has none."""
        return self.exposure * (2 * self.rest_cases + 1) / (2 * (self.rest_exposure + 1))

    @property
    def days(self) -> int:
        """Will give how many days were looked at."""
        return self.last - self.first + 1

    @property
    def key(self) -> tuple[str, str, str]:
        """Will give what it is about."""
        return self.place, self.value, self.reason


@dataclass(frozen=True, slots=True)
class Cause:
    """A cluster with the cases behind it, and the clusters that the same cases, or the same place, make as well."""

    cluster: Cluster
    cases: tuple[int, ...]
    also: tuple[Cluster, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done about a cause. `by`: who found it; the house itself where it is empty. `merchant`: behind whose wall."""

    number: int
    shop: str
    merchant: str
    cause: Cause
    state: State
    at: datetime
    by: str = ""
    owner: str = ""
    due: date | None = None
    change: str = ""
    changed_on: date | None = None
    note: str = ""
    closed: date | None = None

    @property
    def fix(self) -> str:
        """Will give the code of the fix that is suggested."""
        return fix_of(self.cause.cluster.place, self.cause.cluster.reason)

    @property
    def kind(self) -> str:
        """Will say whose doing it is: the buyers' own change of mind, what we told them, or what we did."""
        return kind_of(self.cause.cluster.reason)

    @property
    def live(self) -> bool:
        """Whether it is worked on or measured still."""
        return self.state in LIVE


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change did: the rate after by the rate before, divided by the same of the rest of the shop.

    `low` and `high` hold the true ratio in 95 of 100. `expected`: cases that there would be without the change.
    """

    finding: Finding
    before: Cluster
    after: Cluster
    expected: float
    ratio: float = 1
    low: float = 0
    high: float = 0

    @property
    def known(self) -> bool:
        """Whether there is enough to say anything."""
        return self.finding != "unknown"


def fix_of(place: str, reason: str) -> str:
    """Will give the code of what usually helps."""
    if reason in REMORSE:
        return "remorse"
    if place in ("creator", "campaign") and reason in MISLED:
        return "promise"
    if reason == "damaged":
        return "carrier" if place in ("carrier", "station") else "supplier" if place == "batch" else "packing"
    return _FIX.get(reason, "look")


def kind_of(reason: str) -> str:
    """Will give "remorse", "misled" or "failed"."""
    return "remorse" if reason in REMORSE else "misled" if reason in MISLED else "failed"

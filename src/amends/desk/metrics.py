"""Metrics for the entrances: who may see which, the facts they are counted on, and the figures that a shop tells for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from amends.facts.audit import Deed
from amends.facts.metric_columns import Table
from amends.facts.metric_story import Manifest
from amends.facts.people import Merchants, Person
from amends.facts.shop_costs import ShopCosts, read_costs
from amends.learn.metrics.ask import Facts
from amends.learn.metrics.metric import Metric

MONEY: str = "assign"
"""The duty of those who see how much money went where."""


class UnableToSetCosts(PermissionError):
    """The person may not set the figures of this shop."""


class KeptFacts(Facts, Protocol):
    """Facts that say how far they are in step."""

    def manifest(self) -> Manifest: ...
    def write(self, table: Table, path: str, form: str) -> int: ...
    def __hash__(self) -> int: ...


class CostBook(Protocol):
    """Where the figures of shops are kept."""

    def all(self, merchants: Merchants) -> Mapping[str, ShopCosts]: ...
    def shops(self, merchants: Merchants) -> Mapping[str, tuple[str, str]]: ...
    def keep(self, shop: str, costs: ShopCosts, deed: Deed, at: datetime) -> None: ...


class OpenMoney(Protocol):
    """What is asked for in open cases, by currency: how many cases, minor units."""

    def __call__(self, merchants: Merchants) -> Mapping[str, tuple[int, int]]: ...


@dataclass(frozen=True, slots=True)
class MetricDesk:
    """The ports of metrics. `costs.shops`: shop → (merchant, currency)."""

    facts: KeptFacts
    costs: CostBook
    open_money: OpenMoney
    now: Callable[[], datetime]

    def set_costs(self, shop: str, told: Mapping[str, Any], person: Person) -> ShopCosts:
        """Will keep a shop's figures, all at once; that it was done is written down."""
        found = self.costs.shops(person.merchants).get(shop)
        if found is None or not person.may("settings"):
            raise UnableToSetCosts(shop)
        merchant, currency = found
        costs = read_costs(told, currency)
        self.costs.keep(shop, costs, Deed(person.name, "costs_set", merchant, shop), self.now())
        return costs


def may_see(person: Person, metric: Metric) -> bool:
    """Whether a person's role sees a metric: the work for whoever works, money for those who answer for it."""
    return person.may(MONEY) if metric.shows_money else person.may("work")

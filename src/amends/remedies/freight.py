"""The buyer's own freight back: owed beside the price, by the shop's way of paying buyers, on no payment and no line."""

from __future__ import annotations

from collections.abc import Mapping

from amends.basics.money import Minor
from amends.facts.plan import Step
from amends.facts.steps import route_of, step_key


def steps(shop: str, case: str, amount: Minor, currency: str, routes: Mapping[str, str]) -> tuple[Step, ...]:
    """The one step there ever is of a case. It is booked as damages: what the merchant owes beside what was paid."""
    key = step_key(shop, f"{case}\x1ffreight", 0, "damages", None, amount, currency)
    return (Step(key, "damages", route_of(routes, "damages"), None, amount, currency, ()),)

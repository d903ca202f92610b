"""The lattice of terms. Each component has a direction that favours the buyer; `join` takes the kinder of two, component by component.

A floor (law and platform) joined with a proposal (the policy) can be kinder than the floor, never harder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from amends.basics.money import Minor
from amends.facts.rulebook import FREIGHT_BUYER, FREIGHT_MERCHANT, Freight

NO_DEDUCTIONS: Final[Mapping[str, Minor]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Terms:
    """What an answer means for the buyer, in minor units.

    `goods`: of the goods' price that comes back (more is kinder). `shipping`: of outbound shipping (more is kinder).
    `freight`: who pays the way back (the merchant is kinder). `deductions`: what is taken off, by kind (less is kinder; None:
    anything). `keeps_goods`: money without sending back (kinder).
    """

    goods: Minor
    shipping: Minor
    freight: Freight
    deductions: Mapping[str, Minor] | None
    keeps_goods: bool


NOTHING: Final = Terms(0, 0, FREIGHT_BUYER, None, False)
"""The bottom of the lattice: what a buyer without any entitlement is owed."""


def join(first: Terms, second: Terms) -> Terms:
    """The kinder of both in every component. Commutative, associative, idempotent; `NOTHING` is its neutral element."""
    return Terms(
        goods=max(first.goods, second.goods),
        shipping=max(first.shipping, second.shipping),
        freight=FREIGHT_MERCHANT if FREIGHT_MERCHANT in (first.freight, second.freight) else FREIGHT_BUYER,
        deductions=_least(first.deductions, second.deductions),
        keeps_goods=first.keeps_goods or second.keeps_goods,
    )


def _least(first: Mapping[str, Minor] | None, second: Mapping[str, Minor] | None) -> Mapping[str, Minor] | None:
    if first is None or second is None:
        return second if first is None else first
    return {kind: min(amount, second[kind]) for kind, amount in first.items() if kind in second}


def at_least(terms: Terms, floor: Terms) -> bool:
    """Whether `terms` are nowhere harder on the buyer than `floor`."""
    return join(terms, floor) == terms


def harder_where(terms: Terms, floor: Terms) -> list[str]:
    """The components in which `terms` are harder on the buyer than `floor`."""
    kinder = join(terms, floor)
    return [name for name in Terms.__slots__ if getattr(kinder, name) != getattr(terms, name)]

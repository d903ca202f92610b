"""Rings of buyers: claims tied together by telephone, address, card or device, by more buyers than a household has."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from amends.facts.rings import TIES, Ring, TiedClaim
from amends.learn.guards.listing_truth import tail

BUYERS: Final = 3
"""So many different buyers make a ring; two who share a telephone are a household."""
CLAIMS: Final = 5
HUB: Final = 25
"""What more buyers than this have in common is an office or a pick-up point and ties nobody together."""
FALSE: Final = 0.001
"""How often anything that is said of a merchant would be chance alone."""


def rings(claims: Sequence[TiedClaim], ordered: Callable[[Sequence[TiedClaim]], int], usual: float) -> tuple[Ring, ...]:
    """Every ring, the least likely by chance first.

    `ordered`: how many orders the buyers of these claims placed. `usual`: the share of all orders that are claimed about.
    """
    if usual <= 0:
        return ()  # nothing is known of orders: there is nothing to hold claims against
    groups = [one for one in tied(claims) if len(one) >= CLAIMS and len({each.buyer for each in one}) >= BUYERS]
    found = []
    for group in groups:
        orders = max(len(group), ordered(group))
        chance = tail(len(group), orders, min(0.99, usual))
        if chance <= FALSE / len(groups):
            found.append(_ring(group, orders, usual, chance))
    return tuple(sorted(found, key=lambda one: (one.chance, one.cases)))


def tied(claims: Sequence[TiedClaim]) -> list[list[TiedClaim]]:
    """The claims in groups that have something in common, directly or by one between; hubs tie nobody."""
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, one in enumerate(claims):
        for kind, value in one.ties.items():
            if kind in TIES and value:
                holders[kind, value].append(place)
    root = list(range(len(claims)))

    def top(place: int) -> int:
        while root[place] != place:
            root[place] = root[root[place]]
            place = root[place]
        return place

    for places in holders.values():
        if len({claims[one].buyer for one in places}) <= HUB:
            for other in places[1:]:
                root[top(other)] = top(places[0])
    groups: dict[int, list[TiedClaim]] = defaultdict(list)
    for place, one in enumerate(claims):
        groups[top(place)].append(one)
    return list(groups.values())


def _ring(group: Sequence[TiedClaim], orders: int, usual: float, chance: float) -> Ring:
    return Ring(
        tuple(sorted(one.case for one in group)),
        tuple(sorted(one.order for one in group)),
        len({one.buyer for one in group}),
        orders,
        sum(one.goods_stay for one in group),
        _shared(group),
        usual,
        chance,
    )


def _shared(group: Sequence[TiedClaim]) -> tuple[tuple[str, int], ...]:
    """By kind, how many buyers have the commonest tie in common; kinds that nobody shares are left out."""
    buyers: Mapping[tuple[str, str], set[str]] = defaultdict(set)
    for one in group:
        for kind, value in one.ties.items():
            if value:
                buyers[kind, value].add(one.buyer)
    most: Counter[str] = Counter()
    for (kind, _), who in buyers.items():
        most[kind] = max(most[kind], len(who))
    return tuple((kind, most[kind]) for kind in TIES if most[kind] > 1)

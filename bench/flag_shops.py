"""Shops made by a seed, with households, offices, good customers, and rings and serial refunders planted in them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from amends.facts.flags import Signs

START = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = 180
ASKED = 0.06
"""The share of an honest buyer's orders that are asked about."""
STAYS = 0.3
FOUND = 0.6
"""How often an inspection or a ruling finds what was planted."""
WRONGLY = 0.01
"""How often one is found where nothing was planted."""


@dataclass(frozen=True, slots=True)
class Case:
    """A case with what it costs; `planted`: by a ring or a serial refunder."""

    signs: Signs
    amount: float
    planted: bool


@dataclass(frozen=True, slots=True)
class _Buyer:
    name: str
    ties: dict[str, str]
    orders: int
    asks: float
    stays: float
    planted: bool = False
    first: float = 0.0
    last: float = DAYS


def shop(seed: int, orders: int, rings: int, shades: int, asks: float) -> tuple[list[Case], float]:
    """Will make a shop's cases, and the share of its orders that are asked about.

    A ring is so many shades of one person, with two telephones and an address between them, each with two orders in two months. For each
    ring one serial refunder has ten orders in four months. Both ask about the share `asks`, nine times of ten without sending back.
    """
    dice = random.Random(seed)
    buyers = [*_honest(dice, orders), *_planted(dice, rings, shades, asks)]
    cases: list[Case] = []
    sold = 0
    for one in buyers:
        days = sorted([dice.uniform(one.first, one.last) for _ in range(one.orders)])
        sold += one.orders
        cases += _cases(dice, one, days)
    cases.sort(key=lambda one: one.signs.at)
    numbered = [replace(one, signs=replace(one.signs, case=number)) for number, one in enumerate(cases, 1)]
    return numbered, len(cases) / sold


def _cases(dice: random.Random, one: _Buyer, days: list[float]) -> Iterator[Case]:
    for placed, day in enumerate(days, 1):
        if dice.random() >= one.asks:
            continue
        kind = "refund_only" if dice.random() < one.stays else "return_refund"
        signs = Signs(
            0,
            START + timedelta(days=day + dice.uniform(2, 12)),
            one.name,
            kind,
            one.ties,
            placed,
            days=dice.randrange(14),
            ended=True,
            confirmed=dice.random() < (FOUND if one.planted else WRONGLY),
        )
        yield Case(signs, dice.lognormvariate(4.0, 0.7), one.planted)


def _honest(dice: random.Random, orders: int) -> Iterator[_Buyer]:
    """Most order once or twice, a few thirty times; one in eight shares an address, one in twenty an office's."""
    left, number = orders, 0
    while left > 0:
        number += 1
        many = min(left, 30, 1 + int(dice.paretovariate(1.6) - 1))
        left -= many
        home, place = number, dice.random()
        ties = {"email": f"e{number}", "phone": f"p{number}", "address": f"a{number}", "card": f"c{number}"}
        if place < 0.125:
            home = number - number % 2
            ties |= {"address": f"h{home}"} | ({"phone": f"hp{home}"} if dice.random() < 0.3 else {})
        elif place < 0.175:
            ties |= {"address": f"office{dice.randrange(max(1, orders // 400))}"}
        unlucky = dice.gammavariate(2.0, ASKED / 2.0)
        yield _Buyer(f"b{number}", ties, many, min(0.8, unlucky), STAYS)


def _planted(dice: random.Random, rings: int, shades: int, asks: float) -> Iterator[_Buyer]:
    for ring in range(rings):
        first = dice.uniform(30, DAYS - 70)
        for shade in range(shades):
            ties = {"email": f"r{ring}-{shade}", "phone": f"rp{ring}-{shade % 2}", "card": f"rc{ring}-{shade}"}
            ties |= {"address": f"ra{ring}" if shade < 2 or dice.random() < 0.5 else f"ra{ring}-{shade}"}
            yield _Buyer(f"r{ring}-{shade}", ties, 2, asks, 0.9, planted=True, first=first, last=first + 60)
        ties = {"email": f"s{ring}", "phone": f"sp{ring}", "address": f"sa{ring}", "card": f"sc{ring}"}
        yield _Buyer(f"s{ring}", ties, 10, asks, 0.9, planted=True, first=first, last=first + 120)

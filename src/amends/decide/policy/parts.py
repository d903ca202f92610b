"""Reading the small parts of a policy: mappings with known keys, names, words, amounts."""

from __future__ import annotations

import re
from typing import Final

from amends.basics.money import Money, UnableToReadAmount
from amends.decide.policy.spots import Faults, Spot, hint, shown

NAME: Final = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*", re.ASCII)
LONGEST_NAME: Final = 80
US: Final = "US-CA"
"""Where this is a known word, so is every other state of the US."""
US_STATE: Final = re.compile(r"US-[A-Z]{2}", re.ASCII)


def part_of(spot: Spot, known: tuple[str, ...], faults: Faults, needed: tuple[str, ...] = ()) -> dict[str, Spot] | None:
    """The mapping at a spot; unknown and missing keys are noted as faults."""
    if not isinstance(spot.value, dict):
        faults.add(spot, f"a mapping with {', '.join(known)} is wanted here, not {shown(spot.value)}")
        return None
    for key, value in spot.value.items():
        if key not in known:
            faults.add(value, f"unknown key{hint(key, known) or '; known here: ' + ', '.join(known)}")
    for key in needed:
        if key not in spot.value:
            faults.at(spot.line, f"{spot.path}.{key}" if spot.path else key, "this is needed")
    return spot.value


def read_name(spot: Spot | None, faults: Faults) -> str | None:
    """A lower-case name such as acme-eu."""
    if spot is None:
        return None
    if isinstance(spot.value, str) and len(spot.value) <= LONGEST_NAME and NAME.fullmatch(spot.value):
        return spot.value
    faults.add(
        spot, f"a name of lower-case letters, digits and hyphens is wanted, such as acme-eu, not {shown(spot.value)}"
    )
    return None


def words(spot: Spot | None, known: frozenset[str] | None, faults: Faults) -> frozenset[str]:
    """A list of words (or one word), each one of the known ones."""
    if spot is None:
        return frozenset()
    items = spot.value if isinstance(spot.value, list) else [spot]
    if not items:
        faults.add(spot, "the list is empty; leave it out to mean any")
    found = set()
    for item in items:
        if not isinstance(item.value, str):
            faults.add(item, f"a word is wanted, not {shown(item.value)}")
        elif known is not None and item.value not in known and not (US in known and US_STATE.fullmatch(item.value)):
            faults.add(item, f"unknown word {shown(item.value)}{hint(item.value, known)}")
        else:
            found.add(item.value)
    return frozenset(found)


def items_of(spot: Spot | None, faults: Faults) -> list[Spot]:
    if spot is None:
        return []
    if isinstance(spot.value, list):
        return spot.value
    faults.add(spot, f"a list is wanted, not {shown(spot.value)}")
    return []


def read_money(spot: Spot, faults: Faults) -> Money | None:
    """An amount that names its currency, such as "30 CNY"."""
    problem = f'an amount with its currency is wanted, such as "30 CNY", not {shown(spot.value)}'
    if isinstance(spot.value, str):
        try:
            money = Money.read_named(spot.value)
            if money.minor >= 0:
                return money
            problem = f"{shown(spot.value)} is negative; amounts here are zero or more"
        except UnableToReadAmount as fault:
            problem = str(fault)
    faults.add(spot, problem)
    return None

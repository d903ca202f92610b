"""Shopify's money in minor units: decimal strings with any number of zeros behind the point, also for yen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amends.basics.currencies import EXPONENTS
from amends.basics.money import Minor, UnableToReadAmount, read_minor


class UnableToReadMoney(ValueError):
    """An amount of an order cannot be what it must be; the message says which."""


def digits_of(order: Mapping[str, Any]) -> int:
    """Digits of the currency that the buyer paid in. Raises `UnableToReadMoney`."""
    currency = str(order.get("presentmentCurrencyCode") or "")
    if currency not in EXPONENTS:
        raise UnableToReadMoney(f"the currency {currency!r} has no minor units that are known")
    return EXPONENTS[currency]


def minor(thing: Mapping[str, Any], name: str, digits: int) -> Minor:
    """The amount under `name` as the buyer paid it; 0 where it is not said. Raises `UnableToReadMoney`."""
    bag = thing.get(name)
    if bag is None:
        return 0
    told = bag.get("presentmentMoney") if isinstance(bag, dict) else None
    amount = told.get("amount") if isinstance(told, dict) else None
    try:
        return read_minor(str(amount), digits)
    except UnableToReadAmount as fault:
        raise UnableToReadMoney(f"{name}: {fault}") from None


def added(things: object, name: str, digits: int) -> Minor:
    """The amounts under `name` of several, added up."""
    listed = things if isinstance(things, list) else []
    return sum([minor(thing, name, digits) for thing in listed if isinstance(thing, dict)])

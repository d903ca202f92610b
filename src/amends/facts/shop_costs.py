"""What a return costs a shop beside the money: its own figures, from its contracts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from amends.basics.currencies import EXPONENTS
from amends.basics.money import UnableToReadAmount, read_minor, write_minor

AMOUNTS: Final = ("out_freight", "back_freight", "handling", "fee", "insurance")
SHARES: Final = ("loss_b", "loss_c", "loss_d")


class UnableToReadCosts(ValueError):
    """A figure cannot be read; `field` names it, the message says what would be right."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field


@dataclass(frozen=True, slots=True)
class ShopCosts:
    """Of one return, in minor units of the shop's currency: freight out and back, handling, the payment's fee that stays behind, what an
    insurer pays. `loss_b`, `loss_c`, `loss_d`: how much of what was paid is lost on goods of that grade, in hundredths.
    """

    currency: str
    out_freight: int = 0
    back_freight: int = 0
    handling: int = 0
    fee: int = 0
    insurance: int = 0
    loss_b: int = 0
    loss_c: int = 0
    loss_d: int = 100

    def told(self) -> dict[str, str]:
        """Will give the figures as people write them."""
        digits = EXPONENTS.get(self.currency, 2)
        amounts = {name: write_minor(getattr(self, name), digits) for name in AMOUNTS}
        return amounts | {name: str(getattr(self, name)) for name in SHARES}


def read_costs(told: Mapping[str, Any], currency: str) -> ShopCosts:
    """Will read what people wrote; what is left empty counts as it did before anything was said."""
    found: dict[str, int] = {}
    for one in fields(ShopCosts):
        text = str(told.get(one.name) or "").strip()
        if one.name == "currency" or not text:
            continue
        found[one.name] = _amount(one.name, text, currency) if one.name in AMOUNTS else _share(one.name, text)
    return ShopCosts(currency, **found)


def _amount(name: str, text: str, currency: str) -> int:
    try:
        amount = read_minor(text, EXPONENTS[currency])
    except (UnableToReadAmount, KeyError) as fault:
        raise UnableToReadCosts(name, f"{text!r} is no amount of {currency}; write for example 8.50") from fault
    if not 0 <= amount < 10**12:
        raise UnableToReadCosts(name, "an amount from 0 up is needed")
    return amount


def _share(name: str, text: str) -> int:
    if text.isdecimal() and int(text) <= 100:
        return int(text)
    raise UnableToReadCosts(name, f"{text!r} is no share; write a whole number of percent from 0 to 100")

"""The smallest units in which gateways want amounts, where they are others than ISO 4217's: the same number would be another sum of money.

Source: the vendors' pages on currencies, checked 2026-11. Stripe counts ISK and UGX in hundredths and MGA in whole ones, and takes no
thousandths where there are any. Adyen counts CLP and ISK in hundredths, CVE and IDR in whole ones. PayPal takes no fractions of HUF,
JPY, TWD.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from amends.basics.currencies import EXPONENTS
from amends.basics.money import Minor, write_minor
from amends.facts.wire import UnableToSend

_THREE: Final = ("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND")


@dataclass(frozen=True, slots=True)
class Units:
    """How a gateway counts. `digits`: after the point, where it has others than the standard; `finest`: after it, what it takes at all."""

    gateway: str
    digits: Mapping[str, int] = field(default_factory=dict)
    finest: Mapping[str, int] = field(default_factory=dict)

    def theirs(self, amount: Minor, currency: str) -> int:
        """Our amount as a whole number of the gateway's units. Raises `UnableToSend` where it cannot be said there to the unit."""
        self._fits(amount, currency)
        ours, there = EXPONENTS.get(currency, 2), self._digits(currency)
        return amount * _ten(there - ours) if there >= ours else amount // _ten(ours - there)

    def ours(self, told: int | None, currency: str | None) -> Minor | None:
        """The gateway's amount in our units; a part of our smallest unit counts as a whole one, and agrees with no lesser sum."""
        if told is None or currency is None:
            return told
        more = EXPONENTS.get(currency, 2) - self._digits(currency)
        return told * _ten(more) if more >= 0 else -(-told // _ten(-more))

    def text(self, amount: Minor, currency: str, digits: int) -> str:
        """Our amount as the gateway wants it written: without a point where it takes no fractions. Raises `UnableToSend`."""
        self._fits(amount, currency)
        finest = min(digits, self.finest.get(currency, digits))
        return write_minor(amount // _ten(digits - finest), finest)

    def _digits(self, currency: str) -> int:
        return self.digits.get(currency, EXPONENTS.get(currency, 2))

    def _fits(self, amount: Minor, currency: str) -> None:
        digits = EXPONENTS.get(currency, 2)
        finest = min(digits, self._digits(currency), self.finest.get(currency, digits))
        if amount % _ten(digits - finest):
            shown = write_minor(amount, digits)
            raise UnableToSend(
                f"{self.gateway} takes {currency} with at most {finest} digits after the point, and this is {shown}; "
                "pay it by another way"
            )


def _ten(digits: int) -> int:
    return int("1" + "0" * digits)


STRIPE: Final = Units("stripe", {"ISK": 2, "UGX": 2, "MGA": 0}, dict.fromkeys(_THREE, 2))
ADYEN: Final = Units("adyen", {"CLP": 2, "ISK": 2, "CVE": 0, "IDR": 0})
PAYPAL: Final = Units("paypal", finest={"HUF": 0, "JPY": 0, "TWD": 0})

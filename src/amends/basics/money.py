"""Money as integer minor units. No binary fraction ever comes near it.

Inside one case every amount is a plain ``int`` of minor units in the order's currency (`Minor`); `Money` carries its
currency along and is for the borders: policies, caps in a rule pack, what people are shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from amends.basics.currencies import EXPONENTS

Minor = int
"""An amount in minor units (fen, cents, yen) of a currency that the context names."""

_AMOUNT: Final = re.compile(r"(-?)(\d{1,15})(?:\.(\d+))?", re.ASCII)
_SHOWN_DIGITS = 40


class UnableToReadAmount(ValueError):
    """The text is not an amount that the currency can hold; the message says what would be."""


class UnableToMixCurrencies(ValueError):
    """Two amounts of different currencies cannot be added or compared."""


def exponent(currency: str) -> int:
    """Digits after the point that `currency` (ISO 4217 code) has: JPY 0, CNY 2, KWD 3."""
    try:
        return EXPONENTS[currency]
    except KeyError:
        raise UnableToReadAmount(
            f"currency {currency!r} is not a known ISO 4217 code with minor units; use for example CNY, EUR or JPY"
        ) from None


def read_minor(text: str, digits: int) -> Minor:
    """Minor units of a decimal string such as ``"268.00"`` with at most `digits` places after the point.

    Raises `UnableToReadAmount` for anything else: other signs, spaces, exponents, thousands marks, over-precision.
    """
    whole, point, part = text.partition(".")
    if whole.isdecimal() and whole.isascii() and len(whole) < 16 and len(part) == digits:
        if not point and not digits:
            return int(whole)
        if part.isdecimal() and part.isascii():
            return int(whole + part)
    return _read_unusual(text, digits)


def _read_unusual(text: str, digits: int) -> Minor:
    found = _AMOUNT.fullmatch(text)
    if not found:
        shown = text if len(text) <= _SHOWN_DIGITS else text[:_SHOWN_DIGITS] + "..."
        example = f"{12:d}.{'5'.ljust(digits, '0')}" if digits else "1250"
        raise UnableToReadAmount(f"{shown!r} is not an amount; write a decimal string such as {example!r}")
    sign, whole, part = found.group(1), found.group(2), found.group(3) or ""
    kept = part.rstrip("0")
    if len(kept) > digits:
        raise UnableToReadAmount(f"{text!r} has more than {digits} digits after the point, which this currency has not")
    minor = int(whole + kept.ljust(digits, "0"))
    return -minor if sign else minor


def write_minor(minor: Minor, digits: int) -> str:
    """The decimal string of `minor` with exactly `digits` places: ``26800`` with 2 gives ``"268.00"``."""
    if not digits:
        return str(minor)
    sign, text = ("-", str(-minor)) if minor < 0 else ("", str(minor))
    text = text.rjust(digits + 1, "0")
    return f"{sign}{text[:-digits]}.{text[-digits:]}"


def share(amount: Minor, part: int, whole: int) -> Minor:
    """`amount` x `part` / `whole`, rounded half up to the minor unit (contract, section 5). All must be >= 0, `whole` > 0."""
    if amount < 0 or part < 0 or whole <= 0:
        raise ValueError(
            f"cannot take {part}/{whole} of {amount}: amounts and parts must not be negative, the whole positive"
        )
    return (2 * amount * part + whole) // (2 * whole)


def split(total: Minor, weights: Sequence[int]) -> list[Minor]:
    """`total` in parts by `weights`, largest remainder first; the parts always sum to `total`.

    Equal remainders go to the earlier part. All weights zero: everything falls on the first part.
    """
    if not weights:
        raise ValueError("cannot split an amount over no parts")
    if total < 0 or any(weight < 0 for weight in weights):
        raise ValueError("cannot split: total and weights must not be negative")
    whole = sum(weights)
    if whole == 0:
        return [total, *([0] * (len(weights) - 1))]
    parts = [total * weight // whole for weight in weights]
    left = total - sum(parts)
    order = sorted(range(len(weights)), key=lambda index: (-(total * weights[index] % whole), index))
    for index in order[:left]:
        parts[index] += 1
    return parts


@dataclass(frozen=True, slots=True)
class Money:
    """An amount with its currency: `minor` units of an ISO 4217 `currency`."""

    minor: Minor
    currency: str

    @classmethod
    def read(cls, text: str, currency: str) -> Money:
        """Money of a decimal string; `UnableToReadAmount` says what is wrong with it."""
        return cls(read_minor(text, exponent(currency)), currency)

    @classmethod
    def read_named(cls, text: str) -> Money:
        """Money of a text that names its currency, amount first: ``"2000 CNY"``."""
        amount, _, currency = text.strip().partition(" ")
        if not currency:
            raise UnableToReadAmount(f'{text!r} names no currency; write for example "2000 CNY"')
        return cls.read(amount, currency.strip())

    def plain(self) -> str:
        """The decimal string, without currency, with all its digits."""
        return write_minor(self.minor, exponent(self.currency))

    def __str__(self) -> str:
        return f"{self.plain()} {self.currency}"

    def __add__(self, other: Money) -> Money:
        self._must_match(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._must_match(other)
        return Money(self.minor - other.minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        self._must_match(other)
        return self.minor < other.minor

    def __le__(self, other: Money) -> bool:
        self._must_match(other)
        return self.minor <= other.minor

    def _must_match(self, other: Money) -> None:
        if self.currency != other.currency:
            raise UnableToMixCurrencies(f"{self} and {other} have different currencies; convert one of them first")

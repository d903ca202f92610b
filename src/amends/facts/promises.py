"""What a shop's policy promises buyers of one market, in numbers: the ground of the page that tells them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Used = Literal["full", "deducted", "refused"]
PAGE_MARKETS: Final = (
    "CN",
    "TW",
    "DE",
    "FR",
    "AT",
    "IT",
    "ES",
    "NL",
    "IE",
    "GB",
    "US",
    "US-CA",
    "US-NY",
    "JP",
    "KR",
    "SG",
    "AU",
)
"""Markets for which a page can be made."""
EU: Final = frozenset("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split())
CURRENCIES: Final = {
    "CN": "CNY",
    "TW": "TWD",
    "GB": "GBP",
    "US": "USD",
    "US-CA": "USD",
    "US-NY": "USD",
    "JP": "JPY",
    "KR": "KRW",
    "SG": "SGD",
    "AU": "AUD",
}


def currency_of(market: str) -> str:
    """The currency in which a market's page speaks."""
    return CURRENCIES.get(market, "EUR")


@dataclass(frozen=True, slots=True)
class Reach:
    """How long something is granted, in days from delivery (0: never). `by`: the rules that grant it on its last day.

    `payer`: who pays the way back; `shipping`: whether what delivery cost comes back, too; `remedy`: what is given.
    `at_least`: the last day tried.
    """

    days: int
    payer: str | None = None
    shipping: bool = False
    remedy: str = ""
    by: tuple[str, ...] = ()
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Promises:
    """What the desk would decide for the plain cases of one market.

    `right`: the part of `no_reason` that law or platform grant, whatever the policy says.

    `used`: what happens to goods that were used beyond trying them, within the days of `no_reason`. `refund_days`: how soon
    money goes back once due.
    """

    market: str
    right: Reach
    no_reason: Reach
    used: Used
    excluded: tuple[str, ...]
    defect: Reach
    repair: Reach
    damaged: Reach
    missing: Reach
    cancel: bool
    lost: bool
    refund_days: int | None

"""Balances of the book, added up from its entries. No balance is ever stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from amends.basics.money import Minor
from amends.facts.book import GIVEN_BACK, Account, BookLine, Entry


def balances(entries: Iterable[Entry]) -> dict[tuple[str, Account], Minor]:
    """Every account's balance by currency, added up."""
    found: dict[tuple[str, Account], Minor] = defaultdict(int)
    for entry in entries:
        for line in entry.lines:
            found[entry.currency, line.account] += line.amount
    return dict(found)


def captured(entries: Iterable[Entry], payment: str) -> Minor:
    """What came in by a payment."""
    return -sum([line.amount for entry in entries for line in entry.lines if _is(line, payment, ("sales",))])


def given_back(entries: Iterable[Entry], payment: str) -> Minor:
    """What the buyer has had back of a payment, in every form that counts against it."""
    return sum([line.amount for entry in entries for line in entry.lines if _is(line, payment, GIVEN_BACK)])


def _is(line: BookLine, payment: str, accounts: tuple[Account, ...]) -> bool:
    return line.payment == payment and line.account in accounts

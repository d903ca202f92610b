"""The book's nouns: entries of balanced lines. Positive amounts are debits, negative ones credits; every entry sums to zero."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from amends.basics.money import Minor

Account = Literal[
    "gateway",
    "sales",
    "refunded",
    "credit_given",
    "credit_owed",
    "goodwill",
    "damages",
    "chargeback",
    "claim",
    "fee",
    "freight",
    "insurance",
    "outside",
]
GIVEN_BACK: Final[tuple[Account, ...]] = ("refunded", "credit_given", "goodwill", "claim", "chargeback")
"""Accounts that count together against what was paid: whatever a buyer has had back in any form. Damages stand beside it."""
EntryKind = Literal[
    "capture",
    "refund",
    "refund_reversed",
    "store_credit",
    "goodwill",
    "damages",
    "outside_refund",
    "chargeback",
    "chargeback_reversed",
    "fee",
    "freight",
    "insurance",
    "claim",
]


class UnableToPost(ValueError):
    """An entry does not balance or mixes currencies; the message says which."""


@dataclass(frozen=True, slots=True)
class BookLine:
    """One side of an entry: `amount` in minor units, and what it is about (a payment, an order line or neither)."""

    account: Account
    amount: Minor
    payment: str | None = None
    line: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A balanced entry. `key` is unique: the same event posted twice is one entry. `step`: the key of the step it settles."""

    key: str
    kind: EntryKind
    at: datetime
    currency: str
    lines: tuple[BookLine, ...]
    step: str | None = None
    note: str = ""

    def __post_init__(self) -> None:
        total = sum([line.amount for line in self.lines])
        if total or not self.lines:
            raise UnableToPost(f"entry {self.key}: its lines sum to {total}, they must sum to 0")

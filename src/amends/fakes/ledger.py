"""A fake's money: payments captured, refunds moved, and nothing ever paid back beyond what was captured."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Literal

from amends.basics.money import Minor

RefundState = Literal["pending", "succeeded", "failed"]
_HELD: Final = ("pending", "succeeded")
_MOVES: Final[dict[str, tuple[RefundState, ...]]] = {
    "pending": ("succeeded", "failed"),
    "succeeded": ("failed",),
    "failed": (),
}

Why = Literal["no_payment", "over", "currency", "amount", "disputed", "moves"]


class UnableToMove(ValueError):
    """The money cannot be moved so; `why` says it in a word, the message in words."""

    def __init__(self, why: Why, message: str) -> None:
        super().__init__(message)
        self.why = why


class Shelf:
    """Named values that survive the process where a file is given; in memory only where none is."""

    def __init__(self, file: str | None = None) -> None:
        self._base = sqlite3.connect(file or ":memory:", check_same_thread=False, isolation_level=None)
        self._base.execute("PRAGMA journal_mode=WAL")
        self._base.execute("PRAGMA synchronous=OFF")
        self._base.execute(
            "CREATE TABLE IF NOT EXISTS kept (kind TEXT, name TEXT, value TEXT, PRIMARY KEY (kind, name))"
        )

    def keep(self, kind: str, name: str, value: Any) -> None:
        """Put a JSON value under its name, in place of what was there."""
        insert = "INSERT INTO kept VALUES (?, ?, ?) ON CONFLICT (kind, name) DO UPDATE SET value = excluded.value"
        self._base.execute(insert, (kind, name, json.dumps(value)))  # not REPLACE: that would lose the order

    def get(self, kind: str, name: str) -> Any | None:
        """The value under this name, or None."""
        row = self._base.execute("SELECT value FROM kept WHERE kind = ? AND name = ?", (kind, name)).fetchone()
        return None if row is None else json.loads(row[0])

    def all(self, kind: str) -> list[Any]:
        """The values of a kind, in the order in which they were first put."""
        rows = self._base.execute("SELECT value FROM kept WHERE kind = ? ORDER BY rowid", (kind,))
        return [json.loads(row[0]) for row in rows]

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is put within the block survives as a whole or not at all."""
        self._base.execute("BEGIN")
        try:
            yield
        finally:
            self._base.execute("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()


@dataclass(slots=True)
class Payment:
    """Money captured from a buyer: `amount` in minor units; `at` in seconds since 1970; `detail` is the provider's own."""

    id: str
    amount: Minor
    currency: str
    at: int
    disputed: bool = False
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Refund:
    """Money on its way back. `key` is the caller's own number for it (empty: made at the provider's own console).

    `was_moved`: it has been `succeeded` at some time; `failed` after that is a late reversal.
    """

    id: str
    key: str
    payment: str
    amount: Minor
    currency: str
    state: RefundState
    at: int
    was_moved: bool = False
    detail: dict[str, Any] = field(default_factory=dict)


class Ledger:
    """Payments and refunds with their balances. Callers hold the fake's lock."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._payments = {value["id"]: Payment(**value) for value in shelf.all("payment")}
        self._refunds = {value["id"]: Refund(**value) for value in shelf.all("refund")}
        self._of: dict[str, list[Refund]] = {}
        for refund in self._refunds.values():
            self._of.setdefault(refund.payment, []).append(refund)

    def capture(self, payment: Payment) -> Payment:
        """Take a payment in. The same id again: the payment that is there stays."""
        if payment.amount <= 0:
            raise UnableToMove("amount", f"amount: {payment.amount} should be above 0")
        kept = self._payments.setdefault(payment.id, payment)
        self.save_payment(kept)
        return kept

    def save_payment(self, payment: Payment) -> None:
        """Keep what was changed about a payment."""
        self._shelf.keep("payment", payment.id, asdict(payment))

    def payment(self, name: str) -> Payment | None:
        """The payment with this id."""
        return self._payments.get(name)

    def payments(self) -> list[Payment]:
        """All payments, oldest first."""
        return list(self._payments.values())

    def refund(self, refund: Refund) -> Refund:
        """Take a refund in. Raises `UnableToMove` for an unknown payment, another currency, or more than is left."""
        payment = self._payments.get(refund.payment)
        if payment is None:
            raise UnableToMove("no_payment", f"no payment has the id {refund.payment}")
        if refund.currency != payment.currency:
            raise UnableToMove("currency", f"the payment is in {payment.currency}, not in {refund.currency}")
        if payment.disputed:
            raise UnableToMove("disputed", f"payment {payment.id} has been charged back")
        if refund.amount <= 0:
            raise UnableToMove("amount", f"amount: {refund.amount} should be above 0")
        if refund.amount > self.left(payment.id):
            raise UnableToMove("over", f"{refund.amount} is more than the {self.left(payment.id)} that is left")
        refund.was_moved = refund.state == "succeeded"
        self._refunds[refund.id] = refund
        self._of.setdefault(refund.payment, []).append(refund)
        self.save(refund)
        return refund

    def move(self, name: str, state: RefundState) -> Refund:
        """Bring a refund to its next state. Raises `UnableToMove` where there is no such way or no such refund."""
        refund = self._refunds.get(name)
        if refund is None:
            raise UnableToMove("moves", f"no refund has the id {name}")
        if state not in _MOVES[refund.state]:
            raise UnableToMove("moves", f"refund {name} is {refund.state}; it cannot become {state}")
        refund.state = state
        refund.was_moved = refund.was_moved or state == "succeeded"
        self.save(refund)
        return refund

    def save(self, refund: Refund) -> None:
        """Keep what was changed about a refund."""
        self._shelf.keep("refund", refund.id, asdict(refund))

    def get(self, name: str) -> Refund | None:
        """The refund with this id."""
        return self._refunds.get(name)

    def refunds(self, payment: str | None = None) -> list[Refund]:
        """Refunds of one payment, or all, oldest first."""
        return list(self._refunds.values()) if payment is None else list(self._of.get(payment, ()))

    def by_key(self, key: str, payment: str | None = None) -> Refund | None:
        """The refund with the caller's own number, if any."""
        return next((refund for refund in self.refunds(payment) if refund.key == key), None)

    def moved(self, payment: str) -> Minor:
        """What has been paid back of a payment and stayed so."""
        return sum([refund.amount for refund in self.refunds(payment) if refund.state == "succeeded"])

    def left(self, payment: str) -> Minor:
        """What may still be paid back: captured less what is paid back or on its way."""
        held = sum([refund.amount for refund in self.refunds(payment) if refund.state in _HELD])
        return self._payments[payment].amount - held

    def balance(self, payment: str) -> dict[str, Any]:
        """A payment's balance as plain values, in minor units."""
        paid, moved, left = self._payments[payment], self.moved(payment), self.left(payment)
        pending = paid.amount - moved - left
        return {
            "id": paid.id,
            "currency": paid.currency,
            "captured": paid.amount,
            "refunded": moved,
            "pending": pending,
            "left": left,
        }

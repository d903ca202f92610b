"""Events of money as balanced entries: what goes into the book. Pure; what was written is never edited."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from amends.basics.money import Minor
from amends.facts.book import Account, BookLine, Entry, EntryKind
from amends.facts.plan import Step, StepKind

_DEBIT: Final[Mapping[StepKind, tuple[Account, EntryKind]]] = {
    "refund": ("refunded", "refund"),
    "store_credit": ("credit_given", "store_credit"),
    "goodwill": ("goodwill", "goodwill"),
    "damages": ("damages", "damages"),
}


def capture(order: str, payment: str, amount: Minor, currency: str, at: datetime) -> Entry:
    """Money that came in by a payment."""
    lines = (BookLine("gateway", amount, payment), BookLine("sales", -amount, payment))
    return Entry(f"capture:{order}:{payment}", "capture", at, currency, lines)


def outside_refund(key: str, payment: str, amount: Minor, currency: str, at: datetime, note: str) -> Entry:
    """Money that went back by other hands (the platform's own console, before Amends): it counts like our own."""
    lines = (BookLine("refunded", amount, payment), BookLine("outside", -amount, payment))
    return Entry(f"outside:{key}", "outside_refund", at, currency, lines, note=note)


def settled(step: Step, at: datetime, reference: str | None) -> Entry:
    """A step that succeeded: each part on its line, against the account the money left."""
    account, kind = _DEBIT[step.kind]
    sides = [BookLine(account, part.amount, step.payment, part.line or "shipping") for part in step.parts]
    if not sides:
        sides = [BookLine(account, step.amount, step.payment)]
    source: Account = "credit_owed" if step.kind == "store_credit" else "gateway"
    lines = (*sides, BookLine(source, -step.amount, step.payment))
    return Entry(f"settled:{step.key}", kind, at, step.currency, lines, step.key, reference or "")


def reversed_(step: Step, at: datetime, note: str) -> Entry:
    """A success that came back: the same entry with its sides turned round, as an event of its own."""
    first = settled(step, at, None)
    lines = tuple([BookLine(line.account, -line.amount, line.payment, line.line) for line in first.lines])
    return Entry(f"reversed:{step.key}", "refund_reversed", at, step.currency, lines, step.key, note)


def chargeback(key: str, payment: str, amount: Minor, currency: str, at: datetime, *, won: bool = False) -> Entry:
    """Money that a dispute took; with `won`, the money that came back after it."""
    sign = -1 if won else 1
    lines = (BookLine("chargeback", sign * amount, payment), BookLine("gateway", -sign * amount, payment))
    kind: EntryKind = "chargeback_reversed" if won else "chargeback"
    return Entry(f"{kind}:{key}", kind, at, currency, lines)


def cost(key: str, account: Account, amount: Minor, currency: str, at: datetime, note: str = "") -> Entry:
    """A cost beside the buyer's money: a fee, freight, or (negative) what an insurer or carrier paid."""
    if account not in ("fee", "freight", "insurance", "claim"):
        raise ValueError(f"{account!r} is no account of costs; use fee, freight, insurance or claim")
    lines = (BookLine(account, amount), BookLine("gateway", -amount))
    return Entry(f"{account}:{key}", account, at, currency, lines, note=note)

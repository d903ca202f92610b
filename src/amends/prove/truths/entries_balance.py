"""Every entry of the book sums to zero."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from amends.facts.rulebook import Says
from amends.facts.truths import Ledger, Offender

NAME = "entries_balance"
SAYS = Says("Every entry balances.", "每笔分录借贷相等。")


def offenders(ledger: Ledger, now: datetime) -> Iterable[Offender]:
    """Everything that breaks it."""
    return [Offender(f"entry {key}", f"its lines sum to {total}") for key, total in ledger.unbalanced()]

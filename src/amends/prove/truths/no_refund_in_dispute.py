"""A dispute moves the same money; both would pay twice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from amends.facts.rulebook import Says
from amends.facts.truths import Ledger, Offender

NAME = "no_refund_in_dispute"
SAYS = Says("No refund is on its way on a payment whose dispute is open.", "有未结争议的付款上没有在途退款。")


def offenders(ledger: Ledger, now: datetime) -> Iterable[Offender]:
    """Everything that breaks it."""
    return [
        Offender(f"step {step.key}", "the payment has an open dispute")
        for step in ledger.steps()
        if step.disputed and step.state in ("proposed", "requested")
    ]

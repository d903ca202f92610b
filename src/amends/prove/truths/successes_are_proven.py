"""A success without a number cannot be proven, one without an entry is not counted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from amends.facts.rulebook import Says
from amends.facts.truths import Ledger, Offender

NAME = "successes_are_proven"
SAYS = Says(
    "Every refund that succeeded has its gateway number and its one entry in the book.",
    "每笔成功的退款都有通道单号和唯一的记账分录。",
)


def offenders(ledger: Ledger, now: datetime) -> Iterable[Offender]:
    """Everything that breaks it."""
    return [
        Offender(f"step {step.key}", wrong)
        for step in ledger.steps()
        if step.state == "succeeded"
        for wrong in (
            *(["it has no number of the gateway"] if not step.reference else []),
            *([f"the book holds {step.booked}, it paid {step.amount}"] if step.booked != step.amount else []),
        )
    ]

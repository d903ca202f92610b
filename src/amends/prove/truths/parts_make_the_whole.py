"""Lines and shipping together are what is paid."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from amends.facts.rulebook import Says
from amends.facts.truths import Ledger, Offender

NAME = "parts_make_the_whole"
SAYS = Says("The parts of every step sum to its amount.", "每个步骤的各部分之和等于其金额。")


def offenders(ledger: Ledger, now: datetime) -> Iterable[Offender]:
    """Everything that breaks it."""
    return [
        Offender(f"step {step.key}", f"its parts sum to {step.parts}, it pays {step.amount}")
        for step in ledger.steps()
        if step.kind == "refund" and step.parts != step.amount
    ]

"""Reversed, failed and open steps weigh nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from amends.facts.rulebook import Says
from amends.facts.truths import Ledger, Offender

NAME = "book_agrees_with_steps"
SAYS = Says("The book holds nothing for steps that paid nothing.", "未付款的步骤在账上没有金额。")


def offenders(ledger: Ledger, now: datetime) -> Iterable[Offender]:
    """Everything that breaks it."""
    found = [
        Offender(f"step {step.key}", f"it is {step.state}, yet the book holds {step.booked} for it")
        for step in ledger.steps()
        if step.state != "succeeded" and step.booked
    ]
    return [*found, *[Offender(f"entry {key}", "its step is not there") for key in ledger.orphan_entries()]]

"""A step that nobody would ever look at again is a lost refund."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from amends.facts.plan import OPEN
from amends.facts.rulebook import Says
from amends.facts.truths import Ledger, Offender

NAME = "intents_have_runs"
SAYS = Says("Every step that is not at its end is on the agenda.", "每个未完结的步骤都在待办里。")


def offenders(ledger: Ledger, now: datetime) -> Iterable[Offender]:
    """Everything that breaks it."""
    return [
        Offender(f"step {step.key}", f"it is {step.state}, and nothing will look at it again")
        for step in ledger.steps()
        if step.state in OPEN and not step.is_due
    ]

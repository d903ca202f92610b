"""The log of every case is whole, and leads to where the case is said to stand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from amends.facts.rulebook import Says
from amends.facts.truths import Ledger, Offender

NAME = "logs_are_whole"
SAYS = Says("Every case's log is whole and leads to where the case stands.", "每张售后单的日志完整，且与当前状态一致。")


def offenders(ledger: Ledger, now: datetime) -> Iterable[Offender]:
    """Everything that breaks it."""
    return [Offender(f"case {key}", wrong) for key, wrong in ledger.broken_logs(now)]

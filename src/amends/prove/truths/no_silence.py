"""Unknown is allowed; unknown and unseen is not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from amends.facts.plan import OPEN
from amends.facts.rulebook import Says
from amends.facts.truths import Ledger, Offender

NAME = "no_silence"
SAYS = Says("No step is without an outcome for more than a day without an alarm.", "没有步骤超过一天无结果而无人知晓。")
_LONG: Final = timedelta(days=1)


def offenders(ledger: Ledger, now: datetime) -> Iterable[Offender]:
    """Everything that breaks it."""
    return [
        Offender(f"step {step.key}", f"called on {step.called_at:%Y-%m-%d %H:%M} UTC, no outcome, and nobody was told")
        for step in ledger.steps()
        if step.state in OPEN
        and step.called_at
        and now - step.called_at > _LONG
        and not step.alarm
        and step.gateway != "manual"
    ]

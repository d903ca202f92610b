"""What gateways tell does not pile up unread."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from amends.facts.rulebook import Says
from amends.facts.truths import Ledger, Offender

NAME = "notices_are_worked_on"
SAYS = Says("Notices are worked on.", "通道通知都已处理。")
_MOST_WAITING: Final = 20
"""A few are always on their way."""


def offenders(ledger: Ledger, now: datetime) -> Iterable[Offender]:
    """Everything that breaks it."""
    waiting = ledger.waiting_notices().get("received", 0)
    return [Offender("the inbox", f"{waiting} notices were kept and not applied")] if waiting > _MOST_WAITING else []

"""Alerts before a dispute: what is told, and what is told back. The merchant refunds (Ethoca, CDRN), or the network did (RDR)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

from amends.basics.money import Minor
from amends.facts.dispute_wire import FightReceipt, Talk
from amends.facts.wire import Seal

OUTCOMES: Final = ("refunded", "already_refunded", "already_disputed", "not_refunded", "not_found")
"""What is told back."""


@dataclass(frozen=True, slots=True)
class Alert:
    """An alert as told. `payment`: a number of the payment, where they have it; `resolved`: the network has paid back by itself already."""

    reference: str
    amount: Minor
    currency: str
    payment: str
    last4: str
    paid: datetime | None
    reason: str
    forum: str
    at: datetime | None
    due: datetime | None
    resolved: bool
    more: Mapping[str, Any]


class UnableToReadAlert(ValueError):
    """An alert cannot be read; the message names the field and says what would be right."""


class UnableToTrustAlert(ValueError):
    """An alert does not prove where it comes from."""


class AlertAnswers(Protocol):
    """How an outcome is told back."""

    def tell(self, reference: str, outcome: str, refund: str, key: str, seal: Seal) -> Talk[FightReceipt]:
        """Tell it, in one request. Told again it changes nothing there."""
        ...

"""Caps hold over all forms of giving back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from amends.facts.rulebook import Says
from amends.facts.truths import Ledger, Offender

NAME = "never_above_paid"
SAYS = Says(
    "Nothing pays back more than was paid, per payment, line, shipping and order.",
    "任何付款、商品行、运费、订单的退款都不超过实付。",
)


def offenders(ledger: Ledger, now: datetime) -> Iterable[Offender]:
    """Everything that breaks it."""
    return [
        Offender(cap.what, f"{cap.reserved} went back or is promised, {cap.most} was paid")
        for cap in ledger.caps()
        if cap.reserved > cap.most
    ]

"""Money that a buyer has to give for a remedy: a price difference, a repair, a deposit. Asked, consented to, confirmed. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from amends.basics.money import Minor
from amends.basics.moves import MoveTable

PURPOSES: Final = ("difference", "repair", "deposit")
CHARGE: Final = MoveTable(
    "charge",
    "asked",
    {
        "asked": {"agree": "agreed", "decline": "declined", "drop": "dropped"},
        "agreed": {"pay": "paid", "hold": "held", "drop": "dropped"},
        "held": {"release": "released", "fall_due": "due", "lapse": "lapsed"},
        "due": {"release": "released", "capture": "captured", "lapse": "lapsed"},
        "paid": {"give_back": "given_back"},
        "captured": {"give_back": "given_back"},
        "declined": {},
        "dropped": {"pay": "paid"},
        "released": {"capture": "captured"},
        "lapsed": {},
        "given_back": {},
    },
)
"""Every state of a charge and how it gets there. No state is reached twice, so nothing is charged, captured or given back twice.
A payment or a capture that was on its way when it was called off is written down when it comes, and goes back. `lapsed`: what was held
was let go by time."""
OPEN: Final = frozenset({"asked", "agreed", "held", "due"})
"""States in which somebody still has to do something."""
IN_HAND: Final = frozenset({"paid", "captured"})
"""States in which the shop has the buyer's money."""


@dataclass(frozen=True, slots=True)
class Charge:
    """What a buyer is asked to pay or to have held. `number` counts from 1 in its case. `text`: what the buyer consents to, word for
    word. `link`: where it is paid, or how the platform calls it. `reference`: what proves that it was paid or held."""

    number: int
    purpose: str
    amount: Minor
    currency: str
    text: str
    link: str
    asked_by: str
    asked_at: datetime
    state: str = "asked"
    agreed_by: str = ""
    agreed_at: datetime | None = None
    reference: str = ""
    settled_at: datetime | None = None


def payment_name(case: int, charge: int) -> str:
    """How the order's book calls the payment that a charge brought in."""
    return f"extra-{case}-{charge}"

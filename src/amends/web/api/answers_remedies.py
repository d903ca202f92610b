"""What the API answers about remedies, and how it is written."""

from __future__ import annotations

from collections.abc import Sequence

from amends.facts.charges import Charge
from amends.facts.going_out import StockHold
from amends.web.api.answers import Told
from amends.web.api.told import Json, amount


class HoldTold(Told):
    """Stock that is or was held. `state`: held, shipped, released."""

    line: str
    sku: str
    quantity: int
    until: str
    state: str


class ChargeTold(Told):
    """What the buyer is asked for. `purpose`: difference, repair, deposit."""

    id: int
    purpose: str
    amount: str
    currency: str
    text: str
    link: str
    state: str
    agreed_at: str | None
    reference: str


class RemedyTold(Told):
    """The stock held for a case, and what its buyer is asked for."""

    holds: list[HoldTold]
    charges: list[ChargeTold]


def remedy(holds: Sequence[StockHold], charges: Sequence[Charge]) -> Json:
    """The stock held for a case, and what its buyer is asked for."""
    return {
        "holds": [
            {
                "line": one.line,
                "sku": one.sku,
                "quantity": one.quantity,
                "until": one.until.isoformat(),
                "state": one.state,
            }
            for one in holds
        ],
        "charges": [
            {
                "id": one.number,
                "purpose": one.purpose,
                "amount": amount(one.amount, one.currency),
                "currency": one.currency,
                "text": one.text,
                "link": one.link,
                "state": one.state,
                "agreed_at": one.agreed_at.isoformat() if one.agreed_at else None,
                "reference": one.reference,
            }
            for one in charges
        ],
    }

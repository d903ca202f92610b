"""Price protection (价保): the price fell within the promised period. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from amends.basics.money import Minor, share
from amends.facts.case import Case, RequestedLine


@dataclass(frozen=True, slots=True)
class PriceDrop:
    """What comes back for a line whose price fell. `was`, `now`: for one piece; `amount`: for all of them. `refused`: a code why nothing
    comes back, "" where it does: no_period, no_start, over, not_lower, paid."""

    line: str
    quantity: int
    was: Minor
    now: Minor
    amount: Minor
    until: datetime | None
    refused: str = ""


def price_drop(
    case: Case, item: RequestedLine, now: Minor, days: int | None, asked_at: datetime, *, paid: bool
) -> PriceDrop:
    """What a line's lower price gives back: what was paid less the price now times its pieces, asked for within so many days of payment.

    `days`: the promised period, None where nothing was promised. `paid`: whether it was paid for this line before.
    """
    start = case.order.paid_at or case.order.placed_at
    until = None if days is None or start is None else start + timedelta(days=days)
    line, pieces = item.line, item.quantity
    gave = line.paid if pieces == line.quantity else share(line.paid, pieces, line.quantity)
    amount = max(0, gave - now * pieces)
    if days is None:
        refused = "no_period"
    elif until is None:
        refused = "no_start"
    elif asked_at > until:
        refused = "over"
    elif not amount:
        refused = "not_lower"
    else:
        refused = "paid" if paid else ""
    return PriceDrop(line.id, pieces, gave // pieces, now, 0 if refused else amount, until, refused)

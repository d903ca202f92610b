"""Exchange: what a cheaper replacement gives back goes by the payments it was paid with; what was paid on top comes back by its own."""

from __future__ import annotations

from collections.abc import Mapping

from amends.basics.money import Minor
from amends.facts.decision import Refund
from amends.facts.plan import Step
from amends.facts.steps import refund_steps, route_of, step_key


def difference_steps(
    shop: str, case: str, turn: int, currency: str, refund: Refund, routes: Mapping[str, str]
) -> tuple[Step, ...]:
    """The steps that give a price difference back; their keys are never those of the case's own refund."""
    return refund_steps(shop, f"{case}#difference", turn, currency, refund, routes)


def give_back_step(
    shop: str,
    case: str,
    charge: int,
    payment: str,
    amount: Minor,
    currency: str,
    routes: Mapping[str, str],
    by: str = "",
) -> Step:
    """The step that gives back money which the buyer paid on top: all of it, by the payment that brought it in, on no line.

    `by`: the gateway that took it in; where none did, the shop's way for transfers.
    """
    return Step(
        key=step_key(shop, f"{case}#charge", charge, "refund", payment, amount, currency),
        kind="refund",
        gateway=by or route_of(routes, "bank"),
        payment=payment,
        amount=amount,
        currency=currency,
        parts=(),
    )

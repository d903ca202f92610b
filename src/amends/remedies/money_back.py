"""Money back: refund only, return and refund, a lower price, compensation. One step for each payment it goes back by."""

from __future__ import annotations

from collections.abc import Mapping

from amends.facts.decision import Decision
from amends.facts.plan import Step
from amends.facts.steps import refund_steps

REMEDIES = frozenset({"refund_only", "return_refund", "price_adjustment", "compensation"})


def steps(shop: str, turn: int, decision: Decision, routes: Mapping[str, str]) -> tuple[Step, ...]:
    """The steps of a decision that pays back; none where it pays nothing."""
    refund = decision.refund
    if refund is None or not refund.total:
        return ()
    return refund_steps(shop, decision.case, turn, decision.currency, refund, routes)

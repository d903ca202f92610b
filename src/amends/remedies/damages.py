"""Damages and goodwill on top of a refund (小额打款): one step by the shop's way of paying buyers, on no payment and no line."""

from __future__ import annotations

from collections.abc import Mapping

from amends.basics.money import Minor
from amends.facts.decision import Decision
from amends.facts.plan import Step, StepKind
from amends.facts.steps import route_of, step_key


def steps(shop: str, turn: int, decision: Decision, routes: Mapping[str, str]) -> tuple[Step, ...]:
    """The step that pays the damages a decision names; none where it names none."""
    owed = decision.compensation
    if owed is None or not owed.amount:
        return ()
    return (_step(shop, decision.case, turn, "damages", owed.amount, decision.currency, route_of(routes, "damages")),)


def goodwill(
    shop: str, case: str, turn: int, amount: Minor, currency: str, routes: Mapping[str, str]
) -> tuple[Step, ...]:
    """A payment out of goodwill: counts with everything else against what was paid."""
    return (_step(shop, case, turn, "goodwill", amount, currency, route_of(routes, "goodwill")),)


def credit(
    shop: str, case: str, turn: int, amount: Minor, currency: str, routes: Mapping[str, str]
) -> tuple[Step, ...]:
    """Store credit in place of money: counts against what was paid, and can be taken back while it is unspent."""
    return (_step(shop, case, turn, "store_credit", amount, currency, "store_credit"),)


def _step(shop: str, case: str, turn: int, kind: StepKind, amount: Minor, currency: str, gateway: str) -> Step:
    return Step(
        key=step_key(shop, case, turn, kind, None, amount, currency),
        kind=kind,
        gateway=gateway,
        payment=None,
        amount=amount,
        currency=currency,
        parts=(),
        undoable=kind == "store_credit",
    )

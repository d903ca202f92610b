"""Making steps: their keys out of facts, and one refund spread over payments and order lines without losing a unit."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from amends.basics.money import Minor, split
from amends.facts.decision import Refund, Tender
from amends.facts.plan import LinePart, Step, StepKind
from amends.facts.rulebook import Says


class UnableToRoute(ValueError):
    """No way is known by which money of this method goes back; `says` names the method and what to set, in both languages."""

    def __init__(self, method: str) -> None:
        super().__init__(f"no gateway is set for payments by {method!r}; set one for this shop, for example manual")
        self.says = Says(str(self), f"未设置“{method}”付款的退款通道；请为该店铺设置一个，例如 manual（线下退款）")


def step_key(shop: str, case: str, turn: int, kind: StepKind, payment: str | None, amount: Minor, currency: str) -> str:
    """The key of a step: the same facts always give the same key, so that asking twice pays once.

    `turn` counts the pay-outs that were approved for the case on purpose, one after another (0 for the first).
    """
    facts = "\x1f".join([shop, case, str(turn), kind, payment or "", str(amount), currency])
    return "am" + hashlib.sha256(facts.encode()).hexdigest()[:30]


def route_of(routes: Mapping[str, str], method: str) -> str:
    """The gateway by which money of a payment method goes back. `UnableToRoute` where the shop has none."""
    gateway = routes.get(method)
    if gateway is None:
        raise UnableToRoute(method)
    return gateway


def net_parts(refund: Refund) -> list[LinePart]:
    """What of the refund's total falls on each line and on shipping: deductions are taken off in proportion."""
    gross = [LinePart(line.id, line.amount) for line in refund.lines]
    if refund.shipping:
        gross.append(LinePart(None, refund.shipping))
    amounts = split(refund.total, [part.amount for part in gross]) if gross else []
    return [LinePart(part.line, amount) for part, amount in zip(gross, amounts, strict=True) if amount]


def spread(parts: Sequence[LinePart], tenders: Sequence[Tender]) -> list[tuple[LinePart, ...]]:
    """The parts that each tender carries, filled in order; every tender's parts sum to its amount."""
    left = [part.amount for part in parts]
    found: list[tuple[LinePart, ...]] = []
    for tender in tenders:
        wanted, carried = tender.amount, []
        for index, part in enumerate(parts):
            taken = min(wanted, left[index])
            if taken:
                carried.append(LinePart(part.line, taken))
                left[index] -= taken
                wanted -= taken
        found.append(tuple(carried))
    return found


def refund_steps(
    shop: str, case: str, turn: int, currency: str, refund: Refund, routes: Mapping[str, str]
) -> tuple[Step, ...]:
    """One step for each tender: back by the way it was paid, points and credit to their own kind."""
    parts = spread(net_parts(refund), refund.tenders)
    return tuple(
        [
            Step(
                key=step_key(shop, case, turn, "refund", tender.payment, tender.amount, currency),
                kind="refund",
                gateway=route_of(routes, tender.method),
                payment=tender.payment,
                amount=tender.amount,
                currency=currency,
                parts=carried,
            )
            for tender, carried in zip(refund.tenders, parts, strict=True)
        ]
    )


def repeated(shop: str, case: str, turn: int, step: Step, gateway: str | None = None) -> Step:
    """A step that went wrong, once more on purpose: the same amount under the key of a new turn, by another way where one is named."""
    key = step_key(shop, case, turn, step.kind, step.payment, step.amount, step.currency)
    return replace(step, key=key, gateway=gateway or step.gateway)


def plan_digest(steps: Sequence[Step]) -> str:
    """A sum over everything that the steps will do: two plans with the same sum do the same."""
    return hashlib.sha256("\x1e".join([step_digest(step) for step in steps]).encode()).hexdigest()


def step_digest(step: Step) -> str:
    """A sum over everything a step says: the same key with another sum is a mistake, not a repeat."""
    parts = ",".join([f"{part.line or ''}={part.amount}" for part in step.parts])
    facts = [step.key, step.kind, step.gateway, step.payment or "", str(step.amount), step.currency, parts]
    return hashlib.sha256("\x1f".join(facts).encode()).hexdigest()

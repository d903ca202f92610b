"""What people see of a pay-out: the plan, its steps and every attempt, and what an order can still give back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from amends.basics.money import Minor
from amends.facts.plan import Step, StepState
from amends.facts.rulebook import Says


@dataclass(frozen=True, slots=True)
class Attempt:
    """One thing that happened to a step."""

    what: str
    at: datetime
    outcome: str
    reference: str
    code: str
    message: str
    alarm: str


@dataclass(frozen=True, slots=True)
class StepView:
    """A step with its state, when it is looked at next, and its attempts, oldest first."""

    number: int
    step: Step
    state: StepState
    reference: str
    alarm: str
    due_at: datetime | None
    settled_at: datetime | None
    attempts: tuple[Attempt, ...]


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan as it stands. `state`: proposed, approved or refused. `needs_role`: who may approve it. `purpose`: decision or extra."""

    number: int
    turn: int
    state: str
    total: Minor
    currency: str
    needs_role: str
    proposed_by: str
    proposed_at: datetime
    settled_by: str
    settled_at: datetime | None
    note: str
    steps: tuple[StepView, ...]
    purpose: str = "decision"


@dataclass(frozen=True, slots=True)
class PaymentView:
    """What a payment took in, has given back (all forms), has promised, and has left. `disputed`: nothing may be promised on it now."""

    name: str
    method: str
    gateway: str
    captured: Minor
    given_back: Minor
    promised: Minor
    disputed: bool = False

    @property
    def left(self) -> Minor:
        """What may still go back by it."""
        return self.captured - self.given_back - self.promised


@dataclass(frozen=True, slots=True)
class MoneyBox:
    """The money of a case's order: payments, and the plans made so far, newest last."""

    currency: str
    payments: tuple[PaymentView, ...]
    plans: tuple[PlanView, ...]


class UnableToPromise(ValueError):
    """Money cannot be promised: a cap, an open dispute or an earlier plan stands against it. `says` tells which, in both languages."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.says = Says(en, zh)


@dataclass(frozen=True, slots=True)
class ProposedPlan:
    """A plan that waits for a second person, with the case it is about."""

    case: int
    key: str
    shop: str
    plan: PlanView


@dataclass(frozen=True, slots=True)
class TroubledStep:
    """A step that a person must look at, with the case it is about."""

    case: int
    key: str
    shop: str
    step: StepView


@dataclass(frozen=True, slots=True)
class PayableCase:
    """A case as the till sees it: its row, its shop, the case file and the decision as they are stored.

    `closed`: the platform has ended it; what it paid back then, it paid itself. `agreed`: what both sides agreed on instead.
    """

    number: int
    shop: str
    case_json: dict[str, Any]
    decision_json: dict[str, Any] | None
    closed: bool = False
    agreed: dict[str, Any] | None = None

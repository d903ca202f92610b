"""Plans, steps and payments as people see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from amends.facts.book import GIVEN_BACK
from amends.facts.payout import Attempt, MoneyBox, PaymentView, PlanView, StepView
from amends.facts.plan import OPEN, LinePart, Step
from amends.store import hot
from amends.store.models import AgendaRow, OrderPayment, PayPlan, PayStep, StepAttempt

_PAYMENTS: Final = (
    "SELECT o.currency, p.name, p.method, "  # noqa: S608 - words of our own
    "(SELECT s.gateway FROM store_paystep s WHERE s.payment_id = p.id ORDER BY s.id LIMIT 1), p.captured_minor, "
    "(SELECT SUM(l.amount_minor) FROM store_booklinerow l "
    f"WHERE l.payment_id = p.id AND l.account IN ({hot.words(GIVEN_BACK)})), "
    "(SELECT SUM(s.amount_minor) FROM store_paystep s "
    f"WHERE s.payment_id = p.id AND s.state IN ({hot.words(OPEN)})), p.disputed "
    "FROM store_caserow c JOIN store_order o ON o.shop_id = c.shop_id AND o.number = c.order_no "
    "LEFT JOIN store_orderpayment p ON p.order_id = o.id WHERE c.id = %s ORDER BY p.id"
)
_PARTS: Final = (
    "SELECT p.step_id, l.name, p.amount_minor FROM store_steppart p "
    "LEFT JOIN store_orderline l ON l.id = p.line_id WHERE p.step_id IN ({}) ORDER BY p.id"
)
_STEPS: Final = (
    "store_paystep LEFT JOIN store_orderpayment ON store_orderpayment.id = store_paystep.payment_id "
    "WHERE store_paystep.plan_id IN ({}) ORDER BY store_paystep.id"
)


def step_of(row: PayStep, parts: Sequence[LinePart] | None = None) -> Step:
    """Will give the step that a row holds; its parts are looked up where they are not at hand."""
    return Step(
        key=row.key,
        kind=row.kind,  # type: ignore[arg-type]
        gateway=row.gateway,
        payment=row.payment.name if row.payment else None,
        amount=row.amount_minor,
        currency=row.currency,
        parts=tuple(_parts_of([row.pk])[row.pk] if parts is None else parts),
        undoable=row.undoable,
    )


def plan_view(row: PayPlan) -> PlanView:
    """Will give a plan with its steps and every attempt."""
    return plan_views([row])[0]


def plan_views(plans: Sequence[PayPlan]) -> list[PlanView]:
    """Will give plans with their steps and every attempt, in as many questions as for one."""
    steps: list[PayStep] = []
    if plans:
        for step, payment in hot.joined((PayStep, OrderPayment), *hot.of(_STEPS, [row.pk for row in plans])):
            step.payment = payment
            steps.append(step)
    found = defaultdict(list)
    for step, view in zip(steps, step_views(steps), strict=True):
        found[step.plan_id].append(view)
    return [plan_with(row, found[row.pk]) for row in plans]


def plan_with(row: PayPlan, steps: Sequence[StepView]) -> PlanView:
    """Will give a plan with steps that are at hand."""
    return PlanView(
        number=row.pk,
        turn=row.turn,
        purpose=row.purpose,
        state=row.state,
        total=row.total_minor,
        currency=row.currency,
        needs_role=row.needs_role,
        proposed_by=row.proposed_by,
        proposed_at=row.proposed_at.astimezone(UTC),
        settled_by=row.settled_by,
        settled_at=row.settled_at and row.settled_at.astimezone(UTC),
        note=row.note,
        steps=tuple(steps),
    )


def fresh_view(row: PayStep, step: Step, due: datetime | None) -> StepView:
    """Will give a step that was just written, as it would be read back."""
    return StepView(row.pk, step, row.state, "", "", due and due.astimezone(UTC), None, ())  # type: ignore[arg-type]


def step_views(steps: Sequence[PayStep]) -> list[StepView]:
    """Will give steps, each with its state and every attempt."""
    if not steps:
        return []
    numbers = [row.pk for row in steps]
    parts = _parts_of(numbers)
    due = {
        one.step_id: one.due_at for one in hot.rows(AgendaRow, *hot.of("WHERE step_id IN ({}) AND NOT done", numbers))
    }
    attempts = defaultdict(list)
    for one in hot.rows(StepAttempt, *hot.of("WHERE step_id IN ({}) ORDER BY id", numbers)):
        told = Attempt(one.what, one.at, one.outcome, one.reference, one.code, one.message, one.alarm)
        attempts[one.step_id].append(told)
    return [
        StepView(
            row.pk,
            step_of(row, parts[row.pk]),
            row.state,  # type: ignore[arg-type]
            row.reference,
            row.alarm,
            due.get(row.pk),
            row.settled_at,
            tuple(attempts[row.pk]),
        )
        for row in steps
    ]


def box_of(number: int) -> MoneyBox | None:
    """Will give the money of a case's order; None where the order was not taken in yet."""
    found = hot.values(_PAYMENTS, [number])
    if not found:
        return None
    plans = plan_views(hot.rows(PayPlan, "WHERE case_id = %s ORDER BY id", [number]))
    return MoneyBox(str(found[0][0]), tuple(_payment_views(found)), tuple(plans))


def payments_of(number: int) -> list[PaymentView]:
    """Will give the payments of a case's order; none where the order was not taken in yet."""
    return _payment_views(hot.values(_PAYMENTS, [number]))


def _payment_views(found: Sequence[tuple[Any, ...]]) -> list[PaymentView]:
    return [
        PaymentView(name, method, gateway or "", captured, int(back or 0), int(promised or 0), bool(disputed))
        for _, name, method, gateway, captured, back, promised, disputed in found
        if name is not None
    ]


def _parts_of(steps: Sequence[int]) -> defaultdict[int, list[LinePart]]:
    """What of steps falls on which line, by the step's number."""
    found: defaultdict[int, list[LinePart]] = defaultdict(list)
    for step, line, amount in hot.values(*hot.of(_PARTS, steps)):
        found[step].append(LinePart(line, amount))
    return found

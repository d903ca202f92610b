"""Plans, steps and payments as people see them."""

from __future__ import annotations

from django.db.models import Sum

from amends.facts.book import GIVEN_BACK
from amends.facts.payout import Attempt, MoneyBox, PaymentView, PlanView, StepView
from amends.facts.plan import OPEN, LinePart, Step
from amends.store.models import AgendaRow, BookLineRow, CaseRow, Order, OrderPayment, PayPlan, PayStep


def step_of(row: PayStep) -> Step:
    """Will give the step that a row holds."""
    parts = [LinePart(part.line.name if part.line else None, part.amount_minor) for part in row.parts.all()]
    return Step(
        key=row.key,
        kind=row.kind,  # type: ignore[arg-type]
        gateway=row.gateway,
        payment=row.payment.name if row.payment else None,
        amount=row.amount_minor,
        currency=row.currency,
        parts=tuple(parts),
        undoable=row.undoable,
    )


def plan_view(row: PayPlan) -> PlanView:
    """Will give a plan with its steps and every attempt."""
    steps = row.steps.select_related("payment").prefetch_related("parts__line", "attempts").order_by("pk")
    return PlanView(
        number=row.pk,
        turn=row.turn,
        purpose=row.purpose,
        state=row.state,
        total=row.total_minor,
        currency=row.currency,
        needs_role=row.needs_role,
        proposed_by=row.proposed_by,
        proposed_at=row.proposed_at,
        settled_by=row.settled_by,
        settled_at=row.settled_at,
        note=row.note,
        steps=tuple([step_view(step) for step in steps]),
    )


def step_view(row: PayStep) -> StepView:
    """Will give a step with its state and every attempt."""
    agenda = AgendaRow.objects.filter(step=row, done=False).first()
    attempts = [
        Attempt(item.what, item.at, item.outcome, item.reference, item.code, item.message, item.alarm)
        for item in sorted(row.attempts.all(), key=lambda item: item.pk)
    ]
    due = agenda.due_at if agenda else None
    state = row.state
    return StepView(row.pk, step_of(row), state, row.reference, row.alarm, due, row.settled_at, tuple(attempts))  # type: ignore[arg-type]


def box_of(number: int) -> MoneyBox | None:
    """Will give the money of a case's order; None where the order was not taken in yet."""
    case = CaseRow.objects.get(pk=number)
    order = Order.objects.filter(shop_id=case.shop_id, number=case.order_no).first()
    if order is None:
        return None
    payments = [_payment_view(row) for row in order.payments.order_by("pk")]
    plans = [plan_view(row) for row in PayPlan.objects.filter(case=case).order_by("pk")]
    return MoneyBox(order.currency, tuple(payments), tuple(plans))


def payments_of(number: int) -> list[PaymentView]:
    """Will give the payments of a case's order; none where the order was not taken in yet."""
    case = CaseRow.objects.filter(pk=number).values_list("shop_id", "order_no").first()
    rows = OrderPayment.objects.filter(order__shop_id=case[0], order__number=case[1]) if case else ()
    return [_payment_view(row) for row in rows]


def _payment_view(row: OrderPayment) -> PaymentView:
    back = BookLineRow.objects.filter(payment=row, account__in=GIVEN_BACK).aggregate(total=Sum("amount_minor"))
    promised = PayStep.objects.filter(payment=row, state__in=OPEN).aggregate(total=Sum("amount_minor"))
    gateway = PayStep.objects.filter(payment=row).values_list("gateway", flat=True).first() or ""
    return PaymentView(row.name, row.method, gateway, row.captured_minor, back["total"] or 0, promised["total"] or 0)

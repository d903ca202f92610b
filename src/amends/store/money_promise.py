"""Writing a promise: a plan with its steps, under the order's lock. Always inside a transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from amends.facts.payout import PlanView, UnableToPromise
from amends.facts.people import Person
from amends.facts.plan import Plan, Step
from amends.facts.steps import step_digest
from amends.store import hot
from amends.store.models import AgendaRow, CaseRow, Order, OrderLine, OrderPayment, PayPlan, PayStep, StepPart
from amends.store.money_reads import fresh_view, plan_view, plan_with

_CAP_WORDS = ("more than", "check_violation", "CHECK constraint")


def write_promise(
    number: int,
    turn: int,
    plan: Plan,
    person: Person,
    needs_role: str,
    at: datetime,
    purpose: str,
    note: str,
    due: datetime,
) -> PlanView:
    """Will write a plan and its steps; without `needs_role` they fall due at `due`. The same turn gives the plan that is there."""
    case = hot.first(CaseRow, "WHERE id = %s", [number])
    if case is None:
        raise CaseRow.DoesNotExist(number)
    order = hot.first(Order, "WHERE shop_id = %s AND number = %s", [case.shop_id, case.order_no], lock=True)
    if order is None:
        raise Order.DoesNotExist(case.order_no)
    known = hot.first(PayPlan, "WHERE case_id = %s AND purpose = %s AND turn = %s", [number, purpose, turn])
    if known is not None:
        if known.digest != plan.digest:
            raise UnableToPromise(
                "another plan was made for this case meanwhile; look at it and try again",
                "期间已为该售后单生成另一份方案；请查看后再试",
            )
        return plan_view(known)
    row = PayPlan(
        case=case,
        turn=turn,
        purpose=purpose,
        note=note[:500],
        digest=plan.digest,
        currency=plan.currency,
        total_minor=plan.total,
        state="proposed" if needs_role else "approved",
        needs_role=needs_role,
        proposed_by=person.name,
        proposed_at=at,
        settled_by="" if needs_role else person.name,
        settled_at=None if needs_role else at,
    )
    hot.insert(row)
    payments = {one.name: one for one in hot.rows(OrderPayment, "WHERE order_id = %s", [order.pk])}
    lines = {one.name: one for one in hot.rows(OrderLine, "WHERE order_id = %s", [order.pk])}
    views = []
    for step in plan.steps:
        made = _write_step(row, order, step, "proposed" if needs_role else "requested", payments, lines)
        if not needs_role:
            make_due(made, due)
        views.append(fresh_view(made, step, None if needs_role else due))
    return plan_with(row, views)


def _write_step(
    plan: PayPlan,
    order: Order,
    step: Step,
    state: str,
    payments: Mapping[str, OrderPayment],
    lines: Mapping[str, OrderLine],
) -> PayStep:
    payment = payments[step.payment] if step.payment else None
    if payment is not None and payment.disputed:
        raise UnableToPromise(
            "a dispute on this payment is open; settle it first", "该笔付款有未结的拒付争议；请先处理争议"
        )
    row = PayStep(
        plan=plan,
        order=order,
        payment=payment,
        key=step.key,
        digest=step_digest(step),
        kind=step.kind,
        gateway=step.gateway,
        amount_minor=step.amount,
        currency=step.currency,
        undoable=step.undoable,
        state=state,
        reason=plan.case.key[:300],
    )
    hot.insert(row)
    for part in step.parts:
        hot.insert(StepPart(step=row, line=lines[part.line] if part.line else None, amount_minor=part.amount))
    return row


def lock_order(step: PayStep | None) -> None:
    """Will lock the order of a step."""
    if step is not None:
        Order.objects.select_for_update().get(pk=step.order_id)


def make_due(step: PayStep, at: datetime) -> None:
    """Will put a step on the agenda."""
    hot.insert(AgendaRow(step=step, gateway=step.gateway, due_at=at))


def told_fault(fault: Exception) -> Exception:
    """Will give what a fault of the database means, where a cap or a guard made it."""
    text = str(fault)
    if any(word in text for word in _CAP_WORDS):
        return UnableToPromise(
            f"not possible: {text.splitlines()[0]}; what was refunded or promised before counts too",
            "超出上限：该付款或商品行已退和待退的合计不能超过实付",
        )
    return fault

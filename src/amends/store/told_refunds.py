"""Money that platforms say has gone back: each told refund is ours or by other hands, and is booked once.

A refund waits where nothing can be said yet: it is on its way, the order's money is not known here, or a step of ours of this very
amount has been sent and its outcome is open. It is looked at again whenever it is told, whenever the order's money becomes known,
and in the nightly comparison.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from amends.facts.fields import UnableToReadCase
from amends.facts.platforms import ToldRefund
from amends.facts.read_case import read_case
from amends.facts.wire import BY_SHOP
from amends.store import hot
from amends.store.models import ConnectionRow, Order, OrderPayment, PayStep, ToldRefundRow
from amends.store.money_orders import outside_of, take_in
from amends.store.outside_money import take_outside
from amends.store.ruling_book import told_as_refund

_UNDER_WAY: Final = ("sent", "unknown")
_BY_HAND: Final = "manual"
_TRIAL: Final = {"kind": "return_refund", "reason": "changed_mind"}


def tell(
    connection: ConnectionRow,
    order_no: str,
    case_no: str,
    refunds: Sequence[ToldRefund],
    file: Mapping[str, Any],
    at: datetime,
) -> None:
    """Will keep what a platform told of an order's refunds, and book what is by other hands. `file`: the case file or order file."""
    for one in refunds:
        _keep(connection, order_no, case_no, one, at)
    if not _waiting(connection.shop_id, order_no):
        return
    order = Order.objects.filter(shop_id=connection.shop_id, number=order_no).first()
    if order is None:
        order = _take_in(connection, case_no or order_no, file, at)
    if order is not None:
        settle_told(order, at)


def settle_told(order: Order, at: datetime) -> None:
    """Will look again at what was told of an order and still waits, inside a transaction."""
    waiting = _waiting(order.shop_id, order.number)
    if not waiting:
        return
    order = Order.objects.select_for_update().get(pk=order.pk)
    steps = list(order.steps.select_related("payment", "plan__case").order_by("pk"))
    taken = set(
        ToldRefundRow.objects.filter(connection__shop_id=order.shop_id, order_no=order.number)
        .exclude(step_key="")
        .values_list("step_key", flat=True)
    )
    for row in waiting:
        step = _step_of(row, steps, taken)
        if step is not None:
            row.state, row.step_key = "ours", step.key
            taken.add(step.key)
            row.save(update_fields=["state", "step_key"])
        elif not _may_be_ours(row, steps, taken) and _book(row, order, at):
            row.state = "booked"
            row.save(update_fields=["state"])


def settle_waiting(connection: ConnectionRow, at: datetime) -> None:
    """Will look again at everything of a connection that waits and whose order's money is known."""
    numbers = set(
        ToldRefundRow.objects.filter(connection=connection, state="waiting", moved=True).values_list(
            "order_no", flat=True
        )
    )
    for order in Order.objects.filter(shop_id=connection.shop_id, number__in=sorted(numbers)).order_by("pk"):
        settle_told(order, at)


def _keep(connection: ConnectionRow, order_no: str, case_no: str, one: ToldRefund, at: datetime) -> None:
    """A refund is kept by its reference; that it moved, once told, stays told."""
    row = ToldRefundRow(
        connection=connection, reference=one.reference[:160], order_no=order_no[:120], case_no=case_no[:120],
        key=one.key[:80], payment=one.payment[:80], amount_minor=one.amount, currency=one.currency, moved=one.moved,
        moved_at=one.at, told_at=at,
    )  # fmt: skip
    if hot.insert_new(row):
        return
    there = ToldRefundRow.objects.get(connection=connection, reference=one.reference[:160])
    fresh = {
        "moved": there.moved or one.moved,
        "key": there.key or one.key[:80],
        "payment": there.payment or one.payment[:80],
        "case_no": there.case_no or case_no[:120],
        "order_no": there.order_no or order_no[:120],
        "moved_at": there.moved_at or one.at,
    }
    changed = [name for name, value in fresh.items() if getattr(there, name) != value]
    for name in changed:
        setattr(there, name, fresh[name])
    if changed:
        there.save(update_fields=changed)


def _waiting(shop_id: int, order_no: str) -> list[ToldRefundRow]:
    rows = ToldRefundRow.objects.filter(connection__shop_id=shop_id, order_no=order_no, state="waiting", moved=True)
    return list(rows.select_related("connection").order_by("reference")) if order_no else []


def _take_in(connection: ConnectionRow, case_no: str, file: Mapping[str, Any], at: datetime) -> Order | None:
    """Make the order's money known where the platform told its payments."""
    trial = {"case": case_no, "request": {**_TRIAL, "requested_at": at.isoformat()}}
    try:
        case = read_case({**trial, **file})
    except UnableToReadCase:
        return None
    return take_in(connection.shop, case, at) if case.order.payments else None


def _step_of(row: ToldRefundRow, steps: Iterable[PayStep], taken: set[str]) -> PayStep | None:
    """The step of ours that moved it: by our key, by the reference, or one of this amount that has no reference of the platform's: it
    told none, or a person paid on the platform's console and wrote down a proof;
    one that went by this platform for this very case is known by its amount."""
    free = [step for step in steps if step.key not in taken]
    by_key = [step for step in free if row.key and step.key == row.key]
    by_reference = [step for step in free if step.reference == row.reference]
    nameless = [
        step
        for step in free
        if step.state == "succeeded"
        and step.amount_minor == row.amount_minor
        and (
            not step.reference
            or step.gateway == _BY_HAND
            or (step.gateway == BY_SHOP and step.plan.case.key == row.case_no)
        )
    ]
    return next(iter([*by_key, *by_reference, *nameless]), None)


def _may_be_ours(row: ToldRefundRow, steps: Iterable[PayStep], taken: set[str]) -> bool:
    """Whether a step is under way whose outcome this may be."""
    return any(
        step.state in _UNDER_WAY and step.key not in taken and step.amount_minor == row.amount_minor for step in steps
    )


def _book(row: ToldRefundRow, order: Order, at: datetime) -> bool:
    payment = _payment(row, order)
    if payment is None or row.currency != order.currency:
        return False
    key = f"{row.connection.channel}:{row.connection_id}:{row.reference}"[:120]
    told_as_refund(order, row.case_no, key, row.amount_minor, row.moved_at or at)
    take_outside(payment, key, row.amount_minor, row.moved_at or at, "told by the shop's platform")
    return True


def _payment(row: ToldRefundRow, order: Order) -> OrderPayment | None:
    """The payment that it went back of: as told, else the only one, else the first that has so much left."""
    payments = list(order.payments.order_by("pk"))
    named = [one for one in payments if row.payment and row.payment in (one.name, one.reference)]
    if named or row.payment:
        return named[0] if named else None
    room = [one for one in payments if one.captured_minor - outside_of(one) >= row.amount_minor]
    return payments[0] if len(payments) == 1 else room[0] if room else None

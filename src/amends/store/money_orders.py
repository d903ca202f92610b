"""Orders whose money Amends may give back: taken in once, with what came in and what went back by other hands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, TypeVar

from django.db.models import Model, Sum

from amends.facts.book import Entry
from amends.facts.case import Case
from amends.facts.entries import capture, outside_refund
from amends.facts.plan import RESERVING
from amends.store import hot
from amends.store.models import BookEntryRow, BookLineRow, Order, OrderLine, OrderPayment, PayStep, Shop

_Row = TypeVar("_Row", bound=Model)
TOLD: Final = "told by the platform"
"""The note of an outside refund that is known only as a sum."""


def take_in(shop: Shop, case: Case, at: datetime) -> Order:
    """Will make the order of a case known, inside a transaction. What is there already stays as it is."""
    order, new = _once(
        Order(shop=shop, number=case.order.id, currency=case.order.currency, shipping_minor=case.order.shipping_paid),
        ("shop_id", "number"),
    )
    if new:
        hot.insert(*[OrderLine(order=order, name=line.id, paid_minor=line.paid) for line in case.order.lines])
    for payment in case.order.payments:
        row, fresh = _once(
            OrderPayment(
                order=order,
                name=payment.id,
                method=payment.method,
                captured_minor=payment.captured,
                reference=payment.reference or "",
            ),
            ("order_id", "name"),
        )
        if fresh and payment.captured:
            post(order, capture(str(order.pk), payment.id, payment.captured, order.currency, at), [row])
        _book_outside(order, row, payment.refunded, at)
    return order


def _once(made: _Row, unique: tuple[str, ...]) -> tuple[_Row, bool]:
    """Write a row unless one with these columns is there, which is given then; whether it was written."""
    return (made, True) if hot.insert_new(made) else (hot.same(made, unique), False)


def _book_outside(order: Order, row: OrderPayment, told: int, at: datetime) -> None:
    """Book what the platform says went back beyond what we know of."""
    if not told:
        return
    ours = PayStep.objects.filter(payment=row, state__in=RESERVING).aggregate(total=Sum("amount_minor"))["total"] or 0
    outside = outside_of(row)
    more = told - ours - outside
    if more > 0:
        key = f"{order.pk}:{row.name}:{told}"
        post(order, outside_refund(key, row.name, more, order.currency, at, TOLD))


def outside_of(row: OrderPayment) -> int:
    """What went back of a payment by other hands, in minor units."""
    found = hot.values(
        "SELECT COALESCE(SUM(l.amount_minor), 0) FROM store_booklinerow l JOIN store_bookentryrow e ON e.id = l.entry_id "
        "WHERE l.payment_id = %s AND l.account = 'refunded' AND e.kind = 'outside_refund'",
        [row.pk],
    )
    return int(found[0][0])


def post(order: Order, entry: Entry, payments: Sequence[OrderPayment] = ()) -> bool:
    """Will write an entry into the book, once: False where its key is there already. Inside a transaction.

    `payments`: those of the order that are at hand; the others that the entry names are looked up.
    """
    row = BookEntryRow(
        key=entry.key,
        order=order,
        kind=entry.kind,
        at=entry.at,
        currency=entry.currency,
        step_key=entry.step or "",
        note=entry.note[:500],
    )
    if not hot.insert_new(row):
        return False
    known = {payment.name: payment for payment in payments}
    if not {line.payment for line in entry.lines if line.payment} <= known.keys():
        known = {payment.name: payment for payment in hot.rows(OrderPayment, "WHERE order_id = %s", [order.pk])}
    hot.insert(
        *[
            BookLineRow(
                entry=row,
                account=line.account,
                amount_minor=line.amount,
                payment=known.get(line.payment) if line.payment else None,
                line=line.line or "",
            )
            for line in entry.lines
        ]
    )
    return True

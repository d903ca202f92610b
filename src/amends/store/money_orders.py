"""Orders whose money Amends may give back: taken in once, with what came in and what went back by other hands."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import Sum

from amends.facts.book import Entry
from amends.facts.case import Case
from amends.facts.entries import capture, outside_refund
from amends.facts.plan import RESERVING
from amends.store.models import BookEntryRow, BookLineRow, Order, OrderLine, OrderPayment, PayStep, Shop

TOLD: Final = "told by the platform"
"""The note of an outside refund that is known only as a sum."""


def take_in(shop: Shop, case: Case, at: datetime) -> Order:
    """Will make the order of a case known, inside a transaction. What is there already stays as it is."""
    order, new = Order.objects.get_or_create(
        shop=shop,
        number=case.order.id,
        defaults={"currency": case.order.currency, "shipping_minor": case.order.shipping_paid},
    )
    if new:
        OrderLine.objects.bulk_create(
            [OrderLine(order=order, name=line.id, paid_minor=line.paid) for line in case.order.lines]
        )
    for payment in case.order.payments:
        row, fresh = OrderPayment.objects.get_or_create(
            order=order,
            name=payment.id,
            defaults={
                "method": payment.method,
                "captured_minor": payment.captured,
                "reference": payment.reference or "",
            },
        )
        if fresh and payment.captured:
            post(order, capture(str(order.pk), payment.id, payment.captured, order.currency, at))
        _book_outside(order, row, payment.refunded, at)
    return order


def _book_outside(order: Order, row: OrderPayment, told: int, at: datetime) -> None:
    """Book what the platform says went back beyond what we know of."""
    ours = PayStep.objects.filter(payment=row, state__in=RESERVING).aggregate(total=Sum("amount_minor"))["total"] or 0
    outside = outside_of(row)
    more = told - ours - outside
    if more > 0:
        key = f"{order.pk}:{row.name}:{told}"
        post(order, outside_refund(key, row.name, more, order.currency, at, TOLD))


def outside_of(row: OrderPayment) -> int:
    """What went back of a payment by other hands, in minor units."""
    lines = BookLineRow.objects.filter(payment=row, account="refunded", entry__kind="outside_refund")
    return lines.aggregate(total=Sum("amount_minor"))["total"] or 0


def post(order: Order, entry: Entry) -> bool:
    """Will write an entry into the book, once: False where its key is there already. Inside a transaction."""
    row, new = BookEntryRow.objects.get_or_create(
        key=entry.key,
        defaults={
            "order": order,
            "kind": entry.kind,
            "at": entry.at,
            "currency": entry.currency,
            "step_key": entry.step or "",
            "note": entry.note[:500],
        },
    )
    if not new:
        return False
    names = {line.payment for line in entry.lines if line.payment}
    known = {payment.name: payment for payment in OrderPayment.objects.filter(order=order, name__in=names)}
    BookLineRow.objects.bulk_create(
        [
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

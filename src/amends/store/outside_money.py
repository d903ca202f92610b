"""Money that went back by other hands: taken into the book once, whoever tells of it first."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Sum

from amends.facts.entries import outside_refund
from amends.store.models import BookLineRow, Order, OrderPayment
from amends.store.money_orders import TOLD, post


def take_outside(
    payment: OrderPayment, key: str, amount: int, at: datetime, note: str, *, itemised: bool = True
) -> bool:
    """Will book a refund that is none of our steps, under the order's lock; False where its key is there already.

    A platform tells only a sum. What of that sum is told here as a single refund is taken off it again, by an entry of its
    own, so that the same money does not count twice. Not `itemised`: this is such a sum itself.
    """
    order = Order.objects.select_for_update().get(pk=payment.order_id)
    entry = outside_refund(key, payment.name, amount, order.currency, at, note)
    if not post(order, entry):
        return False
    if not itemised:
        return True
    told = BookLineRow.objects.filter(payment=payment, account="refunded", entry__note__startswith=TOLD)
    doubled = min(amount, told.aggregate(total=Sum("amount_minor"))["total"] or 0)
    if doubled > 0:
        note = f"{TOLD}: now told as a refund of its own, {key}"
        post(order, outside_refund(f"{key}:of-sum", payment.name, -doubled, order.currency, at, note))
    return True

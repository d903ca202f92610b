"""A refund laid over lines, shipping and tenders to the last minor unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from amends.basics.money import Minor, share, split
from amends.facts.case import Case, Payment, RequestedLine
from amends.facts.decision import Deduction, Refund, RefundLine, Tender

_AFTER: Final = ("balance", "gift_card", "points", "coupon")
CAP_RULE: Final = "risk.payment_cap"


def line_amounts(lines: Sequence[RequestedLine]) -> list[Minor]:
    """What was paid for the pieces asked for, each line's share rounded half up."""
    return [
        item.line.paid
        if item.quantity == item.line.quantity
        else share(item.line.paid, item.quantity, item.line.quantity)
        for item in lines
    ]


def left_to_refund(case: Case) -> Minor:
    """What all payments of the order can still give back."""
    return sum([payment.left for payment in case.order.payments])


def lay_out(
    case: Case,
    lines: Sequence[RequestedLine],
    goods: Minor,
    shipping: Minor,
    deductions: Sequence[Deduction],
    own_form: frozenset[str],
) -> Refund:
    """The refund of `goods` + `shipping` - `deductions`, never more than the payments can still give, never below zero.

    `goods` below the full price of `lines` is split over them in proportion, largest remainder first.
    """
    full = line_amounts(lines)
    amounts = full if goods == sum(full) else split(goods, full)
    taken = _fit(deductions, goods + shipping)
    total = goods + shipping - sum([item.amount for item in taken])
    left = left_to_refund(case)
    if total > left:
        taken = [*taken, Deduction("payment_cap", total - left, CAP_RULE)]
        total = left
    refund_lines = tuple(
        [RefundLine(item.line.id, item.quantity, amount) for item, amount in zip(lines, amounts, strict=True)]
    )
    return Refund(total, refund_lines, shipping, tuple(taken), tenders(case.order.payments, total, own_form))


def _fit(deductions: Sequence[Deduction], most: Minor) -> list[Deduction]:
    """The deductions in order, the last ones cut so that no more is taken than there is."""
    fitted: list[Deduction] = []
    for item in deductions:
        amount = min(item.amount, most)
        most -= amount
        if amount:
            fitted.append(item if amount == item.amount else Deduction(item.kind, amount, item.rule))
    return fitted


def tenders(payments: Sequence[Payment], total: Minor, own_form: frozenset[str]) -> tuple[Tender, ...]:
    """`total` over the payments (contract, section 5); stands in the order of `payments`. `total` must not exceed what is left."""
    left = [payment.left for payment in payments]
    if total == sum(left):
        parts = left
    else:
        parts = _own_forms(payments, total, own_form) if own_form else [0] * len(payments)
        rest = total - sum(parts)
        for index in _order(payments, own_form):
            step = min(rest, left[index] - parts[index])
            parts[index] += step
            rest -= step
    return tuple(
        [Tender(payment.id, payment.method, part) for payment, part in zip(payments, parts, strict=True) if part]
    )


def _own_forms(payments: Sequence[Payment], total: Minor, own_form: frozenset[str]) -> list[Minor]:
    """Points and coupons give back their own proportion of what was captured in all, as far as they have it left."""
    captured = sum([payment.captured for payment in payments])
    parts, rest = [], total
    for payment in payments:
        part = 0
        if payment.method in own_form and captured:
            part = min(share(total, payment.captured, captured), payment.left, rest)
            rest -= part
        parts.append(part)
    return parts


def _order(payments: Sequence[Payment], own_form: frozenset[str]) -> list[int]:
    """Card-like first, then balance, gift card, and what has its own form last; each in the order of the payments."""
    ranks: Mapping[str, int] = {method: rank for rank, method in enumerate(_AFTER, 1)}
    found = sorted(range(len(payments)), key=lambda index: ranks.get(payments[index].method, 0))
    return [index for index in found if payments[index].method not in own_form] + [
        index for index in found if payments[index].method in own_form
    ]

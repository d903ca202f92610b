"""What of statements and of our own steps is compared, as nouns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from django.db.models import Sum

from amends.facts.statements import BookPayment, BookStep, KeptLine, LineKind, LineState, StatementLine
from amends.store.models import BookEntryRow, BookLineRow, OrderPayment, PayStep, StatementLineRow


def line_of(row: StatementLineRow) -> StatementLine:
    """Will give the line that a row holds."""
    kind, state = cast("LineKind", row.kind), cast("LineState", row.state)
    payments = tuple(row.payments)
    return StatementLine(
        row.number, kind, row.reference, row.key, payments, row.amount_minor, row.currency, row.at, state
    )


def step_of(row: PayStep) -> BookStep:
    """Will give our own step as it is compared."""
    return BookStep(
        row.pk, row.key, row.reference, row.state, row.amount_minor, row.currency, row.payment_id, row.settled_at
    )


def by_hand(lines: Sequence[KeptLine]) -> list[BookStep]:
    """Steps that a person paid at the gateway's own console, known by the proof: the lines' own numbers."""
    references = sorted({kept.line.reference for kept in lines if kept.line.kind == "refund"})
    found: list[BookStep] = []
    for some in batches(references):
        found.extend([step_of(row) for row in PayStep.objects.filter(gateway="manual", reference__in=some)])
    return found


def keys_of(kind: str, source: str) -> frozenset[str]:
    """The keys of the book's entries of a kind that a gateway's disputes made."""
    keys = BookEntryRow.objects.filter(kind=kind, key__startswith=f"{kind}:{source}:").values_list("key", flat=True)
    return frozenset([key.removeprefix(f"{kind}:") for key in keys])


def payments_of(found: Iterable[OrderPayment]) -> list[BookPayment]:
    """Will give payments with what went back of them and what is promised."""
    rows = list(found)
    lines = BookLineRow.objects.filter(payment__in=rows, account="refunded").values("payment_id")
    back = dict(lines.annotate(total=Sum("amount_minor")).values_list("payment_id", "total"))
    return [
        BookPayment(row.pk, row.reference, row.order.currency, back.get(row.pk, 0), row.promised)  # type: ignore[attr-defined]
        for row in rows
    ]


def batches(names: list[str]) -> Iterable[list[str]]:
    """Will part names, so that no question to the database grows too long."""
    return [names[start : start + 500] for start in range(0, len(names), 500)]

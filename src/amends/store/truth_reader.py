"""What the truths look at, read from the database; sums are made by the database itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from amends.facts.book import GIVEN_BACK
from amends.facts.plan import OPEN, RESERVING
from amends.facts.truths import CapFacts, StepFacts
from amends.store.log_reader import broken_logs
from amends.store.models import (
    AgendaRow,
    BookEntryRow,
    BookLineRow,
    NoticeRow,
    Order,
    OrderLine,
    OrderPayment,
    PayStep,
    StepPart,
)

_SIDES = ("refunded", "credit_given", "goodwill", "damages")


class DatabaseLedger:
    """Implements `amends.facts.truths.Ledger`. `logs_of`: look through the logs of cases that changed so lately; None: all of them."""

    def __init__(self, logs_of: timedelta | None = None) -> None:
        self._logs_of = logs_of

    def broken_logs(self, now: datetime) -> Iterable[tuple[str, str]]:
        """Will give cases whose log is not right."""
        return broken_logs(now - self._logs_of if self._logs_of is not None else None)

    def unbalanced(self) -> Iterable[tuple[str, int]]:
        """Will give entries whose lines do not sum to zero."""
        sums = BookEntryRow.objects.annotate(total=Coalesce(Sum("lines__amount_minor"), 0))
        return [(row.key, row.total) for row in sums.exclude(total=0)[:1000]]

    def steps(self) -> Iterable[StepFacts]:
        """Will give every step with what the book holds for it."""
        booked: dict[str, tuple[int, int]] = {
            row["entry__step_key"]: (row["total"], row["entries"])
            for row in BookLineRow.objects.filter(account__in=_SIDES)
            .exclude(entry__step_key="")
            .values("entry__step_key")
            .annotate(total=Sum("amount_minor"), entries=Count("entry", distinct=True))
        }
        due = set(AgendaRow.objects.filter(done=False).values_list("step_id", flat=True))
        parts = dict(
            StepPart.objects.values("step_id").annotate(total=Sum("amount_minor")).values_list("step_id", "total")
        )
        for row in PayStep.objects.select_related("payment").order_by("pk").iterator(2000):
            total, entries = booked.get(row.key, (0, 0))
            yield StepFacts(
                key=row.key,
                state=row.state,
                kind=row.kind,
                gateway=row.gateway,
                amount=row.amount_minor,
                parts=parts.get(row.pk, 0),
                reference=row.reference,
                alarm=row.alarm,
                booked=total,
                entries=entries,
                is_due=row.pk in due,
                payment=row.payment_id,
                disputed=bool(row.payment and row.payment.disputed),
                called_at=row.called_at,
            )

    def caps(self) -> Iterable[CapFacts]:
        """Will give payments, lines, shipping and orders with what is reserved of them."""
        open_of = Sum("steps__amount_minor", filter=Q(steps__state__in=OPEN))
        back = dict(
            BookLineRow.objects.filter(account__in=GIVEN_BACK, payment__isnull=False)
            .values("payment_id")
            .annotate(total=Sum("amount_minor"))
            .values_list("payment_id", "total")
        )
        for payment in OrderPayment.objects.annotate(open=Coalesce(open_of, 0)).iterator(2000):
            yield CapFacts(f"payment {payment.pk}", payment.captured_minor, back.get(payment.pk, 0) + payment.open)
        parts = Sum("parts__amount_minor", filter=Q(parts__step__state__in=RESERVING))
        for line in OrderLine.objects.annotate(held=Coalesce(parts, 0)).iterator(2000):
            yield CapFacts(f"line {line.pk}", line.paid_minor, line.held)
        shipping = dict(
            StepPart.objects.filter(line__isnull=True, step__state__in=RESERVING)
            .values("step__order_id")
            .annotate(total=Sum("amount_minor"))
            .values_list("step__order_id", "total")
        )
        for order in Order.objects.filter(pk__in=list(shipping)).iterator(2000):
            yield CapFacts(f"shipping of order {order.pk}", order.shipping_minor, shipping[order.pk])

    def orphan_entries(self) -> Iterable[str]:
        """Will give entries of steps that are not there."""
        known = PayStep.objects.values("key")
        return list(
            BookEntryRow.objects.exclude(step_key="").exclude(step_key__in=known).values_list("key", flat=True)[:1000]
        )

    def waiting_notices(self) -> Mapping[str, int]:
        """Will count the notices by state."""
        return dict(NoticeRow.objects.values("state").annotate(count=Count("pk")).values_list("state", "count"))

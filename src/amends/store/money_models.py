"""The tables of money. Amounts are minor units. What was paid back is never stored as a balance: it is added up.

`Order` is the row that is locked whenever money of an order is promised; triggers in the database hold the same caps
that the code holds (`migrations/0003`).
"""

from typing import ClassVar

from django.db import models

from amends.store.case_models import CaseRow, Shop


class Order(models.Model):
    """An order whose money Amends may give back. `shipping_minor`: outbound shipping that the buyer paid."""

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT)
    number = models.CharField(max_length=120)
    currency = models.CharField(max_length=3)
    shipping_minor = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["shop", "number"], name="one_order_a_number")]


class OrderPayment(models.Model):
    """Money that came in by one payment. `reference`: the gateway's own id of it."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="payments")
    name = models.CharField(max_length=80)
    method = models.CharField(max_length=20)
    captured_minor = models.BigIntegerField()
    reference = models.CharField(max_length=160, default="")
    disputed = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "name"], name="one_payment_a_name"),
            models.CheckConstraint(condition=models.Q(captured_minor__gte=0), name="captured_not_negative"),
        ]


class OrderLine(models.Model):
    """What was paid for one line."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="lines")
    name = models.CharField(max_length=80)
    paid_minor = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["order", "name"], name="one_line_a_name")]


class PayPlan(models.Model):
    """A plan as a person saw it. `state`: proposed (a second pair of eyes is needed), approved, refused.

    `purpose`: `decision` carries a decision out; `extra` is what a person gave on top. Each has turns of its own.
    """

    case = models.ForeignKey(CaseRow, on_delete=models.PROTECT, related_name="plans")
    turn = models.IntegerField()
    purpose = models.CharField(max_length=10, default="decision")
    digest = models.CharField(max_length=64)
    currency = models.CharField(max_length=3)
    total_minor = models.BigIntegerField()
    state = models.CharField(max_length=10)
    needs_role = models.CharField(max_length=8, default="")
    proposed_by = models.CharField(max_length=120)
    proposed_at = models.DateTimeField()
    settled_by = models.CharField(max_length=120, default="")
    settled_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=500, default="")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "purpose", "turn"], name="one_plan_a_turn")]


class PayStep(models.Model):
    """One amount that moves once. Written before any call, never deleted; key, amount and payment never change."""

    plan = models.ForeignKey(PayPlan, on_delete=models.PROTECT, related_name="steps")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="steps")
    payment = models.ForeignKey(OrderPayment, on_delete=models.PROTECT, null=True, related_name="steps")
    key = models.CharField(max_length=40, unique=True)
    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=16)
    gateway = models.CharField(max_length=24)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    undoable = models.BooleanField(default=False)
    state = models.CharField(max_length=10)
    may_send = models.BooleanField(default=True)
    sends = models.IntegerField(default=0)
    asks = models.IntegerField(default=0)
    reference = models.CharField(max_length=160, default="")
    reason = models.CharField(max_length=300, default="")
    alarm = models.CharField(max_length=300, default="")
    called_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(amount_minor__gt=0), name="step_amount_positive"),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=[
                        "proposed",
                        "requested",
                        "sent",
                        "unknown",
                        "succeeded",
                        "failed",
                        "reversed",
                        "cancelled",
                    ]
                ),
                name="step_state_known",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["payment", "state"], name="step_by_payment"),
            models.Index(fields=["order", "state"], name="step_by_order"),
            models.Index(fields=["gateway", "called_at"], name="step_by_call"),
        ]


class StepPart(models.Model):
    """The part of a step that falls on a line; no line means outbound shipping."""

    step = models.ForeignKey(PayStep, on_delete=models.PROTECT, related_name="parts")
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, null=True, related_name="parts")
    amount_minor = models.BigIntegerField()


class StepAttempt(models.Model):
    """One thing that happened to a step: sent, asked, a notice, an answer. Append-only."""

    step = models.ForeignKey(PayStep, on_delete=models.PROTECT, related_name="attempts")
    what = models.CharField(max_length=10)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, default="")
    reference = models.CharField(max_length=160, default="")
    code = models.CharField(max_length=80, default="")
    message = models.CharField(max_length=500, default="")
    alarm = models.CharField(max_length=300, default="")


class StepTold(models.Model):
    """The last state of a step that its case's log tells of. A table of its own: the step's has guards and never changes shape."""

    step = models.OneToOneField(PayStep, on_delete=models.PROTECT, primary_key=True, related_name="told")
    state = models.CharField(max_length=10)


class AgendaRow(models.Model):
    """Something due: for now a step to be carried out. Claimed under a lease; a lease that runs out frees it."""

    kind = models.CharField(max_length=12, default="step")
    step = models.OneToOneField(PayStep, on_delete=models.PROTECT, related_name="agenda")
    gateway = models.CharField(max_length=24)
    due_at = models.DateTimeField()
    lease = models.CharField(max_length=80, default="")
    lease_until = models.DateTimeField(null=True)
    done = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["done", "due_at"], name="agenda_due"),
            models.Index(fields=["gateway", "lease_until"], name="agenda_leases"),
        ]


class BookEntryRow(models.Model):
    """An entry of the book. Append-only: triggers refuse every change."""

    key = models.CharField(max_length=120, unique=True)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, null=True, related_name="entries")
    kind = models.CharField(max_length=24)
    at = models.DateTimeField()
    currency = models.CharField(max_length=3)
    step_key = models.CharField(max_length=40, default="", db_index=True)
    note = models.CharField(max_length=500, default="")


class BookLineRow(models.Model):
    """One side of an entry. Append-only."""

    entry = models.ForeignKey(BookEntryRow, on_delete=models.PROTECT, related_name="lines")
    account = models.CharField(max_length=16)
    amount_minor = models.BigIntegerField()
    payment = models.ForeignKey(OrderPayment, on_delete=models.PROTECT, null=True, related_name="book_lines")
    line = models.CharField(max_length=80, default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["payment", "account"], name="book_by_payment")]

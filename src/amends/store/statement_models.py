"""Statements as they came, their lines once each, and the work list of what does not agree with the book."""

from typing import ClassVar

from django.db import models

from amends.store.money_models import OrderPayment, PayStep


class StatementRow(models.Model):
    """A file that was taken in. The same file of the same source is one row."""

    source = models.CharField(max_length=40)
    form = models.CharField(max_length=20)
    file = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    totals = models.JSONField(default=list)
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["source", "sha256"], name="one_statement_a_file")]


class StatementLineRow(models.Model):
    """A line, known by everything it says (`identity`), so that files that overlap bring it once. `cells`: of a broken row."""

    statement = models.ForeignKey(StatementRow, on_delete=models.PROTECT, related_name="lines")
    source = models.CharField(max_length=40)
    identity = models.CharField(max_length=64)
    number = models.IntegerField()
    kind = models.CharField(max_length=16)
    reference = models.CharField(max_length=160, default="")
    key = models.CharField(max_length=80, default="")
    payments = models.JSONField(default=list)
    amount_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3, default="")
    at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, default="")
    cells = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["source", "identity"], name="one_line_an_identity")]
        indexes: ClassVar = [models.Index(fields=["source", "kind"], name="line_by_kind")]


class DifferenceRow(models.Model):
    """Something that does not agree. Told once (`source`, `kind`, `subject`); settled by a person, or by itself once it agrees."""

    source = models.CharField(max_length=40)
    kind = models.CharField(max_length=16)
    subject = models.CharField(max_length=200)
    line = models.ForeignKey(StatementLineRow, on_delete=models.PROTECT, null=True)
    step = models.ForeignKey(PayStep, on_delete=models.PROTECT, null=True)
    payment = models.ForeignKey(OrderPayment, on_delete=models.PROTECT, null=True)
    ours_minor = models.BigIntegerField(null=True)
    theirs_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, default="")
    says_en = models.CharField(max_length=400)
    says_zh = models.CharField(max_length=400)
    found_at = models.DateTimeField()
    state = models.CharField(max_length=8, default="open")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=120, default="")
    note = models.CharField(max_length=500, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "kind", "subject"], name="one_difference_a_subject")
        ]
        indexes: ClassVar = [models.Index(fields=["state", "found_at"], name="difference_by_state")]

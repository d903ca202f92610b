"""Who looked at personal data, and who changed what people may do. Append-only: triggers refuse every change."""

from typing import ClassVar

from django.db import models


class AuditRow(models.Model):
    """One thing that was done. `what` is one of `amends.facts.audit.DEEDS`; `subject` a case's number or a person's name."""

    at = models.DateTimeField()
    who = models.CharField(max_length=150)
    what = models.CharField(max_length=20)
    merchant = models.CharField(max_length=120, default="")
    subject = models.CharField(max_length=150, default="")
    case = models.BigIntegerField(null=True)
    fields = models.JSONField(default=list)
    note = models.CharField(max_length=300, default="")
    place = models.CharField(max_length=64, default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["merchant", "-at"], name="audit_by_merchant")]


class AuditSealRow(models.Model):
    """The place of one deed in the chain over all of them (`amends.facts.audit.sealed_deed`). Append-only."""

    seq = models.BigIntegerField(primary_key=True)
    row = models.BigIntegerField(unique=True)
    before = models.CharField(max_length=64)
    sealed = models.CharField(max_length=64)


class AuditHeadRow(models.Model):
    """Where that chain ends; one row, held by whoever writes the next place."""

    count = models.BigIntegerField(default=0)
    head = models.CharField(max_length=64)

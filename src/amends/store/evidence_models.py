"""The tables of files and of statements of withdrawal."""

from typing import ClassVar

from django.db import models

from amends.store.case_models import CaseRow, Shop


class EvidenceRow(models.Model):
    """A file of a case; its content lies in the data folder under `sha256`. One content may belong to several cases."""

    case = models.ForeignKey(CaseRow, on_delete=models.PROTECT, related_name="evidence")
    sha256 = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=12)
    mime = models.CharField(max_length=32)
    size = models.BigIntegerField()
    name = models.CharField(max_length=80)
    by_kind = models.CharField(max_length=8)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "sha256"], name="one_file_a_case")]


class WithdrawalRow(models.Model):
    """A statement of withdrawal, kept as it was received; what it says of the person is sealed. Rows are never deleted.

    `state`: taken (cases stand for it), open (it fits no order; a person has to look), settled.
    """

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="withdrawals")
    once = models.CharField(max_length=64, unique=True)
    order_no = models.CharField(max_length=120)
    at = models.DateTimeField()
    sealed = models.TextField()
    cases = models.JSONField(default=list)
    state = models.CharField(max_length=8)
    until = models.DateTimeField(null=True)
    late = models.BooleanField(default=False)
    settled_by = models.CharField(max_length=120, default="")
    settled_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=500, default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "-at"], name="withdrawal_to_settle")]

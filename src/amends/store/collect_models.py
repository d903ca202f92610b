"""The tables of money that is taken in through gateways. What a step is never changes; what became of it is written beside, never over."""

from typing import ClassVar

from django.db import models

from amends.facts.collect import OPEN_COLLECTIONS
from amends.store.case_models import CaseRow


class CollectionRow(models.Model):
    """A step about a charge of a case: a page, a hold, a capture, a release. Written before any call, never deleted; key, kind and amount
    never change (`migrations/0057`).

    `unwanted`: it was called off after it had left the house. `watch`: money is held, and is asked about until that ends.
    `told`: what the case's log tells of it.
    """

    case = models.ForeignKey(CaseRow, on_delete=models.PROTECT, related_name="collections")
    charge = models.IntegerField()
    kind = models.CharField(max_length=10)
    turn = models.IntegerField()
    key = models.CharField(max_length=40, unique=True)
    gateway = models.CharField(max_length=24)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    digits = models.IntegerField()
    hold = models.BooleanField(default=False)
    text = models.CharField(max_length=250, default="")
    earlier = models.CharField(max_length=160, default="")
    brought = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followed")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="requested")
    unwanted = models.BooleanField(default=False)
    watch = models.BooleanField(default=False)
    may_send = models.BooleanField(default=True)
    sends = models.IntegerField(default=0)
    asks = models.IntegerField(default=0)
    reference = models.CharField(max_length=160, default="")
    payment = models.CharField(max_length=160, default="")
    link = models.CharField(max_length=500, default="")
    until = models.DateTimeField(null=True)
    code = models.CharField(max_length=80, default="")
    message = models.CharField(max_length=500, default="")
    alarm = models.CharField(max_length=300, default="")
    due_at = models.DateTimeField()
    lease = models.CharField(max_length=120, default="")
    lease_until = models.DateTimeField(null=True)
    first_sent_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    told = models.CharField(max_length=12, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "charge"],
                condition=models.Q(kind__in=["link", "authorise"], state__in=sorted(OPEN_COLLECTIONS)),
                name="a_charge_collected_once_at_a_time",
            ),
            models.CheckConstraint(condition=models.Q(amount_minor__gt=0), name="collection_of_something"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "due_at"], name="collection_due"),
            models.Index(fields=["payment"], name="collection_by_payment"),
        ]


class CollectionAttempt(models.Model):
    """One thing that happened to a step: sent, asked, a notice, an answer. Append-only."""

    collection = models.ForeignKey(CollectionRow, on_delete=models.PROTECT, related_name="attempts")
    what = models.CharField(max_length=10)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, default="")
    payment = models.CharField(max_length=160, default="")
    code = models.CharField(max_length=80, default="")
    message = models.CharField(max_length=500, default="")
    alarm = models.CharField(max_length=300, default="")

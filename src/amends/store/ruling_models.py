"""The table of money that platforms moved by rulings, outside of any refund. Never deleted; its entry stands in the book."""

from typing import ClassVar

from django.db import models

from amends.store.case_models import Shop
from amends.store.dispute_models import DisputeRow

STANDS = models.Q(state__in=["proposed", "booked"])


class RulingMoneyRow(models.Model):
    """A movement (`amends.facts.ruling_money.RulingMoney`). Of one ruling each kind moves once; a settlement's number is used once a shop.

    `key`: of its entry in the book.
    """

    dispute = models.ForeignKey(DisputeRow, on_delete=models.PROTECT, related_name="money")
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+")
    ruling = models.CharField(max_length=8)
    kind = models.CharField(max_length=8)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    reference = models.CharField(max_length=80)
    moved_at = models.DateTimeField()
    state = models.CharField(max_length=8)
    note = models.CharField(max_length=300, default="")
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    needs_role = models.CharField(max_length=12, default="")
    settled_by = models.CharField(max_length=150, default="")
    settled_at = models.DateTimeField(null=True)
    key = models.CharField(max_length=120, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dispute", "ruling", "kind"], condition=STANDS, name="ruling_moves_a_kind_once"
            ),
            models.UniqueConstraint(fields=["shop", "reference"], condition=STANDS, name="settlement_number_used_once"),
            models.CheckConstraint(condition=models.Q(amount_minor__gt=0), name="ruling_money_of_something"),
        ]

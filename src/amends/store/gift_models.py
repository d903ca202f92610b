"""The table of gifts on cases that are no money: coupons, points, goods, membership, each with what it costs."""

from typing import ClassVar

from django.db import models

from amends.store.case_models import CaseRow


class GiftRow(models.Model):
    """A gift (`amends.facts.goodwill.Gift`). Its cost counts against the goodwill of the month of `at` while it is proposed or given."""

    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE, related_name="gifts")
    purpose = models.CharField(max_length=8, default="case")
    turn = models.IntegerField()
    kind = models.CharField(max_length=12)
    what = models.CharField(max_length=120)
    cost_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=12)
    note = models.CharField(max_length=300, default="", blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    needs_role = models.CharField(max_length=12, default="", blank=True)
    settled_by = models.CharField(max_length=150, default="", blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "purpose", "turn"], name="one_gift_a_turn")]
        indexes: ClassVar = [models.Index(fields=["state", "at"], name="gifts_that_count")]

"""The tables of guards: what a shop tells, what its processor reports by month, and which pages about returns stand where."""

from typing import ClassVar

from django.db import models

from amends.store.case_models import Shop


class GuardShopRow(models.Model):
    """What a shop told for its guards (`amends.facts.guard_shop.GuardShop`)."""

    shop = models.OneToOneField(Shop, on_delete=models.CASCADE, primary_key=True, related_name="guarded")
    told = models.JSONField(default=dict)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()


class MonthToldRow(models.Model):
    """A month of one network as the processor's report tells it (`amends.facts.guard_counts.MonthTold`). `day`: its first."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="months_told")
    forum = models.CharField(max_length=16)
    day = models.DateField()
    told = models.JSONField(default=dict)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["shop", "forum", "day"], name="one_month_a_network")]


class PostedPageRow(models.Model):
    """Where a page about returns was put for buyers to read.

    `digest`: of its words as they were then. Newer rows count, older ones stay.
    """

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="posted_pages")
    market = models.CharField(max_length=8)
    url = models.CharField(max_length=400)
    digest = models.CharField(max_length=64)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["shop", "market", "-at"], name="posted_page_newest")]

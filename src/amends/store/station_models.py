"""The tables of the station: parcels that are kept until their case is known, and how long the work took."""

from typing import ClassVar

from django.db import models

from amends.store.case_models import CaseRow, Shop


class StrayRow(models.Model):
    """A parcel that came and belongs to no case yet. What it says of a person is sealed. `state`: kept, matched, gone."""

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="strays")
    kind = models.CharField(max_length=12)
    waybill = models.CharField(max_length=60, default="", blank=True, db_index=True)
    carrier = models.CharField(max_length=60, default="", blank=True)
    order_no = models.CharField(max_length=120, default="", blank=True, db_index=True)
    sku = models.CharField(max_length=120, default="", blank=True)
    grams = models.IntegerField(null=True)
    place = models.CharField(max_length=60, default="", blank=True)
    sealed = models.TextField(default="", blank=True)
    state = models.CharField(max_length=8, default="kept")
    by = models.CharField(max_length=120)
    at = models.DateTimeField()
    done_by = models.CharField(max_length=120, default="", blank=True)
    done_at = models.DateTimeField(null=True)
    became = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "-at"], name="strays_by_state")]


class StrayCaseRow(models.Model):
    """A parcel and a case that it was matched with: several cases a parcel, several parcels a case."""

    stray = models.ForeignKey(StrayRow, on_delete=models.CASCADE, related_name="matches")
    case = models.ForeignKey(CaseRow, on_delete=models.PROTECT, related_name="strays")
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["stray", "case"], name="one_match_a_case")]


class VisitRow(models.Model):
    """One piece of work at the station, from the scan until it was done."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="visits")
    what = models.CharField(max_length=12)
    by = models.CharField(max_length=120)
    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE, null=True, related_name="visits")
    stray = models.ForeignKey(StrayRow, on_delete=models.CASCADE, null=True, related_name="visits")
    began_at = models.DateTimeField()
    done_at = models.DateTimeField(db_index=True)

"""The tables of parcels that are followed. Scans are a set; where a parcel is follows from all of them."""

from typing import ClassVar

from django.db import models

from amends.store.case_models import CaseRow


class ParcelRow(models.Model):
    """A parcel. `state`: wanted, followed, lapsed, refused, over. `hinted`: an unsigned push came, so it is to be asked about.

    `due_at`: when something is to be done about it; `look_at`: when its silence is to be looked at. `network`: "" while none is there.
    """

    network = models.CharField(max_length=40)
    waybill = models.CharField(max_length=60)
    carrier = models.CharField(max_length=24, default="", blank=True)
    phone = models.CharField(max_length=4, default="", blank=True)
    reference = models.CharField(max_length=120, default="", blank=True)
    state = models.CharField(max_length=8, default="wanted")
    made_at = models.DateTimeField()
    subscribed_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    hinted = models.BooleanField(default=False)
    due_at = models.DateTimeField(null=True, db_index=True)
    look_at = models.DateTimeField(null=True, db_index=True)
    lease = models.CharField(max_length=120, default="", blank=True)
    lease_until = models.DateTimeField(null=True)
    faults = models.IntegerField(default=0)
    fault_why = models.CharField(max_length=16, default="", blank=True)
    fault = models.CharField(max_length=300, default="", blank=True)
    strange = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["network", "waybill"], name="one_parcel_a_number")]


class ScanRow(models.Model):
    """One thing told of a parcel, by its moment, words and place (`name` is their digest)."""

    parcel = models.ForeignKey(ParcelRow, on_delete=models.CASCADE, related_name="scans")
    name = models.CharField(max_length=64)
    at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    text = models.TextField(default="", blank=True)
    place = models.CharField(max_length=200, default="", blank=True)
    code = models.CharField(max_length=80, default="", blank=True)
    signed_by = models.CharField(max_length=12, default="", blank=True)
    heard_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["parcel", "name"], name="one_scan_a_telling")]


class CaseParcelRow(models.Model):
    """The part that a parcel plays in a case. `heard` and `told`: its word is to be carried into the case while they differ."""

    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE, related_name="parcels")
    parcel = models.ForeignKey(ParcelRow, on_delete=models.PROTECT, related_name="cases")
    part = models.CharField(max_length=12)
    shipment = models.CharField(max_length=120, default="", blank=True)
    live = models.BooleanField(default=True)
    alarms = models.JSONField(default=list)
    moved = models.BooleanField(default=False)
    heard = models.IntegerField(default=0)
    told = models.IntegerField(default=0)
    untold = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "part", "shipment", "parcel"], name="one_part_a_parcel")
        ]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=models.Q(untold=True), name="parcels_to_tell"),
        ]


class AskedRow(models.Model):
    """How often a network was asked about a number on a day (UTC). Counted before each question, whoever asks."""

    network = models.CharField(max_length=40)
    waybill = models.CharField(max_length=60)
    day = models.DateField()
    count = models.IntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["network", "waybill", "day"], name="one_count_a_day")]


class StopRow(models.Model):
    """A wish to stop a parcel, written before it is passed on. `state`: wanted, asked, stopped, failed, unknown."""

    parcel = models.ForeignKey(ParcelRow, on_delete=models.PROTECT, related_name="stops")
    case = models.ForeignKey(CaseRow, on_delete=models.PROTECT, related_name="stops")
    key = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=8, default="wanted")
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    why = models.CharField(max_length=200, default="", blank=True)
    reference = models.CharField(max_length=120, default="", blank=True)
    code = models.CharField(max_length=40, default="", blank=True)
    message = models.CharField(max_length=300, default="", blank=True)
    tries = models.IntegerField(default=0)
    due_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["parcel"], condition=models.Q(state__in=["wanted", "asked", "unknown"]), name="one_open_stop"
            )
        ]


class LogMarkRow(models.Model):
    """Up to which entry of all cases' logs a reader of this name has read."""

    name = models.CharField(max_length=40, primary_key=True)
    read_to = models.BigIntegerField(default=0)

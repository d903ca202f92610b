"""The table of labels and collections."""

from typing import ClassVar

from django.db import models

from amends.store.case_models import CaseRow


class BookingRow(models.Model):
    """A label or a collection (`amends.facts.bookings.Booking`), written before it is bought and never deleted. One that is live a case."""

    case = models.ForeignKey(CaseRow, on_delete=models.PROTECT, related_name="bookings")
    kind = models.CharField(max_length=8)
    network = models.CharField(max_length=40)
    key = models.CharField(max_length=40)
    state = models.CharField(max_length=12, default="quoted")
    payer = models.CharField(max_length=12, default="", blank=True)
    wanted = models.JSONField(default=dict)
    offers = models.JSONField(default=list)
    offer = models.JSONField(null=True)
    currency = models.CharField(max_length=3, default="", blank=True)
    cost = models.BigIntegerField(null=True)
    waybill = models.CharField(max_length=60, default="", blank=True)
    carrier = models.CharField(max_length=24, default="", blank=True)
    reference = models.CharField(max_length=160, default="", blank=True)
    url = models.CharField(max_length=1000, default="", blank=True)
    file = models.CharField(max_length=64, default="", blank=True)
    file_tries = models.IntegerField(default=0)
    code = models.CharField(max_length=80, default="", blank=True)
    message = models.CharField(max_length=500, default="", blank=True)
    alarm = models.CharField(max_length=300, default="", blank=True)
    by = models.CharField(max_length=150)
    by_role = models.CharField(max_length=12)
    at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    lease = models.CharField(max_length=120, default="", blank=True)
    lease_until = models.DateTimeField(null=True)
    may_send = models.BooleanField(default=True)
    sends = models.IntegerField(default=0)
    asks = models.IntegerField(default=0)
    told = models.CharField(max_length=12, default="", blank=True)
    settled_at = models.DateTimeField(null=True)
    more = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(state__in=["wanted", "sent", "unknown", "booked", "person", "void_wanted"]),
                name="one_live_booking_a_case",
            ),
            models.UniqueConstraint(
                fields=["key"],
                condition=~models.Q(state__in=["quoted", "dropped"]),
                name="one_booking_a_key",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "due_at"], name="bookings_due"),
            models.Index(fields=["network", "reference"], name="bookings_by_reference"),
        ]

"""What a merchant sets: calendars."""

from typing import ClassVar

from django.db import models


class CalendarRow(models.Model):
    """A calendar of a merchant, as `amends.facts.calendar_json` writes it; shops keep it by name."""

    merchant = models.CharField(max_length=120, default="")
    name = models.CharField(max_length=80)
    zone = models.CharField(max_length=64)
    week = models.JSONField()
    closed = models.JSONField(default=list)
    extra = models.JSONField(default=list)
    duty = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["merchant", "name"], name="one_calendar_a_name")]

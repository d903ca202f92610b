"""What a merchant sets: calendars, policies with their versions, messages, how a shop looks and works."""

from typing import ClassVar

from django.db import models

from amends.facts.people import MAIN


class CalendarRow(models.Model):
    """A calendar of a merchant, as `amends.facts.calendar_json` writes it; shops keep it by name."""

    merchant = models.CharField(max_length=120, default=MAIN)
    name = models.CharField(max_length=80)
    zone = models.CharField(max_length=64)
    week = models.JSONField()
    closed = models.JSONField(default=list)
    extra = models.JSONField(default=list)
    duty = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["merchant", "name"], name="one_calendar_a_name")]


class PolicyRow(models.Model):
    """A policy of a merchant, known by its name; what it says is in its versions."""

    merchant = models.CharField(max_length=120, default=MAIN)
    name = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["merchant", "name"], name="one_policy_a_name")]


class PolicyVersion(models.Model):
    """One text of a policy. Rows are added and never changed but for `state`, and never deleted."""

    policy = models.ForeignKey(PolicyRow, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=8)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    note = models.CharField(max_length=500, default="", blank=True)
    accepted = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["policy", "number"], name="one_version_a_number"),
            models.UniqueConstraint(
                fields=["policy"], condition=models.Q(state="live"), name="one_live_version_a_policy"
            ),
        ]


class ChangeCount(models.Model):
    """How often something was changed: read by every process to learn that what it remembers is old."""

    name = models.CharField(max_length=20, primary_key=True)
    count = models.BigIntegerField(default=0)


class TemplateRow(models.Model):
    """A merchant's own text of a message, in place of the built-in one."""

    merchant = models.CharField(max_length=120, default=MAIN)
    event = models.CharField(max_length=24)
    reason = models.CharField(max_length=24, default="", blank=True)
    language = models.CharField(max_length=8)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["merchant", "event", "reason", "language"], name="one_text_a_message")
        ]


class ShopPage(models.Model):
    """What a shop shows its buyers; a shop without one shows its name and nothing more."""

    shop = models.OneToOneField("store.Shop", on_delete=models.CASCADE, primary_key=True, related_name="page")
    title = models.CharField(max_length=120, default="", blank=True)
    contact_mail = models.CharField(max_length=254, default="", blank=True)
    colour = models.CharField(max_length=7, default="", blank=True)
    logo = models.BinaryField(null=True)
    logo_sha256 = models.CharField(max_length=64, default="", blank=True)
    return_addresses = models.JSONField(default=list)

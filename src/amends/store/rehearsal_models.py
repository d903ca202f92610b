"""The tables of rehearsing: rehearsals over past cases, policies that run in the shadow, and what those would have decided."""

from typing import ClassVar

from django.db import models

from amends.store.case_models import CaseRow
from amends.store.settings_models import PolicyRow


class RehearsalRow(models.Model):
    """A rehearsal (`amends.facts.rehearsal_runs.RehearsalRun`). `moved_at`: when its runner last told how far it is."""

    policy = models.ForeignKey(PolicyRow, on_delete=models.CASCADE, related_name="rehearsals")
    version = models.IntegerField()
    against = models.IntegerField(default=0)
    shop = models.CharField(max_length=120, default="", blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, default="waiting")
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    unread = models.IntegerField(default=0)
    fault = models.CharField(max_length=300, default="", blank=True)
    moved_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    found = models.JSONField(null=True)
    keys = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state"], name="rehearsal_to_do")]


class ShadowRow(models.Model):
    """A version of a policy that runs beside the live one (`amends.facts.shadows.Shadow`). `mark`: decisions until then were looked at."""

    policy = models.ForeignKey(PolicyRow, on_delete=models.PROTECT, related_name="shadows")
    version = models.IntegerField()
    started_by = models.CharField(max_length=150)
    started_at = models.DateTimeField()
    stopped_by = models.CharField(max_length=150, default="", blank=True)
    stopped_at = models.DateTimeField(null=True)
    went_live = models.IntegerField(default=0)
    mark = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["policy"], condition=models.Q(stopped_at__isnull=True), name="one_running_shadow_a_policy"
            )
        ]


class ShadowCaseRow(models.Model):
    """The newest decision on a case and what the shadow would have decided then. Money in minor units of `currency`."""

    shadow = models.ForeignKey(ShadowRow, on_delete=models.CASCADE, related_name="cases")
    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE, related_name="shadows")
    decided_at = models.DateTimeField()
    currency = models.CharField(max_length=3)
    differs = models.BooleanField()
    before_rule = models.CharField(max_length=200)
    before_outcome = models.CharField(max_length=8)
    before_remedy = models.CharField(max_length=20)
    before_handling = models.CharField(max_length=8)
    before_conflict = models.BooleanField()
    before_money = models.BigIntegerField()
    after_rule = models.CharField(max_length=200)
    after_outcome = models.CharField(max_length=8)
    after_remedy = models.CharField(max_length=20)
    after_handling = models.CharField(max_length=8)
    after_conflict = models.BooleanField()
    after_money = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["shadow", "case"], name="one_look_a_shadowed_case")]
        indexes: ClassVar = [models.Index(fields=["shadow", "differs", "-decided_at"], name="shadow_differing")]

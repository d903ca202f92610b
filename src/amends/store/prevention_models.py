"""The tables of prevention: tasks about causes, and the days on which a shop was looked through."""

from typing import ClassVar

from django.db import models

from amends.store.case_models import Shop


class CauseTaskRow(models.Model):
    """A task (`amends.facts.prevention.Task`). `cluster`, `also`: the counts when it was made; `cases`: numbers of cases."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="cause_tasks")
    place = models.CharField(max_length=16)
    value = models.CharField(max_length=200)
    reason = models.CharField(max_length=32)
    cluster = models.JSONField(default=dict)
    also = models.JSONField(default=list)
    cases = models.JSONField(default=list)
    state = models.CharField(max_length=12, default="open")
    at = models.DateTimeField()
    by = models.CharField(max_length=150, default="", blank=True)
    owner = models.CharField(max_length=150, default="", blank=True)
    due = models.DateField(null=True)
    change = models.CharField(max_length=500, default="", blank=True)
    changed_on = models.DateField(null=True)
    note = models.CharField(max_length=500, default="", blank=True)
    closed = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["shop", "place", "value", "reason"],
                condition=models.Q(state__in=("open", "changed")),
                name="one_live_task_a_cause",
            )
        ]


class CauseRunRow(models.Model):
    """A day on which a shop was looked through, and how many tasks that made."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="cause_runs")
    day = models.DateField()
    at = models.DateTimeField()
    made = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["shop", "day"], name="one_cause_run_a_day")]

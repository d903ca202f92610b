"""The tables of what the team is told: its chats, and every line, once a chat."""

from typing import ClassVar

from django.db import models

from amends.store.case_models import CaseRow


class TeamHookRow(models.Model):
    """A chat of a merchant's team. `sealed`: its address and secret. `next_at`: when it is spoken to next."""

    merchant = models.CharField(max_length=120, db_index=True)
    shop = models.CharField(max_length=120, default="", blank=True)
    kind = models.CharField(max_length=8)
    language = models.CharField(max_length=8, default="zh")
    events = models.JSONField(default=list)
    sealed = models.TextField()
    on_since = models.DateTimeField(null=True)
    next_at = models.DateTimeField()
    fault = models.CharField(max_length=300, default="", blank=True)
    faults = models.IntegerField(default=0)
    told_at = models.DateTimeField(null=True)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()


class TeamLineRow(models.Model):
    """A line for a chat: once for its `name`. `state`: waiting, sent or stale (not told in time)."""

    hook = models.ForeignKey(TeamHookRow, on_delete=models.CASCADE, related_name="lines")
    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE, related_name="team_lines")
    name = models.CharField(max_length=120)
    line = models.CharField(max_length=500)
    at = models.DateTimeField()
    state = models.CharField(max_length=8, default="waiting")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["hook", "name"], name="one_team_line_a_name")]
        indexes: ClassVar = [models.Index(fields=["hook", "state", "at"], name="team_line_waiting")]

"""The tables of flags: what is kept of each case to be compared by, with its reasons, and how a merchant flags.

They are drawn from cases and may be made anew; what people did because of a flag stands in the log of the case. What is older than the
merchant's period is deleted (`DatabaseFlags.forget`).
"""

from typing import ClassVar

from django.db import models

from amends.store.case_models import CaseRow


class FlagRow(models.Model):
    """One case (`amends.facts.flags.Signs`, `Flag`). `shown`, `then`: its points now, and as it came in. `seen_at`: how fresh it was."""

    case = models.OneToOneField(CaseRow, on_delete=models.CASCADE, primary_key=True, related_name="flag")
    merchant = models.CharField(max_length=120)
    at = models.DateTimeField()
    seen_at = models.DateTimeField()
    signs = models.JSONField(default=dict)
    shown = models.IntegerField(default=0)
    then = models.IntegerField(default=0)
    reasons = models.JSONField(default=list)
    friction = models.CharField(max_length=8, default="", blank=True)
    friction_by = models.CharField(max_length=150, default="", blank=True)
    appeal = models.CharField(max_length=8, default="", blank=True)
    appeal_due = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["merchant", "-shown"], name="flags_by_points"),
            models.Index(fields=["merchant", "at"], name="flags_by_age"),
        ]


class FlagTermsRow(models.Model):
    """How a merchant flags (`amends.facts.flags.FlagTerms`), and the threshold that its cases gave last (`Threshold`)."""

    merchant = models.CharField(max_length=120, primary_key=True)
    cap = models.IntegerField()
    days = models.IntegerField()
    threshold = models.JSONField(default=dict)
    at = models.DateTimeField()

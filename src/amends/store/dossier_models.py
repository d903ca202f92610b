"""The table of dossiers: what a person chose for a forum and a reason, how far its building is, and what was built."""

from typing import ClassVar

from django.db import models

from amends.store.case_models import CaseRow


class DossierRow(models.Model):
    """A dossier of a case (`amends.facts.dossier.Dossier`). The PDF itself lies on the shelf under `sha256`."""

    case = models.ForeignKey(CaseRow, on_delete=models.PROTECT, related_name="dossiers")
    forum = models.CharField(max_length=20)
    reason = models.CharField(max_length=60)
    choice = models.JSONField(default=dict)
    state = models.CharField(max_length=8, default="draft", db_index=True)
    asked_by = models.CharField(max_length=120, default="")
    asked_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField(null=True)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    pages = models.IntegerField(default=0)
    sha256 = models.CharField(max_length=64, default="")
    size = models.BigIntegerField(default=0)
    name = models.CharField(max_length=80, default="")
    digest = models.CharField(max_length=64, default="")
    shown = models.JSONField(default=list)
    fault = models.JSONField(default=dict)
    built_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "forum", "reason"], name="one_dossier_a_forum_and_reason")
        ]

"""The tables of follow-up: how a shop asks, and one question a case with its answer and the second contact."""

from typing import ClassVar

from django.db import models

from amends.store.case_models import CaseRow, Shop


class FollowTermsRow(models.Model):
    """How a shop follows up (`amends.facts.follow_up.FollowTerms`). `asks` and `delay_hours` stand beside `told` to be asked for."""

    shop = models.OneToOneField(Shop, on_delete=models.CASCADE, primary_key=True, related_name="follow")
    asks = models.BooleanField(default=False)
    delay_hours = models.IntegerField(default=24)
    since = models.DateTimeField(null=True)
    told = models.JSONField(default=dict)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()


class SurveyRow(models.Model):
    """The question about a case (`amends.facts.follow_up.Survey`). Not `asked`: settled that nothing is asked."""

    case = models.OneToOneField(CaseRow, on_delete=models.CASCADE, primary_key=True, related_name="survey")
    asked = models.BooleanField()
    asked_at = models.DateTimeField()
    score = models.IntegerField(null=True)
    remark = models.CharField(max_length=1000, default="", blank=True)
    answered_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(null=True)
    due = models.DateTimeField(null=True)
    owner = models.CharField(max_length=150, default="", blank=True)
    contacted_at = models.DateTimeField(null=True)
    contacted_by = models.CharField(max_length=150, default="", blank=True)
    outcome = models.CharField(max_length=16, default="", blank=True)
    note = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["contacted_at", "due"], name="survey_to_contact")]

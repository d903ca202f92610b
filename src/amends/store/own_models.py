"""What belongs to a person at the desk rather than to a case: views they saved, whether they know their way, and what they look at."""

from typing import ClassVar

from django.db import models

from amends.store.case_models import CaseRow


class SavedViewRow(models.Model):
    """A question to the work list that a person kept under a name of their own."""

    person = models.CharField(max_length=150)
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=600)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "name"], name="one_saved_view_a_name")]


class GuidedRow(models.Model):
    """A person who has done something at the desk, or put the first-run guide away; the others are shown it."""

    person = models.CharField(max_length=150, primary_key=True)


class PresenceRow(models.Model):
    """Someone who looks at a case, and when they last did: a hint to others, forgotten a minute later."""

    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE, related_name="watchers")
    person = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "person"], name="one_watcher_a_case")]

"""The tables of practice: rounds, and how each question was answered. Nothing else reads them, so no figure counts them."""

from typing import ClassVar

from django.db import models


class PracticeRoundRow(models.Model):
    """A round (`amends.facts.practice.Round`). `merchant`: behind whose wall its scores lie; `picks`: pairs of source and key."""

    person = models.CharField(max_length=150)
    merchant = models.CharField(max_length=80)
    seed = models.CharField(max_length=32)
    picks = models.JSONField(default=list)
    begun = models.DateTimeField()
    over = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(over__isnull=True), name="one_open_round_a_person"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["person", "-begun"], name="practice_of_person")]


class PracticeMarkRow(models.Model):
    """How one question was answered, once for each of its topics (`amends.facts.practice.Mark`)."""

    round = models.ForeignKey(PracticeRoundRow, on_delete=models.CASCADE, related_name="marks")
    place = models.IntegerField()
    asked = models.CharField(max_length=12)
    topic = models.CharField(max_length=12)
    given = models.CharField(max_length=40)
    wanted = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "place", "asked", "topic"], name="one_mark_a_question")
        ]

"""The table of words that a merchant's own corrections taught the reading of reasons."""

from typing import ClassVar

from django.db import models


class OwnWordRow(models.Model):
    """What a lead said to a proposed word: `accepted`, or declined, so that it comes no more. `taken`, `corrected`: as counted then."""

    merchant = models.CharField(max_length=120)
    tongue = models.CharField(max_length=2)
    written = models.CharField(max_length=60)
    reason = models.CharField(max_length=40)
    weight = models.IntegerField()
    accepted = models.BooleanField()
    taken = models.IntegerField()
    corrected = models.IntegerField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["merchant", "written", "reason"], name="one_own_word_a_reason")
        ]

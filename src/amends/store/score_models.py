"""The tables of platforms' scores: what was shown on each day, and the lines and goals that a shop sets itself."""

from typing import ClassVar

from django.db import models

from amends.store.case_models import Shop


class ScoreReadingRow(models.Model):
    """A number that a platform showed on a day (`amends.facts.score_readings.Reading`). `tenths`: its value in ten-thousandths."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="scores")
    programme = models.CharField(max_length=32)
    measure = models.CharField(max_length=24)
    day = models.DateField()
    tenths = models.BigIntegerField()
    way = models.CharField(max_length=8)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["shop", "programme", "measure", "day"], name="one_reading_a_day")
        ]


class ScoreTermsRow(models.Model):
    """The line and the goals that a shop sets for one score (`amends.facts.score_readings.ScoreTerms`)."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="score_terms")
    programme = models.CharField(max_length=32)
    told = models.JSONField(default=dict)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["shop", "programme"], name="one_terms_a_score")]

"""The tables of win-back: what buyers said to advertising, and who is won back, with the group that was drawn for them."""

from typing import ClassVar

from django.db import models

from amends.store.case_models import CaseRow, Shop


class ConsentRow(models.Model):
    """What a buyer of a merchant said to advertising by mail (`amends.facts.win_back.ConsentState`). `key`: of the address."""

    merchant = models.CharField(max_length=120)
    key = models.CharField(max_length=64)
    state = models.CharField(max_length=8)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["merchant", "key"], name="one_consent_a_buyer")]


class WinBackRow(models.Model):
    """A buyer to be won back (`amends.facts.win_back.WinBack`), once a case."""

    case = models.OneToOneField(CaseRow, on_delete=models.CASCADE, primary_key=True, related_name="win_back")
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="win_backs")
    key = models.CharField(max_length=64)
    why = models.CharField(max_length=8)
    group = models.CharField(max_length=8)
    state = models.CharField(max_length=8, default="waiting")
    at = models.DateTimeField()
    settled_by = models.CharField(max_length=150, default="", blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["shop", "key", "-at"], name="win_back_once_a_span"),
            models.Index(fields=["group", "state", "at"], name="win_back_to_send"),
        ]

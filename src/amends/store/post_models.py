"""The tables of what leaves: by which server a shop writes, and every mail and text message out, once."""

from typing import ClassVar

from django.db import models

from amends.store.case_models import CaseRow, Shop


class SenderRow(models.Model):
    """By which server and under which address a shop writes. `sealed`: its password. `rests_until`: after a fault of the server."""

    shop = models.OneToOneField(Shop, on_delete=models.CASCADE, primary_key=True, related_name="sender")
    host = models.CharField(max_length=200)
    port = models.IntegerField(default=465)
    security = models.CharField(max_length=8, default="tls")
    user = models.CharField(max_length=200, default="", blank=True)
    sealed = models.TextField(default="", blank=True)
    name = models.CharField(max_length=120, default="", blank=True)
    address = models.CharField(max_length=254)
    quiet_from = models.IntegerField(null=True)
    quiet_to = models.IntegerField(null=True)
    on_since = models.DateTimeField(null=True)
    rests_until = models.DateTimeField(null=True)
    fault = models.CharField(max_length=300, default="", blank=True)
    faults = models.IntegerField(default=0)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()


class PostRow(models.Model):
    """A mail or text message out. `name`: its Message-ID, or our own name of a text message. `way`: mail or sms.

    `sealed`: to whom and what, for nobody but the desk. `lease`: whose it is until `lease_until`. `state`: ready, sending (its text may
    have gone out), sent, failed, unsure, dropped. `told`: what was answered. `case_told`: the case knows of the trouble. `house`: the
    house wrote all of it.
    """

    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE, related_name="posts")
    name = models.CharField(max_length=280, unique=True)
    sealed = models.TextField()
    house = models.BooleanField(default=False)
    answers = models.JSONField(default=list)
    state = models.CharField(max_length=8, default="ready")
    code = models.CharField(max_length=16, default="", blank=True)
    told = models.CharField(max_length=300, default="", blank=True)
    tries = models.IntegerField(default=0)
    made_at = models.DateTimeField()
    begun_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    lease = models.CharField(max_length=32, default="", blank=True)
    lease_until = models.DateTimeField(null=True)
    case_told = models.BooleanField(default=False)
    way = models.CharField(max_length=8, default="mail")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "next_at"], name="post_by_state")]

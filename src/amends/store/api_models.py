"""The tables of the HTTP API: tokens, the answers given to calls with a key, endpoints of webhooks and what is sent to them."""

from typing import ClassVar

from django.db import models

from amends.store.log_models import CaseLogRow


class ApiTokenRow(models.Model):
    """A token (`amends.facts.api.ApiToken`). `hashed`: the SHA-256 of the secret, which is long enough to need no salt."""

    name = models.CharField(max_length=80, unique=True)
    merchant = models.CharField(max_length=120, default="", blank=True)
    role = models.CharField(max_length=10)
    scopes = models.JSONField(default=list)
    per_minute = models.IntegerField(default=6000)
    hashed = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=8)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class ApiAnswerRow(models.Model):
    """What a call with an idempotency key was answered, written in the transaction of what it did."""

    token = models.ForeignKey(ApiTokenRow, on_delete=models.CASCADE)
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    status = models.IntegerField(default=0)
    etag = models.CharField(max_length=40, default="")
    body = models.BinaryField(default=b"")
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["token", "key"], name="one_answer_a_key")]


class WebhookEndpointRow(models.Model):
    """An endpoint (`amends.facts.api.Endpoint`). `secrets`: sealed."""

    merchant = models.CharField(max_length=120, db_index=True)
    url = models.CharField(max_length=500)
    events = models.JSONField(default=list)
    secrets = models.TextField()
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    off_since = models.DateTimeField(null=True)
    alarm = models.CharField(max_length=300, default="", blank=True)
    failing_since = models.DateTimeField(null=True)


class WebhookDeliveryRow(models.Model):
    """The outbox: an event for an endpoint, written in the transaction of the log entry it tells of."""

    endpoint = models.ForeignKey(WebhookEndpointRow, on_delete=models.CASCADE, related_name="deliveries")
    entry = models.ForeignKey(CaseLogRow, on_delete=models.PROTECT, null=True)
    name = models.CharField(max_length=64)
    event = models.CharField(max_length=48)
    body = models.TextField()
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="waiting")
    tries = models.IntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    status = models.IntegerField(null=True)
    message = models.CharField(max_length=300, default="", blank=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "next_at"], name="webhook_due"),
            models.Index(fields=["endpoint", "-id"], name="webhook_of_endpoint"),
        ]

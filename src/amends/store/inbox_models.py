"""The inbox: every notice as it came, before anything is made of it."""

from typing import ClassVar

from django.db import models

from amends.store.case_models import Shop


class NoticeRow(models.Model):
    """A notice, known by its sender and the sender's own id of it. Body and headers stay as they came.

    `shop` is set once it is known what the notice is about; until then only those who see every merchant may look at it.
    """

    source = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=16, default="")
    headers = models.JSONField(default=dict)
    body = models.BinaryField()
    at = models.DateTimeField()
    state = models.CharField(max_length=10, default="received")
    reason = models.CharField(max_length=300, default="")
    times = models.IntegerField(default=1)
    settled_at = models.DateTimeField(null=True)
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["source", "name"], name="one_notice_a_name")]
        indexes: ClassVar = [models.Index(fields=["state", "at"], name="notice_by_state")]

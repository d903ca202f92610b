"""The tables of mail that comes in: mailboxes, and every mail that was read, once."""

from typing import ClassVar

from django.db import models

from amends.facts.people import MAIN
from amends.store.case_models import CaseRow


class MailboxRow(models.Model):
    """A merchant's mailbox. `sealed`: its password. `read_to` is a uid of `validity`; where that changes, every mail is looked at anew."""

    merchant = models.CharField(max_length=120, default=MAIN, db_index=True)
    host = models.CharField(max_length=200)
    port = models.IntegerField(default=993)
    tls = models.BooleanField(default=True)
    user = models.CharField(max_length=200)
    folder = models.CharField(max_length=120, default="INBOX")
    sealed = models.TextField(default="", blank=True)
    state = models.CharField(max_length=8, default="on")
    validity = models.BigIntegerField(default=0)
    read_to = models.BigIntegerField(default=0)
    read_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(db_index=True)
    faults = models.IntegerField(default=0)
    fault = models.CharField(max_length=300, default="", blank=True)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["host", "user", "folder"], name="one_mailbox_an_address")
        ]


class MailRow(models.Model):
    """A mail that was read. `name`: its Message-ID, or a digest of it. `sealed`: who wrote and what, for nobody but the desk.

    `raw`: the mail as it came while it waits for a person, sealed; gone once it is a message or was put aside.
    """

    mailbox = models.ForeignKey(MailboxRow, on_delete=models.CASCADE, related_name="mails")
    name = models.CharField(max_length=280)
    at = models.DateTimeField()
    state = models.CharField(max_length=8)
    sealed = models.TextField()
    raw = models.TextField(default="", blank=True)
    case = models.ForeignKey(CaseRow, on_delete=models.SET_NULL, null=True, related_name="mails")
    reason = models.CharField(max_length=200, default="", blank=True)
    by = models.CharField(max_length=150, default="", blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["mailbox", "name"], name="one_mail_a_name")]
        indexes: ClassVar = [models.Index(fields=["state", "at"], name="mail_by_state")]

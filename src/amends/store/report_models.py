"""The tables of reports that are sent again and again: what they hold, to whom they go, each time they were due, and every mail."""

from typing import ClassVar

from django.db import models

from amends.store.case_models import Shop


class ReportRow(models.Model):
    """A report (`amends.facts.reports.Report`). `shop`: by whose calendar it is due and whose mail sends it. `since`: null: not sent."""

    merchant = models.CharField(max_length=120)
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="reports")
    name = models.CharField(max_length=60)
    told = models.JSONField(default=dict)
    since = models.DateTimeField(null=True)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()


class ReportReceiverRow(models.Model):
    """To whom a report goes. `state`: asked, confirmed, left."""

    report = models.ForeignKey(ReportRow, on_delete=models.CASCADE, related_name="receivers")
    address = models.CharField(max_length=320)
    state = models.CharField(max_length=10, default="asked")
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "address"], name="one_address_a_report")]


class ReportRunRow(models.Model):
    """One time that a report was due. `state`: waiting, failed, made; the files are let go after a while, their digests stay."""

    report = models.ForeignKey(ReportRow, on_delete=models.CASCADE, related_name="runs")
    due = models.DateField()
    first = models.DateField()
    last = models.DateField()
    state = models.CharField(max_length=8)
    code = models.CharField(max_length=16, default="", blank=True)
    told = models.CharField(max_length=300, default="", blank=True)
    at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    pdf = models.BinaryField(null=True)
    xlsx = models.BinaryField(null=True)
    pdf_sha256 = models.CharField(max_length=64, default="", blank=True)
    xlsx_sha256 = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "due"], name="one_run_a_report_and_day")]


class ReportPostRow(models.Model):
    """A mail of a report to one receiver: the report of a run, or (no run) the question whether they want it. States as of `PostRow`."""

    receiver = models.ForeignKey(ReportReceiverRow, on_delete=models.CASCADE, related_name="posts")
    run = models.ForeignKey(ReportRunRow, on_delete=models.CASCADE, null=True, related_name="posts")
    name = models.CharField(max_length=280, unique=True)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    leave = models.CharField(max_length=400)
    state = models.CharField(max_length=8, default="ready")
    code = models.CharField(max_length=16, default="", blank=True)
    told = models.CharField(max_length=300, default="", blank=True)
    tries = models.IntegerField(default=0)
    at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    lease = models.CharField(max_length=32, default="", blank=True)
    lease_until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "receiver"], name="one_mail_a_run_and_receiver")
        ]
        indexes: ClassVar = [models.Index(fields=["state", "next_at"], name="report_post_by_state")]

"""The tables. A case is three rows: what lists need (`CaseRow`), its files (`CaseFile`), its words (`CaseText`).

The wide JSON lives apart from `CaseRow` so that lists and counts over a hundred thousand cases read narrow rows only.
Amounts are minor units of `currency`. `due_order` and `asked_order` are seconds since 1970, never null: to sort by.
"""

from typing import ClassVar

from django.db import models

from amends.facts.people import MAIN
from amends.store.case_views import view_indexes
from amends.store.summary import NO_DUE


class Shop(models.Model):
    """A shop of a merchant on one channel; known by its name.

    `automatic`: the house answers by itself where the policy says `auto`. `undo_seconds`: how long a press can be taken back before
    anything leaves the house. `answer_within_minutes`: our own promise of a first answer, in working minutes.
    `settle_within_hours`: our own promise to be done with a case, in working hours; it stands still while the buyer has to act.
    """

    name = models.CharField(max_length=120, unique=True)
    merchant = models.CharField(max_length=120, default=MAIN, db_index=True)
    channel = models.CharField(max_length=20)
    market = models.CharField(max_length=8, default="CN")
    currency = models.CharField(max_length=3, default="CNY")
    category = models.CharField(max_length=24, default="")
    labels = models.JSONField(default=list)
    automatic = models.BooleanField(default=False)
    undo_seconds = models.IntegerField(default=10)
    answer_within_minutes = models.IntegerField(null=True)
    settle_within_hours = models.IntegerField(null=True)
    calendar = models.ForeignKey("store.CalendarRow", on_delete=models.PROTECT, null=True, related_name="shops")


class CaseRow(models.Model):
    """One after-sale case as lists, filters and counts see it.

    The tracks, `status`, `version` (the number of its log entries) and `log_head` (the seal of the last) are drawn from the log.
    """

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="cases")
    key = models.CharField(max_length=120)
    state = models.CharField(max_length=8)
    market = models.CharField(max_length=8)
    kind = models.CharField(max_length=20)
    reason = models.CharField(max_length=24)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    value_points = models.BigIntegerField(default=0)
    order_no = models.CharField(max_length=120, default="")
    buyer = models.CharField(max_length=120, default="")
    title = models.CharField(max_length=300, default="")
    sku = models.CharField(max_length=120, default="")
    pieces = models.IntegerField(default=0)
    outcome = models.CharField(max_length=8, default="")
    remedy = models.CharField(max_length=20, default="")
    handling = models.CharField(max_length=8, default="")
    approver = models.CharField(max_length=8, default="")
    refund_minor = models.BigIntegerField(null=True)
    says_zh = models.TextField(default="")
    says_en = models.TextField(default="")
    next_who = models.CharField(max_length=10, default="")
    next_action = models.CharField(max_length=20, default="")
    if_missed_zh = models.CharField(max_length=300, default="")
    if_missed_en = models.CharField(max_length=300, default="")
    due_order = models.BigIntegerField(default=NO_DUE)
    asked_order = models.BigIntegerField(default=0)
    evidence_due = models.BooleanField(default=False)
    to_receive = models.BooleanField(default=False)
    disputed = models.BooleanField(default=False)
    imported_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decision_track = models.CharField(max_length=20, default="new")
    goods_track = models.CharField(max_length=12, default="none")
    replacement_track = models.CharField(max_length=12, default="none")
    repair_track = models.CharField(max_length=12, default="none")
    platform_track = models.CharField(max_length=16, default="none")
    card_track = models.CharField(max_length=12, default="none")
    status = models.CharField(max_length=20, default="to_decide")
    version = models.IntegerField(default=0)
    log_head = models.CharField(max_length=64, default="0" * 64)
    assignee = models.CharField(max_length=120, default="")
    origin = models.CharField(max_length=8, default="import")
    risky = models.BooleanField(default=False)
    to_approve = models.BooleanField(default=False)
    exception = models.CharField(max_length=24, default="")
    escalated_to = models.CharField(max_length=8, default="")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["shop", "key"], name="one_case_a_number")]
        indexes: ClassVar = [
            models.Index(fields=["state", "due_order", "-value_points", "id"], name="case_by_deadline"),
            models.Index(fields=["state", "-value_points", "due_order", "id"], name="case_by_amount"),
            models.Index(fields=["state", "-asked_order", "id"], name="case_by_newest"),
            models.Index(fields=["decided_at"], name="case_to_decide"),
            models.Index(fields=["market", "shop"], name="case_markets"),
            models.Index(fields=["shop", "order_no"], name="case_of_order"),
            *view_indexes(),
        ]


class CaseFile(models.Model):
    """The case file and the decision of a case, as JSON, and what else came with it.

    `ours`: what the house found out itself, in the shape of a case file. `agreed`: what both sides agreed on instead.
    """

    case = models.OneToOneField(CaseRow, on_delete=models.CASCADE, primary_key=True, related_name="file")
    case_json = models.JSONField()
    decision_json = models.JSONField(null=True)
    remarks = models.JSONField(default=list)
    as_of = models.CharField(max_length=40, default="")
    digest = models.CharField(max_length=64)
    ours = models.JSONField(null=True)
    agreed = models.JSONField(null=True)


class CaseText(models.Model):
    """The words by which a case is found: order, case, buyer, waybill, SKU, title, message."""

    case = models.OneToOneField(CaseRow, on_delete=models.CASCADE, primary_key=True, related_name="text")
    words = models.TextField()


class RawRow(models.Model):
    """A row of an imported file, as given. `case` is null and `refusal` is set where the row made no case."""

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT)
    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE, null=True, related_name="raw_rows")
    file = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    number = models.IntegerField()
    cells = models.JSONField()
    refusal = models.JSONField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "sha256", "number"], name="a_row_once_a_case"),
            models.UniqueConstraint(
                fields=["shop", "sha256", "number"], condition=models.Q(case__isnull=True), name="a_refused_row_once"
            ),
        ]

"""The tables of work on a case: its log, its deadlines, what was said, what was offered, and what waits for a second person."""

from typing import ClassVar

from django.db import models

from amends.store.case_models import CaseRow, Shop


class CaseLogRow(models.Model):
    """An entry of a case's log. Append-only: triggers refuse every change. `sealed` covers it and `before`."""

    case = models.ForeignKey(CaseRow, on_delete=models.PROTECT, related_name="log")
    seq = models.IntegerField()
    at = models.DateTimeField()
    who_kind = models.CharField(max_length=8)
    who = models.CharField(max_length=120)
    what = models.CharField(max_length=32)
    why = models.TextField(default="")
    moves = models.JSONField(default=list)
    told = models.JSONField(default=dict)
    data = models.JSONField(default=dict)
    before = models.CharField(max_length=64)
    sealed = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "seq"], name="one_entry_a_place")]


class DeadlineRow(models.Model):
    """A deadline of a case. `source`: decision (law, platform, policy) or own (our own promise, paused while others act).

    `state`: running, paused, met, missed, off. `left_minutes`: working minutes left while paused.
    """

    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE, related_name="deadlines")
    source = models.CharField(max_length=8)
    who = models.CharField(max_length=10)
    action = models.CharField(max_length=24)
    rule = models.CharField(max_length=120, default="")
    due_at = models.DateTimeField()
    if_missed_zh = models.CharField(max_length=300, default="")
    if_missed_en = models.CharField(max_length=300, default="")
    state = models.CharField(max_length=8, default="running")
    left_minutes = models.IntegerField(null=True)
    was_due_at = models.DateTimeField(null=True)
    told = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "source", "who", "action"], name="one_deadline_a_duty")
        ]
        indexes: ClassVar = [models.Index(fields=["state", "due_at"], name="deadline_due")]


class MessageRow(models.Model):
    """Something said on a case. `by_kind`: buyer, shop, platform or system. `send_at`: when it may leave the house.

    `state`: kept (nothing to send), waiting, sending, sent, delivered (its provider says so), failed, unsure, taken_back. A note stays
    inside, never shown to the buyer. `way`: mail, sms, portal or platform; "" where it is all the same. `post`: what it left with.
    """

    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE, related_name="messages")
    at = models.DateTimeField()
    by_kind = models.CharField(max_length=8)
    by = models.CharField(max_length=120)
    event = models.CharField(max_length=32, default="")
    subject = models.CharField(max_length=200, default="")
    text = models.TextField()
    inside = models.BooleanField(default=False)
    files = models.JSONField(default=list)
    send_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, default="kept")
    way = models.CharField(max_length=8, default="")
    post = models.ForeignKey("store.PostRow", on_delete=models.SET_NULL, null=True, related_name="messages")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["case", "at"], name="message_of_case"),
            models.Index(fields=["state", "send_at"], name="message_to_send"),
        ]


class OfferRow(models.Model):
    """An offer to the buyer of a case (`amends.facts.offers.Offer`)."""

    case = models.ForeignKey(CaseRow, on_delete=models.PROTECT, related_name="offers")
    number = models.IntegerField()
    kind = models.CharField(max_length=16)
    amount_minor = models.BigIntegerField(null=True)
    coupon = models.CharField(max_length=80, default="")
    note = models.CharField(max_length=500, default="")
    by = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="open")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="one_offer_a_number"),
            models.UniqueConstraint(fields=["case"], condition=models.Q(state="open"), name="one_open_offer_a_case"),
        ]


class ApprovalRow(models.Model):
    """A verb that waits for a second person: what was asked for, by whom, who may say yes. Money plans wait in `PayPlan`."""

    case = models.ForeignKey(CaseRow, on_delete=models.PROTECT, related_name="approvals")
    verb = models.CharField(max_length=16)
    given = models.JSONField(default=dict)
    total_minor = models.BigIntegerField(default=0)
    needs_role = models.CharField(max_length=8)
    asked_by = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="waiting")
    settled_by = models.CharField(max_length=120, default="")
    settled_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=500, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(state="waiting"), name="one_waiting_approval_a_case"
            )
        ]


class ShopOrder(models.Model):
    """An order as the shop told it, from which cases are opened. `file`: the parts of a case file that are not the request.

    `email_key` and `phone_key`: keyed digests, to find an order by without keeping the contact in clear; `contact` is sealed.
    """

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="shop_orders")
    number = models.CharField(max_length=120)
    file = models.JSONField()
    email_key = models.CharField(max_length=64, default="", db_index=True)
    phone_key = models.CharField(max_length=64, default="", db_index=True)
    contact = models.TextField(default="")
    digest = models.CharField(max_length=64)
    placed_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["shop", "number"], name="one_shop_order_a_number")]

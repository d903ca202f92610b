"""The tables of disputes: each dispute, what is done about it at a gateway (once a round), and the signs of who made a payment."""

from typing import ClassVar

from django.db import models

from amends.store.case_models import CaseRow, Shop
from amends.store.money_models import OrderPayment


class DisputeRow(models.Model):
    """A dispute about money that was taken in. It belongs to a case, or to none until it is matched; then its shop may be unknown as well.

    `sort`: card, platform, alert. `source`: who tells of it (a gateway, a channel, an alert provider, `hand`); `reference`: their id of it.
    `told_at`: as of when what they said last was true. `fresh`: something is written here that the case's log does not tell of yet.
    `round`: how many answers were decided on. `plan`: the plan that refunds what an alert is about.
    """

    sort = models.CharField(max_length=8)
    forum = models.CharField(max_length=16)
    source = models.CharField(max_length=40)
    reference = models.CharField(max_length=120)
    reason = models.CharField(max_length=64, default="")
    stage = models.CharField(max_length=16)
    amount_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3, default="")
    fee_minor = models.BigIntegerField(null=True)
    payment_reference = models.CharField(max_length=160, default="", db_index=True)
    order_no = models.CharField(max_length=120, default="")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, db_index=True)
    told_at = models.DateTimeField(null=True)
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, null=True)
    case = models.ForeignKey(CaseRow, on_delete=models.PROTECT, null=True, related_name="disputes")
    payment = models.ForeignKey(OrderPayment, on_delete=models.PROTECT, null=True, related_name="disputes")
    exhibits = models.JSONField(default=list)
    texts = models.JSONField(default=dict)
    ruling = models.CharField(max_length=8, default="")
    liability = models.CharField(max_length=12, default="")
    result_minor = models.BigIntegerField(null=True)
    plan = models.BigIntegerField(null=True)
    round = models.IntegerField(default=0)
    more = models.JSONField(default=dict)
    story = models.JSONField(default=list)
    fresh = models.BooleanField(default=False, db_index=True)
    looked_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "reference"], name="one_dispute_a_reference"),
            models.CheckConstraint(condition=models.Q(amount_minor__gte=0), name="dispute_amount_not_negative"),
        ]
        indexes: ClassVar = [models.Index(fields=["stage", "due_at"], name="dispute_by_stage")]


class FightRow(models.Model):
    """What is done at a gateway about a dispute. One a round: submitting and accepting exclude each other. Never deleted.

    `content` never changes once the first sending began. `may_send`: nothing is known to have gone out that could have got there.
    """

    dispute = models.ForeignKey(DisputeRow, on_delete=models.PROTECT, related_name="fights")
    round = models.IntegerField()
    kind = models.CharField(max_length=8)
    key = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=8, default="wanted")
    content = models.JSONField(default=dict)
    after = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    lease = models.CharField(max_length=120, default="")
    lease_until = models.DateTimeField(null=True)
    may_send = models.BooleanField(default=True)
    sends = models.IntegerField(default=0)
    tries = models.IntegerField(default=0)
    again = models.IntegerField(default=0)
    code = models.CharField(max_length=80, default="")
    message = models.CharField(max_length=400, default="")
    alarm = models.CharField(max_length=300, default="")
    reference = models.CharField(max_length=160, default="")
    by = models.CharField(max_length=120)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dispute", "round"],
                condition=~models.Q(state__in=["failed", "dropped"]),
                name="one_fight_a_round",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["wanted", "sending", "unsure", "done", "failed", "dropped"]),
                name="fight_state_known",
            ),
        ]


class PaymentSignRow(models.Model):
    """Who made a payment, as far as the shop's system told: `credential`: the card (a fingerprint or a token, never its number).

    `sealed`: internet address, device, account and address of delivery. Rows are there to be compared, within one shop's merchant.
    """

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT)
    order_no = models.CharField(max_length=120)
    reference = models.CharField(max_length=160)
    paid_at = models.DateTimeField(db_index=True)
    amount_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3, default="")
    credential = models.CharField(max_length=64, default="", db_index=True)
    last4 = models.CharField(max_length=4, default="")
    goods = models.CharField(max_length=300, default="")
    sealed = models.TextField(default="")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["shop", "reference"], name="one_sign_row_a_payment")]

"""The tables of text messages: how a shop sends them, what became of each, what came in, and who wants none."""

from typing import ClassVar

from django.db import models

from amends.store.case_models import CaseRow, Shop
from amends.store.post_models import PostRow


class SmsSenderRow(models.Model):
    """How a shop sends text messages. `sealed`: the provider's secret. `texts`: by event, each a template's number and a text.

    `token`: the end of the address that the provider calls. `rests_until`: after a fault of the provider or the keys.
    """

    shop = models.OneToOneField(Shop, on_delete=models.CASCADE, primary_key=True, related_name="sms")
    provider = models.CharField(max_length=8)
    account = models.CharField(max_length=80)
    sealed = models.TextField(default="", blank=True)
    sign = models.CharField(max_length=40)
    texts = models.JSONField(default=dict)
    price = models.DecimalField(max_digits=12, decimal_places=5, default=0)
    currency = models.CharField(max_length=3, default="", blank=True)
    token = models.CharField(max_length=40, unique=True)
    quiet_from = models.IntegerField(null=True)
    quiet_to = models.IntegerField(null=True)
    on_since = models.DateTimeField(null=True)
    rests_until = models.DateTimeField(null=True)
    fault = models.CharField(max_length=300, default="", blank=True)
    faults = models.IntegerField(default=0)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()


class SmsRow(models.Model):
    """What became of a text message. `reference`: the provider's own id of it. `told`: sent, delivered or undelivered, as it last said.

    `parts`: that are paid for, by our count until the provider tells its own. `cost`: of all, in `currency`; `charged`: as the provider
    took it, else the shop's price of a part times the parts.
    """

    post = models.OneToOneField(PostRow, on_delete=models.CASCADE, primary_key=True, related_name="sms")
    reference = models.CharField(max_length=80, default="", blank=True, db_index=True)
    told = models.CharField(max_length=12, default="", blank=True)
    code = models.CharField(max_length=40, default="", blank=True)
    told_at = models.DateTimeField(null=True)
    parts = models.IntegerField(default=0)
    cost = models.DecimalField(max_digits=12, decimal_places=5, null=True)
    currency = models.CharField(max_length=3, default="", blank=True)
    charged = models.BooleanField(default=False)
    asks = models.IntegerField(default=0)
    ask_at = models.DateTimeField(null=True, db_index=True)


class SmsInRow(models.Model):
    """A text message that came in, once by its `name`. `sealed`: who wrote and what. `state`: taken, waiting or ignored."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="sms_in")
    name = models.CharField(max_length=80)
    at = models.DateTimeField()
    state = models.CharField(max_length=8)
    sealed = models.TextField()
    case = models.ForeignKey(CaseRow, on_delete=models.SET_NULL, null=True, related_name="sms_in")
    by = models.CharField(max_length=150, default="", blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["shop", "name"], name="one_sms_a_name")]
        indexes: ClassVar = [models.Index(fields=["state", "at"], name="sms_in_by_state")]


class SmsStopRow(models.Model):
    """A number that wants no text messages of a merchant. `phone`: a keyed digest of it, for nobody needs the number for that."""

    merchant = models.CharField(max_length=120)
    phone = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["merchant", "phone"], name="one_sms_stop_a_number")]

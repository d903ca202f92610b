"""The tables of remedies: stock that is held, money that a buyer has to give, and lines whose lower price was paid."""

from typing import ClassVar

from django.db import models

from amends.store.case_models import CaseRow, Shop


class StockHoldRow(models.Model):
    """Stock held for a case until a time. `state`: held, shipped, released. Of a line of a case one is held at a time."""

    case = models.ForeignKey(CaseRow, on_delete=models.PROTECT, related_name="holds")
    line = models.CharField(max_length=80)
    sku = models.CharField(max_length=120)
    quantity = models.IntegerField()
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    state = models.CharField(max_length=8, default="held")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "line", "sku"], condition=models.Q(state="held"), name="a_line_held_once"
            ),
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="hold_of_something"),
        ]


class ChargeRow(models.Model):
    """Money that a buyer is asked for, or that is held. `number` counts from 1 in its case; one of a purpose is open at a time."""

    case = models.ForeignKey(CaseRow, on_delete=models.PROTECT, related_name="charges")
    number = models.IntegerField()
    purpose = models.CharField(max_length=10)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    text = models.CharField(max_length=1000)
    link = models.CharField(max_length=500, default="")
    asked_by = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="asked")
    agreed_by = models.CharField(max_length=120, default="")
    agreed_at = models.DateTimeField(null=True)
    reference = models.CharField(max_length=160, default="")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="one_charge_a_number"),
            models.UniqueConstraint(
                fields=["case", "purpose"],
                condition=models.Q(state__in=["asked", "agreed", "held", "due"]),
                name="a_purpose_asked_once",
            ),
            models.CheckConstraint(condition=models.Q(amount_minor__gt=0), name="charge_of_something"),
        ]


class PriceDropRow(models.Model):
    """A line of an order whose lower price was given back, by the case that did it: an order has one promised period, so once."""

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT)
    order_no = models.CharField(max_length=120)
    line = models.CharField(max_length=80)
    case = models.ForeignKey(CaseRow, on_delete=models.PROTECT, related_name="price_drops")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["shop", "order_no", "line"], name="a_lower_price_once_a_line")
        ]

"""The tables of freight: interceptions, which waybill is used where, the way back of a case, claims against carriers."""

from typing import ClassVar

from django.db import models

from amends.store.case_models import CaseRow


class InterceptionRow(models.Model):
    """A wish to have a parcel brought back (`amends.facts.freight.Interception`). One that is open a shipment of a case."""

    case = models.ForeignKey(CaseRow, on_delete=models.PROTECT, related_name="interceptions")
    shipment = models.CharField(max_length=120, default="", blank=True)
    waybill = models.CharField(max_length=60, default="", blank=True)
    carrier = models.CharField(max_length=24, default="", blank=True)
    way = models.CharField(max_length=10)
    state = models.CharField(max_length=12, default="asked")
    by = models.CharField(max_length=150)
    by_role = models.CharField(max_length=12)
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=200, default="", blank=True)
    refund = models.CharField(max_length=6, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "shipment"],
                condition=models.Q(state__in=["asked", "accepted"]),
                name="one_open_interception",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["state", "at"], name="interceptions_by_state")]


class WaybillUseRow(models.Model):
    """A waybill in the part that it plays in a case, found by merchant and number (`amends.facts.freight.WaybillUse`)."""

    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE, related_name="waybills")
    merchant = models.CharField(max_length=120)
    order_no = models.CharField(max_length=120, default="", blank=True)
    part = models.CharField(max_length=12)
    waybill = models.CharField(max_length=60)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "part", "waybill"], name="one_use_a_waybill_and_part")
        ]
        indexes: ClassVar = [models.Index(fields=["merchant", "waybill"], name="waybills_by_number")]


class WithdrawnSignalRow(models.Model):
    """A signal about a waybill that no longer counts (`amends.facts.waybill_signals.WithdrawnSignal`). `by`: "" for the house itself."""

    case = models.ForeignKey(CaseRow, on_delete=models.PROTECT, related_name="withdrawn_signals")
    signal = models.JSONField()
    why = models.CharField(max_length=300)
    by = models.CharField(max_length=150, default="", blank=True)
    at = models.DateTimeField()


class FreightRow(models.Model):
    """What is kept of a case's way back (`amends.facts.freight.FreightNote`)."""

    case = models.OneToOneField(CaseRow, on_delete=models.PROTECT, related_name="freight")
    way = models.CharField(max_length=8, default="", blank=True)
    waybill = models.CharField(max_length=60, default="", blank=True)
    insured_by = models.CharField(max_length=10, default="", blank=True)
    insurance = models.CharField(max_length=10, default="none")
    expected = models.BigIntegerField(null=True)
    insured_paid = models.BigIntegerField(null=True)
    with_refund = models.BooleanField(default=False)
    receipt = models.CharField(max_length=64, default="", blank=True)
    reimbursed = models.BigIntegerField(null=True)
    reimbursed_at = models.DateTimeField(null=True)


class CarrierClaimRow(models.Model):
    """A claim against a carrier (`amends.facts.freight.CarrierClaim`). One of a kind that is alive a waybill of a case."""

    case = models.ForeignKey(CaseRow, on_delete=models.PROTECT, related_name="carrier_claims")
    waybill = models.CharField(max_length=60)
    carrier = models.CharField(max_length=24, default="", blank=True)
    kind = models.CharField(max_length=8)
    state = models.CharField(max_length=12, default="drafted")
    currency = models.CharField(max_length=3)
    amount = models.BigIntegerField()
    declared = models.BigIntegerField(null=True)
    insured = models.BooleanField(default=False)
    ceiling = models.BigIntegerField(null=True)
    due_at = models.DateTimeField(null=True)
    rule = models.CharField(max_length=300, default="", blank=True)
    confidence = models.CharField(max_length=1, default="L")
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    reference = models.CharField(max_length=120, default="", blank=True)
    paid = models.BigIntegerField(null=True)
    note = models.CharField(max_length=500, default="", blank=True)
    warned = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "waybill", "kind"],
                condition=~models.Q(state__in=["dropped", "lapsed"]),
                name="one_claim_a_parcel_and_kind",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["state", "due_at"], name="carrier_claims_due")]

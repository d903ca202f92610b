"""The tables of the evidence vault: contents and their custody, what is kept before there is a case, digests, time stamps, listings."""

from typing import ClassVar

from django.db import models

from amends.store.case_models import Shop


class VaultFileRow(models.Model):
    """A content, once, however many cases have it. `head` and `count`: the end of its custody. Rows are never deleted.

    `origin`: the content that this is a covered copy of. `held`: who has it kept whatever its age.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=12)
    mime = models.CharField(max_length=32)
    size = models.BigIntegerField()
    at = models.DateTimeField(db_index=True)
    source = models.CharField(max_length=10)
    origin = models.CharField(max_length=64, default="", db_index=True)
    covered = models.JSONField(default=dict)
    held = models.CharField(max_length=120, default="")
    looked_over_at = models.DateTimeField(null=True, db_index=True)
    removed_at = models.DateTimeField(null=True)
    head = models.CharField(max_length=64, default="0" * 64)
    count = models.IntegerField(default=0)


class CustodyRow(models.Model):
    """Something that was done with a content (`amends.facts.vault.Custody`). Append-only: triggers refuse every change."""

    file = models.ForeignKey(VaultFileRow, on_delete=models.PROTECT, related_name="custody")
    seq = models.IntegerField()
    at = models.DateTimeField()
    who_kind = models.CharField(max_length=8)
    who = models.CharField(max_length=120)
    what = models.CharField(max_length=12)
    source = models.CharField(max_length=10, default="")
    case = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)
    before = models.CharField(max_length=64)
    sealed = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["file", "seq"], name="one_custody_a_place")]


class GoodsProofRow(models.Model):
    """A file kept under an order or a waybill of a shop, before there is a case or after: packing, weighing, unpacking."""

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="goods_proofs")
    order_no = models.CharField(max_length=120, default="")
    waybill = models.CharField(max_length=64, default="")
    purpose = models.CharField(max_length=10)
    grams = models.IntegerField(null=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=12)
    mime = models.CharField(max_length=32)
    size = models.BigIntegerField()
    name = models.CharField(max_length=80)
    by_kind = models.CharField(max_length=8)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["shop", "order_no", "waybill", "sha256"], name="one_goods_proof_a_parcel")
        ]
        indexes: ClassVar = [
            models.Index(fields=["shop", "order_no"], name="goods_proof_order"),
            models.Index(fields=["waybill"], name="goods_proof_waybill"),
        ]


class ListingRow(models.Model):
    """A version of a listing as the shop's system told it, from `at` on until the next one."""

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="listings")
    sku = models.CharField(max_length=120)
    number = models.IntegerField()
    at = models.DateTimeField()
    told_at = models.DateTimeField()
    by = models.CharField(max_length=120)
    listing = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["shop", "sku", "number"], name="one_listing_a_number")]
        indexes: ClassVar = [models.Index(fields=["shop", "sku", "-at"], name="listing_at")]


class LogDigestRow(models.Model):
    """A digest over every log that moved since the one before (`amends.facts.digests`). Append-only."""

    number = models.IntegerField(unique=True)
    at = models.DateTimeField()
    leaves = models.IntegerField()
    root = models.CharField(max_length=64)
    before = models.CharField(max_length=64)
    sealed = models.CharField(max_length=64)
    log_upto = models.BigIntegerField()
    custody_upto = models.BigIntegerField()


class DigestLeafRow(models.Model):
    """Where a log stood when a digest was made: `kind` case or piece, its number, its length and its last seal. Append-only."""

    digest = models.ForeignKey(LogDigestRow, on_delete=models.PROTECT, related_name="all_leaves")
    kind = models.CharField(max_length=6)
    subject = models.BigIntegerField()
    seq = models.IntegerField()
    head = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "subject", "seq"], name="one_leaf_a_place")]


class StampRow(models.Model):
    """A time stamp asked for of an authority outside. `kind`: digest or piece; `state`: waiting, stamped or failed."""

    kind = models.CharField(max_length=6)
    subject = models.CharField(max_length=64)
    imprint = models.CharField(max_length=64)
    url = models.CharField(max_length=300, default="")
    state = models.CharField(max_length=8, default="waiting")
    asked_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    tries = models.IntegerField(default=0)
    message = models.CharField(max_length=300, default="")
    stamped_at = models.DateTimeField(null=True)
    token = models.BinaryField(default=bytes)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "subject"], name="one_stamp_a_thing")]
        indexes: ClassVar = [models.Index(fields=["state", "next_at"], name="stamp_due")]


class AuditRunRow(models.Model):
    """A look through the whole chain that a person asked for on the page. `state`: waiting, running, done, failed."""

    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, default="waiting")
    part = models.CharField(max_length=12, default="")
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    counted = models.JSONField(default=dict)
    found = models.IntegerField(default=0)
    findings = models.JSONField(default=list)
    ended_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField(null=True)

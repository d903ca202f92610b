"""The tables of pictures that were looked at: what is known of each content, its prints, signals on pieces, and the shops' own pictures."""

from typing import ClassVar

from django.db import models

from amends.store.evidence_models import EvidenceRow


class PictureRow(models.Model):
    """A content that was opened as a picture; whose it is, is said by the pieces and product pictures that have it."""

    sha256 = models.CharField(max_length=64, unique=True)
    facts = models.JSONField(default=dict)


class PrintRow(models.Model):
    """A print of a picture, and the keys under which it is found: a print that is nearly the same shares one of them.

    `anchor`: its place among the windows that are kept of every picture.
    """

    picture = models.ForeignKey(PictureRow, on_delete=models.CASCADE, related_name="prints")
    anchor = models.SmallIntegerField()
    bits = models.BigIntegerField()
    key_0 = models.IntegerField()
    key_1 = models.IntegerField()
    key_2 = models.IntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["picture", "anchor"], name="one_print_an_anchor")]
        indexes: ClassVar = [
            models.Index(fields=["key_0"], name="print_key_0"),
            models.Index(fields=["key_1"], name="print_key_1"),
            models.Index(fields=["key_2"], name="print_key_2"),
        ]


class PieceLookRow(models.Model):
    """A piece that was looked at once. `outcome`: seen, no_picture, gone, failed."""

    evidence = models.OneToOneField(EvidenceRow, on_delete=models.CASCADE, primary_key=True, related_name="look")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=12)


class EvidenceSignalRow(models.Model):
    """Something about a piece that a person should look at, with its reason in words. `other`: the piece that it is like."""

    evidence = models.ForeignKey(EvidenceRow, on_delete=models.CASCADE, related_name="signals")
    code = models.CharField(max_length=24)
    strength = models.CharField(max_length=8)
    says_zh = models.CharField(max_length=400)
    says_en = models.CharField(max_length=400)
    detail = models.JSONField(default=dict)
    other = models.ForeignKey(EvidenceRow, on_delete=models.CASCADE, null=True, related_name="likened")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["evidence", "code"], name="signals_of_piece")]


class ProductPictureRow(models.Model):
    """A merchant's own picture of a product, so that it is known again where it is sent in as a photo. `small`: a small JPEG of it."""

    merchant = models.CharField(max_length=120, db_index=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=80)
    small = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["merchant", "sha256"], name="one_product_picture_a_merchant")
        ]

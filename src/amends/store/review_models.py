"""The table of reviews: what a platform told, and our answer."""

from typing import ClassVar

from django.db import models

from amends.store.case_models import Shop


class ReviewRow(models.Model):
    """A review (`amends.facts.reviews.Review`), once a number of its platform. `told_at`: when the house last heard of it."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="reviews")
    review = models.CharField(max_length=120)
    stars = models.IntegerField()
    at = models.DateTimeField()
    text = models.TextField(default="", blank=True)
    order_no = models.CharField(max_length=120, default="", blank=True)
    sku = models.CharField(max_length=120, default="", blank=True)
    author = models.CharField(max_length=120, default="", blank=True)
    kind = models.CharField(max_length=8, default="product")
    link = models.CharField(max_length=500, default="", blank=True)
    answer = models.TextField(default="", blank=True)
    answered_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField()
    state = models.CharField(max_length=8, default="open")
    draft = models.TextField(default="", blank=True)
    drafted_by = models.CharField(max_length=150, default="", blank=True)
    drafted_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=150, default="", blank=True)
    approved_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["shop", "review"], name="one_review_a_number")]
        indexes: ClassVar = [
            models.Index(fields=["shop", "state", "stars", "-at"], name="reviews_to_answer"),
            models.Index(fields=["shop", "sku", "stars"], name="reviews_of_sku"),
            models.Index(fields=["shop", "order_no"], name="reviews_of_order"),
            models.Index(fields=["shop", "-at"], name="reviews_by_day"),
        ]

"""Merchants, and who works for which of them as what. Whoever keeps the installation is a superuser and needs no membership."""

from typing import ClassVar

from django.contrib.auth.models import User
from django.db import models


class Merchant(models.Model):
    """A merchant, known by a name that never changes; `title` is what people read. Shops name theirs by `Shop.merchant`."""

    name = models.CharField(max_length=120, unique=True)
    title = models.CharField(max_length=120, default="")


class Membership(models.Model):
    """A person's role at a merchant; one of `amends.facts.people.STANDINGS`, but `admin`."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    merchant = models.ForeignKey(Merchant, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=10)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "merchant"], name="one_role_a_merchant")]

"""The table of what a return costs a shop."""

from django.db import models

from amends.store.case_models import Shop


class ShopCostRow(models.Model):
    """A shop's figures (`amends.facts.shop_costs.ShopCosts`), as they were told."""

    shop = models.OneToOneField(Shop, on_delete=models.CASCADE, primary_key=True, related_name="costs")
    told = models.JSONField(default=dict)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

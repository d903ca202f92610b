"""Template tags of the metrics: values of dimensions by their names, and what one return costs."""

from __future__ import annotations

from django import template

from amends.learn.metrics.costs import ReturnCost
from amends.web import show
from amends.web.tongues import name_of, tongue

register = template.Library()
GROUPS = {"platform": "channel", "kind": "kind", "reason": "reason", "market": "market", "carrier": "carrier"}
"""What names the values of a dimension."""


@register.simple_tag
def metric_value(dimension: str, value: str) -> str:
    """The name of a dimension's value; what has none, such as a shop, stands as it is."""
    group = GROUPS.get(dimension)
    return name_of(group, value, tongue()) if group else value


@register.simple_tag
def cost_each(cost: ReturnCost, currency: str) -> str:
    """What one return costs, of those whose shops told their figures."""
    return show.money(round(cost.total / cost.returns), currency, tongue()) if cost.returns else "–"

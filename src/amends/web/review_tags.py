"""What templates of reviews need: stars as people read them."""

from __future__ import annotations

from urllib.parse import urlencode

from django import template

register = template.Library()


@register.filter
def stars(count: int) -> str:
    """So many of five stars filled."""
    full = max(0, min(5, count))
    return "★" * full + "☆" * (5 - full)


@register.simple_tag
def query_of(**given: str) -> str:
    """The query part of an address."""
    return urlencode(given)

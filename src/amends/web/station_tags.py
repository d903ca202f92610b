"""What the station's templates ask for."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def minutes(seconds: int) -> str:
    """Will write seconds as minutes with one digit: 4.5."""
    tenths = (seconds + 3) // 6
    return f"{tenths // 10}.{tenths % 10}"

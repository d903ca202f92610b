"""Template filters that mask a buyer's data on screen; the case page shows it where that was written down."""

from __future__ import annotations

from typing import Any

from django import template

from amends.basics import masking

register = template.Library()


@register.filter
def masked_name(text: Any) -> str:
    """A buyer's name, masked."""
    return masking.mask_name(str(text or ""))


@register.filter
def masked_text(text: Any) -> str:
    """A text with mail addresses and telephone numbers masked."""
    return masking.mask_text(str(text or ""))


@register.filter
def masked_cells(cells: dict[str, Any]) -> dict[str, str]:
    """A row of a file, masked by its headers."""
    return masking.mask_cells(cells)

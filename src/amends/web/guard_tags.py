"""What templates of guards need: shares, bars and the colours of states."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, cast

from django import template

from amends.web.tongues import NAMES, Tongue

register = template.Library()
_STATES: Final = {"over": "chip-red", "heading": "chip-amber", "near": "chip-auto"}
_FLAWS: Final = {"fault": "chip-red", "warning": "chip-amber"}
_DUTIES: Final = {"met": "chip-auto", "yours": "chip-amber", "missing": "chip-red"}


@register.simple_tag
def percent(ratio: float | Decimal | None) -> str:
    """A ratio as percent with two digits; a dash where there is none."""
    return "–" if ratio is None else f"{float(ratio) * 100:.2f}%"


@register.simple_tag
def share(part: int, whole: int) -> str:
    """A part of a whole as percent."""
    return f"({part / whole * 100:.0f}%)" if whole else ""


@register.simple_tag
def across(items: int, line: int) -> str:
    """How far along a bar that ends at the line, from 0 to 100."""
    return f"{min(100, items * 100 / line) if line else 0:.1f}"


@register.simple_tag
def across_width(low: int, high: int, line: int) -> str:
    """How wide a range is on such a bar; never nothing, so that it is seen."""
    if not line:
        return "0"
    return f"{max(0.6, min(100, high * 100 / line) - min(100, low * 100 / line)):.1f}"


@register.simple_tag
def guard_chip(state: str) -> str:
    """The colour of a standing."""
    return _STATES.get(state, "")


@register.simple_tag
def flaw_chip(weight: str) -> str:
    """The colour of a flaw."""
    return _FLAWS.get(weight, "")


@register.simple_tag
def duty_chip(state: str) -> str:
    """The colour of a duty."""
    return _DUTIES.get(state, "")


@register.simple_tag
def tongue_name(code: str) -> str:
    """What a language calls itself."""
    return NAMES[cast(Tongue, code)][1]


@register.simple_tag
def tongue_code(code: str) -> str:
    """A language as HTML names it."""
    return NAMES[cast(Tongue, code)][0]

"""What templates of guards need: shares, bars and the colours of states."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, cast

from babel.numbers import format_decimal
from django import template

from amends.facts.flags import Reason, Threshold
from amends.web.tongues import LOCALES, NAMES, Tongue, name_of, tongue
from amends.web.words import page_words

register = template.Library()
_STATES: Final = {"over": "chip-red", "heading": "chip-amber", "near": "chip-auto"}
_FLAWS: Final = {"fault": "chip-red", "warning": "chip-amber"}
_SHARES: Final = frozenset({"usual", "share", "sooner"})
_DUTIES: Final = {"met": "chip-auto", "yours": "chip-amber", "missing": "chip-red"}


@register.simple_tag
def percent(ratio: float | Decimal | None) -> str:
    """A ratio as percent with two digits; a dash where there is none."""
    return "–" if ratio is None else f"{float(ratio) * 100:.2f}%"


@register.filter
def grouped(many: int) -> str:
    """A count as the page's language writes it: 1,494."""
    return str(format_decimal(many, locale=LOCALES[tongue()]))


@register.simple_tag
def guard_fault(field: str) -> str:
    """What would be right in a field of a shop's guards."""
    key = field if field in ("email", "url") else "long"
    return page_words(f"guards.fault_{key}", tongue())


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


@register.filter
def permille(share: int) -> str:
    """Thousandths as percent: 10 is 1%."""
    return f"{share // 10}%" if share % 10 == 0 else f"{share / 10:.1f}%"


@register.simple_tag
def reason_words(reason: Reason) -> str:
    """A reason in one sentence with its numbers."""
    language, told = tongue(), {name: str(value) for name, value in reason.numbers.items()}
    for name in _SHARES & told.keys():
        told[name] = permille(int(told[name]))
    if "ties" in told:
        between = ", " if language == "en" else "、"
        told["ties"] = between.join([name_of("tie", one, language) for one in told["ties"].split(", ")])
    if "signal" in told:
        told["signal"] = name_of("waybill_signal", told["signal"], language)
    return page_words(f"flags.why_{reason.code}", language, **told)


@register.simple_tag
def flag_threshold(found: Threshold) -> str:
    """From where on cases are flagged, and how often that was right so far."""
    told = {name: str(getattr(found, name)) for name in ("points", "cases", "flagged", "ended", "confirmed")}
    told |= {name: permille(getattr(found, name)) for name in ("precise", "low", "high")}
    text = page_words(f"flags.threshold_{found.state}", tongue(), **told)
    if not (found.flags and found.since):
        return text
    newest = page_words("flags.threshold_newest", tongue(), points=str(found.points))
    return f"{text} {newest}" if tongue() == "en" else f"{text}{newest}"

"""Template tags of the pages of the settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

from amends.facts.calendar_json import WEEKDAYS
from amends.facts.kept_policies import FROM_FILE
from amends.facts.people import Seat
from amends.facts.words import words
from amends.web.tongues import known_in, name_of, one_of, tongue
from amends.web.who_tags import merchant_title
from amends.web.words import page_words

register = template.Library()
_BETWEEN: Final = " / "


@register.simple_tag
def maker(name: str) -> str:
    """Who made a version: a person, or a policy file."""
    return page_words("policy.maker_file", tongue()) if name == FROM_FILE else name


@register.filter
def plus(left: int, right: int) -> int:
    """A sum."""
    return left + right


@register.simple_tag
def wall(when: datetime) -> str:
    """An instant on the wall clock that it carries, with its weekday."""
    weekday = name_of("weekday", WEEKDAYS[when.weekday()], tongue())
    return f"{when:%Y-%m-%d} {weekday} {when:%H:%M}"


@register.simple_tag
def coded(says: Mapping[str, str]) -> str:
    """A text in the page's language, what stands between back-ticks as code."""
    pieces = one_of(says, tongue()).split("`")
    return format_html_join("", "{}{}{}", _pieces(pieces))


def _pieces(pieces: Sequence[str]) -> Iterable[tuple[str, str, str]]:
    paired = len(pieces) % 2 == 1
    for place, piece in enumerate(pieces):
        if place % 2 and paired:
            yield mark_safe("<code>"), piece, mark_safe("</code>")
        else:
            yield ("`" if place and not paired else ""), piece, ""


@register.simple_tag
def fault_said(both: str) -> str:
    """What is kept as ``Chinese / English``, both ending in the platform's own words, in the page's language."""
    pieces = both.split(_BETWEEN)
    if len(pieces) % 2:
        return both
    half = len(pieces) // 2
    return one_of({"zh": _BETWEEN.join(pieces[:half]), "en": _BETWEEN.join(pieces[half:])}, tongue())


@register.simple_tag
def span_of(seconds: int) -> str:
    """A length of time in words, to the minute."""
    days, rest = divmod(seconds, 86_400)
    hours, minutes = divmod(rest // 60, 60)
    if days:
        return page_words("clock.days", tongue(), d=days, h=hours)
    if hours:
        return page_words("clock.hours", tongue(), h=hours, m=minutes)
    return page_words("clock.minutes", tongue(), m=minutes)


@register.simple_tag
def setting_field(field: str) -> str:
    """What a field of a settings form is called: a weekday, a numbered row of duty, or its own name; nothing where there is none."""
    language = tongue()
    first, _, number = field.partition(".")
    if first == "duty" and number:
        return page_words("calendar.duty_row", language, number=number) + (":" if known_in(language) == "en" else "：")
    for group in ("weekday", "setting"):
        if words(group, first):
            return name_of(group, first, language) + (":" if known_in(language) == "en" else "：")
    return ""


@register.filter
def titled(merchant: str, seats: Iterable[Seat]) -> str:
    """A merchant's name as people read it, where it is among the person's own."""
    return next((merchant_title(seat) for seat in seats if seat.merchant == merchant), merchant)

"""Template tags of the buyer's pages: days as people say them, sentences in the reader's language, names that buyers understand."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from babel.dates import format_date, format_datetime
from django import template

from amends.basics.zones import local
from amends.facts.rulebook import Says
from amends.learn.case_view import read_time
from amends.web.portal.frame import says
from amends.web.portal.token import token_of
from amends.web.tongues import LOCALES, Tongue, name_of, tongue
from amends.web.words import has_words, page_words

register = template.Library()


@register.simple_tag
def day(when: Any, market: str) -> str:
    """A day on the market's calendar: 9 December 2026."""
    found = read_time(when)
    return "" if found is None else format_date(local(found, market).date(), "long", locale=LOCALES[tongue()])


@register.simple_tag
def until(when: Any, market: str) -> str:
    """The last day of a period that ends at an instant: an end at midnight belongs to the day before."""
    found = read_time(when)
    return "" if found is None else day_until(found, market, tongue())


@register.simple_tag
def clock(when: Any, market: str) -> str:
    """A moment on the market's clock: 25 Nov 2026, 13:05."""
    found = read_time(when)
    if found is None:
        return ""
    return format_datetime(local(found, market).replace(tzinfo=None), "medium", locale=LOCALES[tongue()])


@register.simple_tag
def in_words(text: Says | None) -> str:
    """A sentence in the reader's language."""
    return says(text) if text else ""


@register.simple_tag
def buyers_word(family: str, code: str, group: str = "") -> str:
    """What buyers call a code: the portal's own words for it, else the house's name."""
    key = f"{family}.{code}"
    return page_words(key, tongue()) if has_words(key) else name_of(group, code, tongue())


@register.simple_tag
def case_token(number: int) -> str:
    """The token by which a case is followed."""
    return token_of("case", number)


@register.filter
def up_to(many: int) -> range:
    """1, 2, … many."""
    return range(1, many + 1)


def day_until(when: datetime, market: str, language: Tongue) -> str:
    """The last day that a period holds."""
    last = local(when, market) - timedelta(seconds=1)
    return format_date(last.date(), "long", locale=LOCALES[language])

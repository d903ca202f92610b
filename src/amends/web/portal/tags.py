"""Template tags of the buyer's pages: days as people say them, sentences in the reader's language, names that buyers understand."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from babel.dates import format_date, format_datetime
from django import template

from amends.basics.zones import local
from amends.facts.rulebook import Says
from amends.facts.shops import KeptShop
from amends.learn.case_view import read_time
from amends.web.portal.frame import says, shop_address
from amends.web.tongues import LOCALES, Tongue, name_of, tongue
from amends.web.words import has_words, page_words

register = template.Library()


@register.simple_tag
def day(when: Any, market: str) -> str:
    """A day on the market's calendar: 9 December 2026."""
    found = read_time(when)
    return "" if found is None else _day(local(found, market), tongue())


@register.simple_tag
def until(when: Any, market: str) -> str:
    """The last day of a period that ends at an instant: an end at midnight belongs to the day before."""
    found = read_time(when)
    return "" if found is None else day_until(found, market, tongue())


@register.simple_tag
def clock(when: Any, market: str) -> str:
    """A moment on the market's clock: 25 Nov 2026, 13:05; the end of a day is the day."""
    found = read_time(when)
    if found is None:
        return ""
    there = local(found, market)
    if (there.hour, there.minute, there.second) == (0, 0, 0):
        return day_until(found, market, tongue())
    form = "d MMM yyyy, HH:mm" if tongue() == "en" else "yyyy年M月d日 HH:mm"
    return format_datetime(there.replace(tzinfo=None), form, locale=LOCALES[tongue()])


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
def buyers_page(shop: KeptShop) -> str:
    """Where a shop's buyers begin."""
    return shop_address(shop)


@register.filter
def one_to(many: int) -> range:
    """1, 2, … many."""
    return range(1, many + 1)


def day_until(when: datetime, market: str, language: Tongue) -> str:
    """The last day that a period holds."""
    return _day(local(when, market) - timedelta(seconds=1), language)


def _day(when: datetime, language: Tongue) -> str:
    """9 December 2026, as Europe writes it; the Chinese way in Chinese."""
    return format_date(when.date(), "d MMMM yyyy" if language == "en" else "long", locale=LOCALES[language])

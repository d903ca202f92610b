"""Template tags: words, names of codes, money, times. All speak the language of the page."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.utils.safestring import SafeString

from amends.facts.listed import COUNTED, ListQuery
from amends.facts.words import codes, words
from amends.learn.countdown import band
from amends.web import show
from amends.web.tongues import NAMES, html_lang, name_of, tongue
from amends.web.words import page_words

register = template.Library()
STATIC: Final = Path(__file__).parent / "static"
FACT_GROUPS: Final = ("fact", "goods", "buyer")


def language_context(request: HttpRequest) -> dict[str, object]:
    """Will tell every template the language (`lang`: zh, zh_hant or en; `html_lang` as HTML wants it) and which there are."""
    return {"lang": tongue(), "html_lang": html_lang(tongue()), "page_languages": tuple(NAMES.values())}


@register.simple_tag
def t(key: str, **given: object) -> str:
    """Words of the pages themselves; `count` chooses between one and many."""
    return page_words(key, tongue(), **given)


@register.simple_tag
def name(group: str, code: Any) -> str:
    """The name of a code."""
    return name_of(group, str(code), tongue()) if code else ""


@register.simple_tag
def fact_name(code: str) -> str:
    """The name of a fact; facts that are states of the goods or counts of the buyer have theirs there."""
    language = tongue()
    return next((name_of(group, code, language) for group in FACT_GROUPS if words(group, code)), code)


@register.simple_tag
def named(group: str) -> list[tuple[str, str]]:
    """All codes of a group with their names."""
    return [(code, name_of(group, code, tongue())) for code in codes(group)]


@register.simple_tag
def said(text: Any, group: str = "") -> str:
    """A text in several languages, or a code of a group, or a plain text."""
    return show.in_tongue(text, tongue(), group)


@register.simple_tag
def money(minor: int | None, currency: str) -> str:
    """Minor units with their sign; nothing where there is no amount."""
    return "" if minor is None else show.money(minor, currency, tongue())


@register.simple_tag
def amount(text: Any, currency: str) -> str:
    """A decimal string with its currency sign; nothing where there is none."""
    return "" if text is None else show.amount(text, currency, tongue())


@register.simple_tag
def moment(when: Any, market: str) -> str:
    """An instant on the market's wall clock."""
    return show.moment(when, market)


@register.simple_tag
def instant(when: Any) -> str:
    """An instant as a machine reads it, for `datetime` attributes."""
    return when.isoformat() if isinstance(when, datetime) else str(when or "")


@register.simple_tag
def countdown(due: datetime | None, now: datetime) -> str:
    """How much time is left, in words."""
    return show.countdown(due, now, tongue())


@register.simple_tag
def urgency(due: datetime | None, now: datetime) -> str:
    """calm, amber, red, overdue or none."""
    return band(due, now)


@register.simple_tag
def fact(value: Any, market: str, code: str = "") -> str:
    """A fact's value as people read it; `code` is the fact's own name."""
    return show.fact_value(value, tongue(), market, code)


@register.simple_tag
def address(query: ListQuery, **changes: Any) -> str:
    """The query part of an address for a list question with some parts changed; a change goes back to page 1."""
    pairs = query.pairs()
    if "page" not in changes:
        pairs.pop("page", None)
        pairs.pop("after", None)
    for key, value in changes.items():
        pairs.pop(key, None)
        if value not in ("", None) and (key, value) != ("page", 1):
            pairs[key] = str(value)
    return SafeString("?" + urlencode(pairs)) if pairs else "?"


@register.filter
def up_to(count: int) -> str:
    """A count as people read it: nobody is told how many thousand more there are."""
    return f"{COUNTED}+" if count > COUNTED else str(count)


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file; it changes with the content, so that browsers may keep it for ever."""
    return f"/static/{path}?v={_sum(path)}"


@cache
def _sum(path: str) -> str:
    return hashlib.sha256(STATIC.joinpath(*path.split("/")).read_bytes()).hexdigest()[:12]


@register.filter
def value_of(mapping: Any, key: str) -> Any:
    """A mapping's value by key, None where it is not there."""
    return mapping.get(key) if mapping else None


@register.filter
def minus(left: int, right: int) -> int:
    """A difference."""
    return left - right


@register.filter
def floatless(text: Any) -> bool:
    """Whether an amount, a decimal string, is other than nought."""
    return bool(str(text or "").strip("0.- "))

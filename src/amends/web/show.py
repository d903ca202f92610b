"""Shows money, times, countdowns and facts to people, in their language."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Final

from babel.numbers import format_currency

from amends.basics.currencies import EXPONENTS
from amends.basics.zones import local
from amends.facts.sentences import GROUPS
from amends.facts.words import words
from amends.learn.case_view import read_time
from amends.learn.countdown import parts
from amends.web.tongues import LOCALES, Tongue, name_of, one_of
from amends.web.words import page_words

_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
_VALUE_GROUPS: Final = (
    "kind",
    "reason",
    "category",
    "trait",
    "label",
    "trace",
    "method",
    "signed_by",
    "channel",
    "market",
    "goods",
    "dispute_stage",
    "who",
    "action",
    "outcome",
    "ground",
    "role",
)


@lru_cache(maxsize=8192)
def money(minor: int, currency: str, language: Tongue) -> str:
    """Will write minor units with their currency sign: ¥268.00, €10.00. An unknown currency shows its code."""
    digits = EXPONENTS.get(currency, 2)
    amount = Decimal(minor).scaleb(-digits)
    return format_currency(amount, currency, locale=LOCALES[language])


def amount(text: Any, currency: str, language: Tongue) -> str:
    """Will write a decimal string with its currency sign; what is no amount is shown as it stands."""
    try:
        return format_currency(Decimal(str(text)), currency, locale=LOCALES[language])
    except InvalidOperation:
        return str(text)


def moment(when: Any, market: str) -> str:
    """Will write an instant on the market's wall clock with its offset: 2026-11-25 12:00 (UTC+8)."""
    found = read_time(when)
    if found is None:
        return str(when or "")
    there = local(found, market)
    return f"{there:%Y-%m-%d %H:%M} ({_offset(there)})"


def _offset(when: datetime) -> str:
    shift = when.utcoffset()
    minutes = int(shift.total_seconds()) // 60 if shift else 0
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return "UTC" if not minutes else f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")


def countdown(due: datetime | None, now: datetime, language: Tongue) -> str:
    """Will say in words how much time is left, or for how long it has been over."""
    if due is None:
        return page_words("clock.none", language)
    days, hours, minutes = parts(due, now)
    if days:
        time = page_words("clock.days", language, d=days, h=hours)
    elif hours:
        time = page_words("clock.hours", language, h=hours, m=minutes)
    else:
        time = page_words("clock.minutes", language, m=minutes)
    return page_words("clock.left" if due > now else "clock.over", language, time=time)


def in_tongue(said: Any, language: Tongue, group: str = "") -> str:
    """Will give a text in one language: from {zh, en}, from a code of `group`, or the plain text itself."""
    if isinstance(said, dict):
        return one_of(said, language)
    text = str(said or "")
    return name_of(group, text, language) if group else text


def fact_value(value: Any, language: Tongue, market: str, code: str = "") -> str:
    """Will show a fact's value: yes/no, unknown, a named code, a time, a list, or the text itself.

    `code` is the fact's name: it tells what its words mean (`buyer` pays, or `buyer` signed).
    """
    if value is None or isinstance(value, bool):
        return name_of("value", {None: "null", True: "true", False: "false"}[value], language)
    if isinstance(value, list | tuple | set | frozenset):
        told = [fact_value(one, language, market, code) for one in value]
        return (", " if language == "en" else "、").join(told) or "–"
    if isinstance(value, dict):
        return " · ".join(f"{key}: {fact_value(one, language, market)}" for key, one in value.items())
    text = str(value)
    if _TIME.match(text):
        return moment(text, market)
    for group in (GROUPS.get(code, ""), *_VALUE_GROUPS):
        if words(group, text):
            return name_of(group, text, language)
    return text

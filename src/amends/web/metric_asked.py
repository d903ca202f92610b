"""What an address asks of the metrics: which days, compared with which, of what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

from amends.facts.people import Person
from amends.learn.metrics.ask import Question
from amends.learn.metrics.catalogue import BY_DIMENSION
from amends.learn.metrics.rows import day_of
from amends.web.front import front

SPANS: Final = (7, 30, 90, 365)
COMPARED: Final = ("before", "year")
_ZERO: Final = date(1970, 1, 1)
_LONGEST: Final = 366 * 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and how it was put. `span`: one of `SPANS`, 0 where days were named."""

    question: Question
    before: Question
    span: int = 30
    compare: str = "before"
    only: Mapping[str, str] = field(default_factory=dict)

    @property
    def first(self) -> date:
        """Will give the first day."""
        return day(self.question.first)

    @property
    def last(self) -> date:
        """Will give the last day."""
        return day(self.question.last)

    @property
    def before_first(self) -> date:
        """Will give the first day of what it is compared with."""
        return day(self.before.first)

    @property
    def before_last(self) -> date:
        """Will give the last day of what it is compared with."""
        return day(self.before.last)

    def pairs(self) -> dict[str, str]:
        """Will give the question as an address carries it."""
        days = {"days": str(self.span)} if self.span else {"from": str(self.first), "to": str(self.last)}
        return {**days, "compare": self.compare, "currency": self.question.currency, **self.only}

    def address(self, **more: str) -> str:
        """Will give the question as the end of an address, with more in it; an empty value leaves a part out."""
        told = {**self.pairs(), **more}
        return "?" + urlencode({name: value for name, value in told.items() if value})


def day(number: int) -> date:
    """Will give a day counted from 1970."""
    return _ZERO + timedelta(days=number)


def read_asked(given: Mapping[str, str], person: Person) -> Asked:
    """Will read a question; what cannot be read counts as not said: the last thirty days, of everything."""
    desk = front().metrics
    today = day_of(desk.now(), "CN")
    first, last, span = _days(given, today)
    only = {name: given[name][:200] for name in BY_DIMENSION if given.get(name)}
    currency = _currency(given.get("currency", ""), person)
    question = Question(first, last, person.merchants, only, currency, today)
    compare = given.get("compare", "")
    compare = compare if compare in COMPARED else "before"
    back = 364 if compare == "year" else question.days
    before = replace(question, first=first - back, last=last - back)
    return Asked(question, before, span, compare, only)


def _days(given: Mapping[str, str], today: int) -> tuple[int, int, int]:
    named = [_day(given.get(name, "")) for name in ("from", "to")]
    if named[0] is not None and named[1] is not None and named[0] <= named[1] <= named[0] + _LONGEST:
        return named[0], named[1], 0
    text = given.get("days", "")
    span = int(text) if text.isdecimal() and text.isascii() and int(text) in SPANS else 30
    return today - span + 1, today, span


def _day(text: str) -> int | None:
    try:
        return (date.fromisoformat(text[:10]) - _ZERO).days
    except ValueError:
        return None


def _currency(text: str, person: Person) -> str:
    """The currency that is asked for, else the one of most open cases, else of the first shop."""
    if len(text) == 3 and text.isascii() and text.isalpha():
        return text.upper()
    there = front().metrics.open_money(person.merchants)
    shops = front().metrics.costs.shops(person.merchants)
    return next(iter(there), next((currency for _, currency in shops.values()), "CNY"))

"""Template tags of disputes: how near an evidence clock is, and how the advice was added up."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django import template

from amends.desk.disputes.look import DisputeView, of_case
from amends.facts.dispute_code import SOURCES
from amends.facts.dispute_codes import FORUMS
from amends.facts.dispute_worth import PRIOR_CASES, PRIOR_WINS
from amends.facts.people import Person
from amends.web import show
from amends.web.front import front
from amends.web.tongues import tongue

register = template.Library()
_RED: Final = timedelta(hours=24)
_AMBER: Final = timedelta(hours=72)
DOSSIERS: Final = frozenset(
    {
        "visa",
        "mastercard",
        "amex",
        "discover",
        "paypal",
        "alipay",
        "douyin",
        "taobao",
        "tmall",
        "jd",
        "pinduoduo",
        "weixin",
    }
)


@register.simple_tag
def evidence_band(due: datetime | None, now: datetime) -> str:
    """How near the clock of a dispute is: red under 24 hours, amber under 72, overdue, calm; a buyer's request has other bands."""
    if due is None:
        return ""
    left = due - now
    if left <= timedelta(0):
        return "chip-red"
    return "chip-red" if left < _RED else "chip-amber" if left < _AMBER else ""


@register.simple_tag
def disputes_waiting(person: Person) -> int:
    """How many disputes wait for us, for the bar."""
    return front().disputes.book.waiting(person.merchants)


@register.simple_tag
def disputes_of(case: int, person: Person) -> list[DisputeView]:
    """A case's disputes."""
    return list(of_case(front().disputes, case, person))


@register.simple_tag
def source_named(key: str) -> str:
    """A source of a reason code."""
    found = SOURCES.get(key)
    return show.in_tongue({"zh": found.zh, "en": found.en}, tongue(), "") if found else key


@register.simple_tag
def prior() -> dict[str, int]:
    """The stated guess before there is a history."""
    return {"wins": PRIOR_WINS, "cases": PRIOR_CASES}


@register.filter
def has_dossier(forum: str) -> bool:
    """Whether there is a checklist for a forum."""
    return forum in DOSSIERS


@register.filter
def elements_of(signs: Any, shared: Any) -> list[tuple[str, str]]:
    """The signs of a payment that count, named."""
    return [(name, signs.get(name, "")) for name in shared]


@register.filter
def dispute_words(text: str) -> list[str]:
    """Codes that a template names."""
    return text.split()


@register.simple_tag
def dispute_forums() -> tuple[str, ...]:
    """Where disputes are decided."""
    return FORUMS

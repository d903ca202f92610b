"""Template tags about the person of a page: what their role may do, and the merchants to choose from."""

from __future__ import annotations

from django import template

from amends.facts.people import MAIN, Person, Seat
from amends.web.tongues import tongue
from amends.web.words import page_words

register = template.Library()


@register.filter
def may(person: Person, duty: str) -> bool:
    """Whether a person's role has a duty: what they may not do is not offered."""
    return bool(person) and person.may(duty)


@register.filter
def merchant_title(seat: Seat) -> str:
    """A merchant's name as people read it."""
    if not seat.title and seat.merchant == MAIN:
        return page_words("merchant.main", tongue())
    return seat.title or seat.merchant

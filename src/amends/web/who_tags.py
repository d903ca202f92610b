"""Template tags about the person of a page: what their role may do, and the merchants to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

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
def without(seats: Sequence[Seat], held: Sequence[Seat]) -> list[Seat]:
    """The seats at merchants where none is held yet."""
    there = {seat.merchant for seat in held}
    return [seat for seat in seats if seat.merchant not in there]


@register.filter
def merchant_title(given: Any) -> str:
    """A merchant's name as people read it: of a seat, an invitation or the merchant itself."""
    name = getattr(given, "merchant", None) or given.name
    if not given.title and name == MAIN:
        return page_words("merchant.main", tongue())
    return str(given.title or name)

"""People as those see them who look after them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from amends.facts.people import STANDINGS, Seat

INVITED_FOR: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Member:
    """Someone with a seat. `seats`: those that the asking person may see; `elsewhere`: whether there are others."""

    number: int
    name: str
    active: bool
    seats: tuple[Seat, ...]
    elsewhere: bool
    keeps: bool
    second_factor: bool
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation that is still open."""

    number: int
    merchant: str
    title: str
    role: str
    note: str
    made_by: str
    made_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class MerchantView:
    """A merchant with its shops and how many work for it."""

    name: str
    title: str
    shops: tuple[str, ...]
    people: int


def may_give(own: str, role: str) -> bool:
    """Whether one with the role `own` may give or take `role`: never one above the own. `admin` is given on the machine itself."""
    return role in STANDINGS and role != "admin" and STANDINGS.index(role) <= STANDINGS.index(own)

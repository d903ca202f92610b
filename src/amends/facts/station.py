"""The station where goods come back: parcels that belong to no case yet, what a scan finds, and who may have sent what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from amends.facts.orders import phone_form
from amends.facts.sold import plain_number

STRAY_KINDS: Final = ("unannounced", "wrong", "refused", "returned")
"""`unannounced`: nobody said that it comes; `wrong`: it was opened for a case that it does not belong to; `refused`: the buyer did not take
it; `returned`: the carrier brought it back."""
VISITS: Final = ("receive", "keep", "match", "inspect", "second_look", "dispose")
"""What is done with a parcel at the station, and is timed."""
SCORES: Final = {"waybill": 100, "order": 80, "phone": 30, "name": 25, "sku": 20, "weight": 10, "time": 5}
"""How much each likeness counts between a parcel and a case. A suggestion is no match: a person matches."""
_LIKELY: Final = timedelta(days=30)
MOST_SUGGESTED: Final = 8


@dataclass(frozen=True, slots=True)
class NewStray:
    """A parcel to be kept, with all that can be read on it and in it."""

    shop: str
    kind: str = "unannounced"
    waybill: str = ""
    carrier: str = ""
    order: str = ""
    phone: str = ""
    name: str = ""
    sku: str = ""
    grams: int | None = None
    place: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stray:
    """A parcel that is kept. `state`: kept, matched, gone. `cases`: those that it was matched with, as (number, key)."""

    number: int
    merchant: str
    about: NewStray
    state: str
    by: str
    at: datetime
    cases: tuple[tuple[int, str], ...] = ()
    done_by: str = ""
    done_at: datetime | None = None
    became: str = ""

    @property
    def label(self) -> str:
        """The number on its label."""
        return label_of(self.number)


def label_of(number: int) -> str:
    """The label of a kept parcel."""
    return f"P-{number:06d}"


def number_on_label(text: str) -> int | None:
    """The number that a label says; None where it is no label."""
    head, _, digits = text.strip().upper().partition("-")
    return int(digits) if head == "P" and digits.isascii() and digits.isdigit() and len(digits) < 12 else None


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that a scan found. `kind`: case, stray or order; `by`: what of it fits (waybill, shipment, case, order, label)."""

    kind: str
    number: int
    key: str
    shop: str
    by: str
    title: str = ""
    status: str = ""
    open: bool = True


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that a kept parcel may belong to."""

    number: int
    key: str
    shop: str
    order: str
    title: str = ""
    status: str = ""
    waybills: tuple[str, ...] = ()
    phone: str = ""
    name: str = ""
    skus: tuple[str, ...] = ()
    grams: int | None = None
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A case, with what speaks for it."""

    case: Candidate
    score: int
    reasons: tuple[str, ...]


def suggestions(stray: NewStray, at: datetime, candidates: Iterable[Candidate]) -> Sequence[Suggestion]:
    """The cases that a parcel may belong to, the likeliest first; time and weight alone suggest nothing."""
    found = []
    for one in candidates:
        reasons = tuple([why for why in SCORES if _LIKE[why](stray, one, at)])
        if set(reasons) - {"time", "weight"}:
            found.append(Suggestion(one, sum([SCORES[why] for why in reasons]), reasons))
    return sorted(found, key=lambda one: (-one.score, -one.case.number))[:MOST_SUGGESTED]


def _waybill(stray: NewStray, one: Candidate, at: datetime) -> bool:
    told = plain_number(stray.waybill)
    return bool(told) and told in {plain_number(number) for number in one.waybills}


def _order(stray: NewStray, one: Candidate, at: datetime) -> bool:
    return bool(stray.order) and plain_number(stray.order) == plain_number(one.order)


def _phone(stray: NewStray, one: Candidate, at: datetime) -> bool:
    tail = "".join([digit for digit in stray.phone if digit.isascii() and digit.isdigit()])[-11:]
    return len(tail) >= 4 and phone_form(one.phone).endswith(tail)


def _name(stray: NewStray, one: Candidate, at: datetime) -> bool:
    told, known = _letters(stray.name), _letters(one.name)
    return len(told) >= 2 and bool(known) and (told in known or known in told)


def _sku(stray: NewStray, one: Candidate, at: datetime) -> bool:
    return bool(stray.sku) and plain_number(stray.sku) in {plain_number(sku) for sku in one.skus}


def _weight(stray: NewStray, one: Candidate, at: datetime) -> bool:
    if not stray.grams or not one.grams:
        return False
    return abs(stray.grams - one.grams) * 10 <= one.grams


def _time(stray: NewStray, one: Candidate, at: datetime) -> bool:
    return one.asked_at is not None and timedelta(0) <= at - one.asked_at <= _LIKELY


def _letters(text: str) -> str:
    return "".join([letter for letter in text.casefold() if letter.isalnum()])


_LIKE: Final = {
    "waybill": _waybill,
    "order": _order,
    "phone": _phone,
    "name": _name,
    "sku": _sku,
    "weight": _weight,
    "time": _time,
}


@dataclass(frozen=True, slots=True)
class Visit:
    """A piece of work at the station: from the scan until it was done."""

    what: str
    shop: str
    by: str
    began_at: datetime
    done_at: datetime
    case: int | None = None
    stray: int | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """How long parcels take: how many were done, with the mean and the middle of their seconds; by person as (name, parcels, mean)."""

    parcels: int
    mean: int
    middle: int
    people: tuple[tuple[str, int, int], ...] = ()


def pace_of(visits: Iterable[tuple[str, int]]) -> Pace:
    """The pace of visits, each told as a person and seconds."""
    seconds: list[int] = []
    people: dict[str, list[int]] = {}
    for name, took in visits:
        seconds.append(took)
        people.setdefault(name, []).append(took)
    if not seconds:
        return Pace(0, 0, 0)
    each = [(name, len(took), sum(took) // len(took)) for name, took in people.items()]
    return Pace(
        len(seconds),
        sum(seconds) // len(seconds),
        sorted(seconds)[len(seconds) // 2],
        tuple(sorted(each, key=lambda one: (-one[1], one[0]))),
    )

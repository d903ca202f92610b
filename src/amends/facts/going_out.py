"""What goes out to the buyer in place of the goods, or beside them: pieces, what they cost, and the difference to what was paid. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from amends.basics.money import Minor, read_minor, share, write_minor
from amends.facts.case import Case
from amends.facts.log import Entry

NOTHING: Final[Mapping[str, Minor]] = {}
HOLD_DAYS: Final = 15
"""How many days stock is held while goods travel, where the policy names no other number."""
GO_ON_DAYS: Final = 7
"""How many days more, where the goods are on their way when the time is over; and how long it is held for what needs nothing back."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that goes out for a line of the order. `price`: of all the pieces together, in minor units; None: what was paid for
    them. `title`: what people read; for a part, what is missing."""

    line: str
    quantity: int
    sku: str
    title: str
    price: Minor | None = None

    def told(self, digits: int) -> dict[str, Any]:
        """Its form in the log."""
        price = None if self.price is None else write_minor(self.price, digits)
        return {"line": self.line, "quantity": self.quantity, "sku": self.sku, "title": self.title, "price": price}


def piece_of(told: Mapping[str, Any], digits: int) -> Piece:
    """A piece as the log has it."""
    price = told.get("price")
    return Piece(
        str(told["line"]),
        int(told["quantity"]),
        str(told["sku"]),
        str(told["title"]),
        None if price is None else read_minor(str(price), digits),
    )


def chosen(entries: Iterable[Entry], digits: int) -> tuple[Piece, ...]:
    """What was last chosen to go out; nothing where nobody chose, or the case began anew since."""
    found: tuple[Piece, ...] = ()
    for entry in entries:
        if entry.what == "replacement_chosen":
            found = tuple([piece_of(one, digits) for one in entry.data["pieces"]])
        elif entry.what in AFRESH:
            found = ()
    return found


AFRESH: Final = frozenset({"remedy_failed", "reopened"})
"""Entries after which what was agreed before is agreed no more."""


def choices(entries: Iterable[Entry], digits: int) -> tuple[Piece, ...]:
    """What the buyer may choose from now; nothing where nothing is offered or the choice is made."""
    found: tuple[Piece, ...] = ()
    for entry in entries:
        if entry.what == "choices_offered":
            found = tuple([piece_of(one, digits) for one in entry.data["choices"]])
        elif entry.what == "replacement_chosen" or entry.what in AFRESH:
            found = ()
    return found


def usual(case: Case) -> tuple[Piece, ...]:
    """The same goods once more: what goes out where nobody chose otherwise."""
    return tuple(
        [
            Piece(item.line.id, item.quantity, item.line.sku or item.line.id, item.line.title or item.line.id)
            for item in case.request.lines
        ]
    )


def in_hand(entries: Iterable[Entry], digits: int) -> dict[str, Minor]:
    """What earlier replacements of the case cost, by line: what the buyer has now in place of what the order says."""
    found: dict[str, Minor] = {}
    for entry in entries:
        if entry.what == "replacement_shipped":
            pieces = [piece_of(one, digits) for one in entry.data.get("pieces") or ()]
            found |= {one.line: one.price for one in pieces if one.price is not None}
    return found


def paid_for(case: Case, line: str, quantity: int, had: Mapping[str, Minor]) -> Minor:
    """What the buyer has given for so many pieces of a line, rounded half up. `had`: what an earlier replacement cost, by line."""
    if line in had:
        return had[line]
    found = next(one for one in case.order.lines if one.id == line)
    return found.paid if quantity == found.quantity else share(found.paid, quantity, found.quantity)


def difference(case: Case, pieces: Sequence[Piece], had: Mapping[str, Minor] = NOTHING) -> Minor:
    """What the pieces cost more than was paid for those they replace; below zero: what comes back to the buyer."""
    return sum([one.price - paid_for(case, one.line, one.quantity, had) for one in pieces if one.price is not None])


def back_by_line(case: Case, pieces: Sequence[Piece], had: Mapping[str, Minor] = NOTHING) -> dict[str, Minor]:
    """How much of the difference comes back on each line; dearer pieces are set off against cheaper ones, the last lines first."""
    rest = -difference(case, pieces, had)
    if rest <= 0:
        return {}
    found: dict[str, Minor] = {}
    for one in pieces:
        cheaper = paid_for(case, one.line, one.quantity, had) - one.price if one.price is not None else 0
        taken = min(max(cheaper, 0), rest)
        if taken:
            found[one.line] = found.get(one.line, 0) + taken
            rest -= taken
    return found


@dataclass(frozen=True, slots=True)
class StockHold:
    """Stock that is held for a case. `state`: held, shipped, released. One of a line of a case is held at a time."""

    line: str
    sku: str
    quantity: int
    made_at: datetime
    until: datetime
    state: str = "held"
    ended_at: datetime | None = None

    def told(self) -> dict[str, Any]:
        """What the shop's system is told: it holds, takes out, or puts back so many pieces of the SKU."""
        return {"line": self.line, "sku": self.sku, "quantity": self.quantity, "until": self.until.isoformat()}

"""What came of money that was to be taken in: charges move as the gateway says, each once, and what came too late goes back."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Final

from amends.desk.cases.charges import book, charge_of, give_back, moved
from amends.desk.cases.collecting import HOUSE, last, steps_of, want
from amends.desk.cases.desk import CaseDesk
from amends.desk.cases.ports import HeldCase
from amends.facts.charges import Charge
from amends.facts.collect import OPEN_COLLECTIONS, PAGE_ENDED
from amends.facts.collect_work import Collection, brings
from amends.facts.log import Entry
from amends.facts.people import SYSTEM
from amends.facts.work import Change

MOST: Final = 100
TROUBLE: Final = "money_trouble"
_FOR_PEOPLE: Final = frozenset({"link", "capture", "release"})
"""Kinds whose failure a person must see. A hold on a saved card that is refused becomes a page; a page that was paid is told as paid."""


class CollectRounds:
    """One round tells charges what became of their steps; called again and again by the runner, each case in a transaction of its own."""

    def __init__(self, desk: CaseDesk) -> None:
        self._desk = desk

    def look(self) -> int:
        """Do what is due; how much there was."""
        return sum([self._each(case, step) for case, step in self._desk.casework.collect_news(MOST)])

    def _each(self, case: int, step: int) -> int:
        try:
            with self._desk.casework.holding(case) as held:
                if held is not None:
                    hear(self._desk, held, step)
        except Exception:
            logging.getLogger("amends.cases").exception("step %s of case %s could not be told of", step, case)
            return 0
        return 1


def hear(desk: CaseDesk, held: HeldCase, number: int) -> None:
    """Have a held case hear of a step, once: its charge moves, and what follows from that is wanted."""
    found = next((one for one in held.collections() if one.number == number), None)
    if found is None or found.told == found.mark:
        return
    charge = charge_of(held, found.charge)
    if brings(found.kind):
        _brought(desk, held, charge, found)
    elif found.kind == "capture" and found.state == "succeeded":
        _taken(desk, held, charge, found)
    if found.state == "failed" and found.kind in _FOR_PEOPLE:
        _failed(desk, held, charge, found)
    want(desk, held, charge_of(held, found.charge))
    held.collection_told(number, found.mark)


def _brought(desk: CaseDesk, held: HeldCase, charge: Charge, found: Collection) -> None:
    if found.state == "succeeded":
        _came(desk, held, charge, found)
    elif found.state == "lapsed" and charge.state in ("held", "due"):
        moved(desk, held, charge, "lapse", HOUSE, change=Change(exception=TROUBLE))
    elif found.state == "closed" and found.code == PAGE_ENDED:
        _page_ended(desk, held, charge, found)
    elif found.link and found.state in OPEN_COLLECTIONS and charge.state == "agreed" and not charge.link:
        held.put_charge(replace(charge, link=found.link))
        held.write(Entry("charge_linked", HOUSE, desk.now(), data={"charge": charge.number}))


def _page_ended(desk: CaseDesk, held: HeldCase, charge: Charge, found: Collection) -> None:
    """Its page ended unpaid: the buyer, or a person, may have another made."""
    if charge.state == "agreed" and charge.link in ("", found.link):
        held.put_charge(replace(charge, link=""))
        data = {"charge": charge.number, "gateway": found.gateway}
        held.write(Entry("page_ended", HOUSE, desk.now(), data=data))


def _came(desk: CaseDesk, held: HeldCase, charge: Charge, found: Collection) -> None:
    """It was paid, or is held. What was not asked for any more goes back; what was paid in another way already is for a person."""
    late = charge.state == "dropped" and not found.hold
    if charge.state == "agreed" or late:
        made = moved(desk, held, charge, "hold" if found.hold else "pay", HOUSE, found.payment)
        if not found.hold:
            book(desk, held, made)
        if late:
            give_back(desk, held, SYSTEM, made)
    elif charge.state != "dropped" and charge.reference != found.payment:
        _twice(desk, held, charge, found)


def _twice(desk: CaseDesk, held: HeldCase, charge: Charge, found: Collection) -> None:
    """What was paid, or taken, in another way already: a person looks."""
    data = {"charge": charge.number, "reference": found.payment, "gateway": found.gateway}
    held.write(Entry("paid_twice", HOUSE, desk.now(), data=data), Change(exception=TROUBLE))


def _taken(desk: CaseDesk, held: HeldCase, charge: Charge, found: Collection) -> None:
    """The deposit was taken. Where it was let go meanwhile, it goes back; where a person wrote down that it was taken otherwise, that is
    for a person."""
    if charge.state not in ("due", "released"):
        if charge.reference != found.payment:
            _twice(desk, held, charge, found)
        return
    late = charge.state == "released"
    made = moved(desk, held, charge, "capture", HOUSE, found.payment, change=None if late else Change(exception=""))
    book(desk, held, made)
    if late:
        give_back(desk, held, SYSTEM, made)


def _failed(desk: CaseDesk, held: HeldCase, charge: Charge, found: Collection) -> None:
    """A person looks; but not where the step had been called off, or was about what had ended by itself."""
    steps = steps_of(held, found.charge)
    brought = last(steps, "link", "authorise")
    lapsed = brought is not None and brought.state == "lapsed" and found.kind == "release"
    let_go = found.kind == "capture" and charge.state == "released"
    if lapsed or let_go or not found.code:
        return
    data = {
        "charge": found.charge,
        "step": found.kind,
        "gateway": found.gateway,
        "code": found.code,
        "message": found.message,
    }
    held.write(Entry("collection_failed", HOUSE, desk.now(), data=data), Change(exception=TROUBLE))

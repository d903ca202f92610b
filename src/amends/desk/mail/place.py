"""To which case a mail belongs. What only names a number is never put on a case by itself: anyone can write a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from amends.desk.mail.ports import MailShelf
from amends.facts.mail import CaseOfMail, Mail, OrderOfMail, numbers_in, tags_in


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mail belongs: `case`, or None with what it may be about, likeliest first, and why nobody can tell for sure."""

    case: CaseOfMail | None
    suggested: tuple[CaseOfMail, ...] = ()
    orders: tuple[OrderOfMail, ...] = ()


def place_of(mail: Mail, merchant: str, shelf: MailShelf) -> Place:
    """Will find the case: by the tag that we put into the thread; by the sender with a number of theirs; by the sender's one open case."""
    for number, proof in tags_in(mail):
        found = shelf.case(number, merchant) if shelf.is_ours(number, proof) else None
        if found is not None:
            return Place(replace(found, why="thread"))
    orders = tuple(shelf.orders_of(merchant, mail.sender))
    theirs = [replace(one, why="sender") for one in shelf.cases_of(merchant, orders)]
    numbers = numbers_in(mail)
    named = [one for one in theirs if one.key in numbers or one.order in numbers]
    meant = _only(named) or (None if named else _only([one for one in theirs if one.state == "open"]))
    if meant is not None:
        return Place(meant)
    asked_about = {one.order for one in theirs}
    fresh = tuple([one for one in orders if one.order not in asked_about])
    if _only_about_fresh(fresh, numbers):
        return Place(None, tuple(theirs), fresh)
    others = [one for one in shelf.numbered(merchant, numbers) if one.number not in {mine.number for mine in theirs}]
    return Place(None, (*named, *[one for one in theirs if one not in named], *others), fresh)


def _only(cases: Sequence[CaseOfMail]) -> CaseOfMail | None:
    """The one that is meant: the only one, or the only open one."""
    running = [one for one in cases if one.state == "open"] or list(cases)
    return running[0] if len(running) == 1 else None


def _only_about_fresh(fresh: Sequence[OrderOfMail], numbers: Sequence[str]) -> bool:
    return any(one.order in numbers for one in fresh)

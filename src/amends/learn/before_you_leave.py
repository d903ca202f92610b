"""Before you leave: what will run out while nobody is there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from amends.facts.calendars import ShopCalendar, end_of_duty, is_staffed, next_duty
from amends.facts.rulebook import Says

MARGIN: Final = timedelta(minutes=30)
"""Nobody acts in the first minute of a shift: what runs out this soon after it begins is as good as missed."""


@dataclass(frozen=True, slots=True)
class RunningOut:
    """A deadline of a case: who must act, and what follows where nobody does."""

    case: int
    due: datetime
    who: str
    if_missed: Says


@dataclass(frozen=True, slots=True)
class Leaving:
    """The gap that is coming and what runs out in it, soonest first.

    `leaves_at`: when the last person goes, or now where nobody is there; None: somebody is always there, and nothing is missed.
    `back_at`: when the next duty begins; None: the roster names nobody any more.
    """

    leaves_at: datetime | None
    back_at: datetime | None
    items: tuple[RunningOut, ...] = ()


def before_you_leave(
    deadlines: Iterable[RunningOut], calendar: ShopCalendar, now: datetime, margin: timedelta = MARGIN
) -> Leaving:
    """Will find the deadlines that lie between the end of the present duty and the beginning of the next one plus `margin`.

    The instant of leaving counts as missed, as does the very end of the margin. What is overdue already is on every other
    list, and not on this one.
    """
    leaves = end_of_duty(calendar, now) if is_staffed(calendar, now) else now.astimezone(UTC)
    if leaves is None:
        return Leaving(None, None)
    back = next_duty(calendar, leaves)
    until = None if back is None else back + margin
    missed = (item for item in deadlines if leaves <= item.due and (until is None or item.due <= until))
    return Leaving(leaves, back, tuple(sorted(missed, key=lambda item: (item.due, item.case))))

"""Truths about money and log, one file each: looked at on a schedule and by `amends doctor`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

from amends.facts.rulebook import Says
from amends.facts.truths import MOST_TOLD, Checked, Ledger, Offender
from amends.prove.truths import (
    book_agrees_with_steps,
    entries_balance,
    intents_have_runs,
    logs_are_whole,
    never_above_paid,
    no_refund_in_dispute,
    no_silence,
    notices_are_worked_on,
    parts_make_the_whole,
    successes_are_proven,
)

Look = Callable[[Ledger, datetime], Iterable[Offender]]
TRUTHS: Final[tuple[tuple[str, Says, Look], ...]] = tuple(
    [
        (truth.NAME, truth.SAYS, truth.offenders)
        for truth in (
            entries_balance,
            never_above_paid,
            intents_have_runs,
            successes_are_proven,
            book_agrees_with_steps,
            parts_make_the_whole,
            no_refund_in_dispute,
            no_silence,
            notices_are_worked_on,
            logs_are_whole,
        )
    ]
)
"""Every truth, in the order in which they are told."""


def check_truths(ledger: Ledger, now: datetime) -> tuple[Checked, ...]:
    """Look at every truth; at most ten offenders of each are told, all are counted.

    What looks broken is looked at once more: the house works on meanwhile, and a step may settle between two questions about it.
    """
    found = []
    for name, says, look in TRUTHS:
        broken = list(look(ledger, now))
        if broken:
            still = {one.what for one in look(ledger, now)}
            broken = [one for one in broken if one.what in still]
        found.append(Checked(name, says, len(broken), tuple(broken[:MOST_TOLD])))
    return tuple(found)

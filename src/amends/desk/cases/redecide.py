"""What every change of facts ends with: the case decided anew, and its deadlines brought in line."""

from __future__ import annotations

from typing import Any

from amends.desk.cases.desk import CaseDesk, decided, wanted_deadlines
from amends.desk.cases.ports import HeldCase
from amends.facts.decision import Decision
from amends.facts.decision_json import decision_json
from amends.facts.log import Actor, Entry
from amends.facts.work import CaseState, Change, heart_of


def redecide(desk: CaseDesk, held: HeldCase) -> Decision:
    """Decide a held case anew; an entry is written where the answer is another one than before, the deadlines are always renewed."""
    before = held.state
    case, decision = decided(desk, before)
    told = decision_json(decision)
    change = Change(decision=told, deadlines=wanted_deadlines(case, decision))
    if _heart(before.decision) == _heart(told):
        held.refresh(change, desk.now())
    else:
        held.write(decided_entry(desk, told), change)
    return decision


def decided_entry(desk: CaseDesk, told: dict[str, Any]) -> Entry:
    """The entry that tells what was decided, by which packs."""
    return Entry("decided", Actor("system", "amends"), desk.now(), data=heart_of(told))


def _heart(told: dict[str, Any] | None) -> tuple[Any, ...]:
    return tuple(heart_of(told).values())


def with_facts(desk: CaseDesk, held: HeldCase, entry: Entry, change: Change) -> CaseState:
    """Write an entry that changes facts, and decide anew."""
    held.write(entry, change)
    redecide(desk, held)
    return held.state

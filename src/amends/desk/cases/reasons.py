"""The reason of a case: what the buyer's own words suggest, and a person's word on it. Nothing is decided by a reading alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from amends.desk.cases.desk import CaseDesk, actor, drop_waiting
from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.cases.redecide import redecide
from amends.facts.codes import REASON_FAULTS, REASONS
from amends.facts.log import Entry
from amends.facts.people import Person
from amends.facts.reading import Reading
from amends.facts.work import CaseHistory, CaseState, Change
from amends.learn.reading.read import read

CHOSEN: Final = ("reason_chosen", "reason_kept")
_UNDECIDED: Final = frozenset({"new", "awaiting_evidence", "offered"})
_OURS: Final = frozenset({"seller", "carrier"})
Read = Callable[[str], Reading]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A buyer's text with its reading. `given`: the case's reason now. `may_choose`: whether the case still waits for its answer.

    `said`: what a person said to a reading before (the data of the last such entry), None where nobody has.
    """

    text: str
    reading: Reading
    given: str
    may_choose: bool
    said: dict[str, Any] | None = None

    @property
    def differs(self) -> bool:
        """Whether the words point to another reason than the case has, and nobody has said anything to that yet."""
        return bool(self.reading.reason) and self.reading.reason != self.given and self.said is None


def suggested(state: CaseState, history: CaseHistory, reader: Read = read) -> Suggestion | None:
    """What the buyer's words suggest: of all that the buyer wrote the first text that is clear, else the first that says anything.

    None where the buyer wrote nothing that speaks.
    """
    request = state.case.get("request") or {}
    written = [one.text for one in history.messages if one.by_kind == "buyer" and not one.inside]
    texts = dict.fromkeys([str(request.get("message") or ""), *written])
    found = [(text, reader(text)) for text in texts if text.strip()]
    speaking = [one for one in found if one[1].marks]
    if not speaking:
        return None
    text, reading = next((one for one in speaking if one[1].reason), speaking[0])
    said = next((dict(one.entry.data) for one in reversed(history.entries) if one.entry.what in CHOSEN), None)
    return Suggestion(text, reading, str(request.get("reason") or ""), may_choose(state), said)


def may_choose(state: CaseState) -> bool:
    """Whether the reason can still be set right: the case is open and nothing was agreed or refused."""
    return state.tracks.desk == "open" and state.tracks.decision in _UNDECIDED


def choose_reason(desk: CaseDesk, number: int, person: Person, reason: str, reader: Read = read) -> CaseState:
    """Set the reason, or keep it as it is, against what was suggested; the case is decided anew. Raises `UnableToWork`.

    Who takes a fault off the shop that the buyer alleged must be of a role that gives work to others.
    """
    if reason not in REASONS:
        raise bad_value("reason", f"one of {', '.join(sorted(REASONS))}", "请选择申请原因")
    history = desk.casework.history(number)
    with desk.hold(number, person) as held:
        state = held.state
        found = suggested(state, history, reader)
        was = str((state.case.get("request") or {}).get("reason") or "")
        _check(state, person, was, reason)
        reading = found.reading if found else None
        data = {
            "was": was,
            "reason": reason,
            "suggested": reading.reason if reading else "",
            "confidence": reading.confidence if reading else 0,
            "words": list(reading.words)[:12] if reading else [],
        }
        what = "reason_kept" if reason == was else "reason_chosen"
        facts = None if reason == was else {"request": {"reason": reason}}
        if facts:
            drop_waiting(desk, held, person)
        held.write(Entry(what, actor(person), desk.now(), data=data), Change(facts=facts))
        if facts:
            redecide(desk, held)
        return held.state


def _check(state: CaseState, person: Person, was: str, reason: str) -> None:
    if not may_choose(state):
        raise UnableToWork(
            "not_possible",
            "the reason of a case that was answered or closed stays as it is",
            "售后单已答复或已完结，不能再修改原因",
        )
    lighter = REASON_FAULTS.get(was) in _OURS and REASON_FAULTS[reason] not in _OURS
    if lighter and not person.may("assign"):
        raise UnableToWork(
            "not_allowed",
            "only a lead changes a reason that alleges our fault into one that does not",
            "把商家责任的原因改为非商家责任，须由主管及以上操作",
            "reason",
        )

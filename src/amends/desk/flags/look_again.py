"""The buyer objects to a check that was asked for; another person looks again and answers. Nothing of it touches what is due."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from amends.desk.cases.ask import GIVE, give_evidence
from amends.desk.cases.desk import actor
from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.cases.letters import ANSWER_CLOCKS, letter
from amends.desk.cases.ports import HeldCase
from amends.desk.evidence import EvidenceDesk, items_of
from amends.desk.flags.desk import FlagDesk
from amends.facts.evidence import Upload
from amends.facts.flags import ANSWER_DAYS, ANSWERS, LONGEST_OBJECTION, Flag, ToldCheck
from amends.facts.log import Actor, Entry, SealedEntry
from amends.facts.people import SYSTEM, Person
from amends.facts.rulebook import Says
from amends.facts.tracks import Move
from amends.facts.work import CaseState, Change, WantedDeadline

LONGEST_REASON: Final = 2_000
CLOCK: Final = ("own", "merchant", "look_again")
_LOOKED_AT: Final = ("inspected", "sent_back")
_LATE: Final = Says("The check is taken off, as the buyer was promised", "按对买家的承诺解除核查")


def told_check(desk: FlagDesk, state: CaseState, entries: Sequence[SealedEntry]) -> ToldCheck | None:
    """What the buyer reads of a check on their case; None where none was asked for, or it is over and they never objected."""
    found = desk.book.flag(state.number)
    if found is None or not (found.friction or found.appeal):
        return None
    over = state.tracks.desk == "closed" or (found.friction == "inspect" and state.tracks.goods in _LOOKED_AT)
    if over and not found.appeal:
        return None
    return ToldCheck(found.friction, found.appeal or "open", objected(entries) if found.appeal else "", found.due)


def objected(entries: Iterable[SealedEntry]) -> str:
    """What the buyer wrote last when they asked for another look."""
    return next((one.entry.why for one in reversed(list(entries)) if one.entry.what == "look_again_asked"), "")


def bound(entries: Iterable[SealedEntry]) -> frozenset[str]:
    """Who may not look again: whoever asked for a check on this case, or let one stand."""
    return frozenset(
        [
            one.entry.by.name
            for one in entries
            if one.entry.what == "friction_applied"
            or (one.entry.what == "look_again_answered" and one.entry.data.get("answer") == "upheld")
        ]
    )


def look_again(
    desk: FlagDesk, evidence: EvidenceDesk, number: int, buyer: Actor, text: str, uploads: Sequence[Upload] = ()
) -> CaseState:
    """The buyer objects, in words and with files, and is answered within `ANSWER_DAYS`. Raises `UnableToWork`; nothing is kept then."""
    words = text.strip()
    if not words:
        raise bad_value("look_again", "say why the check is not right", "请说明您认为核查不妥的原因")
    if len(words) > LONGEST_OBJECTION:
        raise bad_value("look_again", f"at most {LONGEST_OBJECTION} characters", f"最多 {LONGEST_OBJECTION} 字")
    as_person = Person(buyer.name, "agent", kind=buyer.kind)
    with evidence.receiving(uploads) as received, desk.book.transaction():
        with desk.cases.hold(number, as_person, "see") as held:
            found = desk.book.flag(number)
            if found is None or not found.friction or found.appeal or held.state.tracks.desk != "open":
                raise UnableToWork(
                    "not_possible", "no check waits here, or you asked already", "没有可提出异议的核查，或您已提出"
                )
            _objected(desk, held, found, buyer, words)
        if items := items_of(received, "buyer"):
            give_evidence(desk.cases, number, buyer, None, items, "")
            received.keep(number, "buyer", buyer.name, desk.now())
        state = desk.cases.casework.look(number)
        assert state is not None
        return state


def _objected(desk: FlagDesk, held: HeldCase, found: Flag, buyer: Actor, words: str) -> None:
    """Write it down, and wind up our promise; the buyer's own time for photos does not run out meanwhile."""
    now = desk.now()
    due = now + timedelta(days=ANSWER_DAYS)
    clocks = [WantedDeadline(*CLOCK, due, "own.look_again", _LATE)]
    clocks += [
        WantedDeadline(one.source, one.who, one.action, due + timedelta(days=ANSWER_DAYS), one.rule, one.if_missed)
        for one in held.running()
        if (one.source, one.who, one.action) == GIVE
    ]
    desk.book.put_appeal(found.case, "asked", due)
    held.write(
        Entry("look_again_asked", buyer, now, words, data={"friction": found.friction, "until": due.isoformat()}),
        Change(own=clocks),
    )


def answer(desk: FlagDesk, number: int, person: Person, says: str, why: str) -> CaseState:
    """Answer as another person than who asked for the check: `lifted` or `upheld`, with a reason that the buyer reads.

    Lifted: the check is off, the case's reasons count no more, for it or for any other. Raises `UnableToWork`.
    """
    if says not in ANSWERS:
        raise bad_value("answer", f"one of {', '.join(ANSWERS)}", "请选择解除或维持")
    reason = why.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise bad_value(
            "why", f"tell the buyer why, in 1 to {LONGEST_REASON} characters", f"请填写 1 到 {LONGEST_REASON} 字的理由"
        )
    with desk.book.transaction(), desk.cases.hold(number, person, "assign") as held:
        found = _waiting(desk, number)
        history = desk.cases.casework.history(number)
        if person.name in bound(history.entries):
            raise UnableToWork(
                "not_allowed",
                "you asked for this check or let it stand; another person looks",
                "核查由你提出或维持，须由他人复核",
            )
        lifts = says == "lifted"
        message = letter(
            desk.cases, held.state, person, "check_lifted" if lifts else "check_kept", "", {"reason": reason}
        )
        moves, change = _let_go(found, held, history.entries) if lifts else ((), Change())
        desk.book.put_appeal(number, says)
        told = {"answer": says, "friction": found.friction}
        entry = Entry("look_again_answered", actor(person), desk.now(), reason, moves, data=told)
        return held.write(entry, replace(change, met=[CLOCK, *ANSWER_CLOCKS], messages=[message]))


def lapse(desk: FlagDesk) -> int:
    """Take off every check whose buyer was not answered in time; how many those were. The reasons stay."""
    late = [one for one in desk.book.asked_again(None) if one.due is not None and one.due <= desk.now()]
    return sum([_lapse(desk, one.case) for one in late])


def _lapse(desk: FlagDesk, number: int) -> int:
    try:
        with desk.book.transaction(), desk.cases.hold(number, SYSTEM) as held:
            found = _waiting(desk, number)
            moves, change = _let_go(found, held, desk.cases.casework.history(number).entries)
            message = letter(desk.cases, held.state, SYSTEM, "check_lifted", "", {})
            desk.book.put_appeal(number, "lapsed")
            entry = Entry("look_again_lapsed", actor(SYSTEM), desk.now(), "", moves, data={"friction": found.friction})
            held.write(entry, replace(change, off=[*change.off, CLOCK], messages=[message]))
    except UnableToWork:
        logging.getLogger("amends.cases").exception("the check of case %s could not be taken off", number)
        return 0
    return 1


def _waiting(desk: FlagDesk, number: int) -> Flag:
    found = desk.book.flag(number)
    if found is None or found.appeal != "asked":
        raise UnableToWork("not_possible", "no buyer waits for another look here", "没有待复核的异议")
    return found


def _let_go(found: Flag, held: HeldCase, entries: Sequence[SealedEntry]) -> tuple[tuple[Move, ...], Change]:
    """What a check began ends with it: photos asked for by it and by nothing later, a case that it handed up."""
    if found.friction == "review" and held.state.escalated_to == "lead":
        return (), Change(escalated_to="")
    asked = [one.entry.what for one in entries if one.entry.what in ("asked", "friction_applied")]
    if (
        found.friction == "photo"
        and asked[-1:] == ["friction_applied"]
        and held.state.tracks.decision == "awaiting_evidence"
    ):
        return (("decision", "lapse"),), Change(off=[GIVE])
    return (), Change()

"""Taking back the last press, as long as nothing of it has left the house."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from amends.desk.cases.close import call_off
from amends.desk.cases.desk import CaseDesk, actor
from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.offer import ANSWER, settle_open_offer
from amends.desk.cases.ports import HeldCase
from amends.desk.cases.redecide import redecide
from amends.desk.cases.stock import release_stock
from amends.facts.log import Entry
from amends.facts.people import Person
from amends.facts.tracks import Move
from amends.facts.work import CaseState, Change

UNDOABLE: Final = (
    "approved",
    "settled",
    "refused",
    "refused_over_rule",
    "offered",
    "asked",
    "closed",
    "approval_asked",
)


def undo(desk: CaseDesk, number: int, person: Person) -> CaseState:
    """Take back the last verb on a case, by whoever did it, within the shop's undo time. Raises `UnableToWork` where it is too late."""
    with desk.hold(number, person) as held:
        state = held.state
        last = last_verb(held)
        if last is None:
            raise UnableToWork("not_possible", "there is nothing to take back", "没有可撤回的操作")
        if last.by.name != person.name:
            raise UnableToWork(
                "not_allowed", f"{last.by.name} did this", f"该操作由 {last.by.name} 执行，只能由本人撤回"
            )
        if desk.now() > last.at + timedelta(seconds=state.undo_seconds):
            raise UnableToWork("not_possible", "it is too late to take this back", "已超过可撤回时间")
        call_off(desk, held, person, last.at)
        held.take_back_messages(last.at)
        moves, change = _back(held, last)
        if ("replacement", "release") in moves:
            release_stock(desk, held, "undone")
        held.write(Entry("undone", actor(person), desk.now(), moves=tuple(moves), data={"what": last.what}), change)
        redecide(desk, held)
        return held.state


def undo_until(state: CaseState, last: Entry | None, person: Person) -> datetime | None:
    """Until when this person can take the last verb back; None where it cannot be."""
    if last is None or last.what not in UNDOABLE or last.by.name != person.name:
        return None
    return last.at + timedelta(seconds=state.undo_seconds)


def last_verb(held: HeldCase) -> Entry | None:
    """The last entry that a person made and that can be taken back; None where something else came after it."""
    return last_of(held.log_entry(seq) for seq in range(held.state.version, 0, -1))


def last_of(newest_first: Iterable[Entry | None]) -> Entry | None:
    """The last verb among the entries of a log that can be taken back; None where a person, or someone outside, did something since."""
    for entry in newest_first:
        if entry is None or entry.what in UNDOABLE:
            return entry
        if entry.by.kind != "system" and entry.what not in ("noted", "money_proposed", "taken"):
            return None
    return None


def _back(held: HeldCase, last: Entry) -> tuple[list[Move], Change]:
    """The moves that lead back, and what else is as it was."""
    tracks = held.state.tracks
    if last.what == "closed":
        return [("desk", "reopen")], Change()
    if last.what == "offered":
        settle_open_offer(held, "taken_back")
        return [("decision", "take_back")], Change(off=[ANSWER])
    if last.what == "asked":
        return [("decision", "lapse")], Change(off=[("own", "buyer", "give_evidence")])
    if last.what in ("settled", "approval_asked"):
        return [], Change(to_approve=False)
    moves: list[Move] = [("decision", "undo")]
    moves += [("goods", "call_off")] if tracks.can("goods", "call_off") else []
    moves += [("replacement", "release")] if tracks.can("replacement", "release") else []
    lower = (held.state.agreed or {}).get("kind") == "price_protection"
    facts = {"request": {"agreed_at": None, "refused_at": None}}
    return moves, Change(facts=facts, to_approve=False, agreed={} if lower else None)

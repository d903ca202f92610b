"""What is carried out at gateways about disputes: written down before the call, never sent twice, read before anything is tried again."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from amends.desk.disputes.desk import DisputeDesk, hold
from amends.facts.channels import UnableToTalk
from amends.facts.dispute_wire import Defence, DisputeDoor, FightReceipt, Paper, UnableToStage
from amends.facts.disputes import Fight, KeptDispute
from amends.facts.log import Actor
from amends.facts.people import SYSTEM
from amends.facts.wire import UnableToReach

LEASE_SECONDS: Final = 180
MOST: Final = 10
READINGS: Final = 2
"""Where a gateway knows no keys, so many readings that it has nothing of ours, a minute apart, before it is sent again."""
_ALARM_AFTER: Final = 8
_FIRST: Final = 5
_SLOW: Final = 60
_LONGEST: Final = timedelta(hours=2)
_STAGES: Final[Mapping[str, frozenset[str]]] = {
    "submit": frozenset({"answered", "won", "partly"}),
    "accept": frozenset({"accepted", "lost", "averted"}),
}
_NO_WORD: Final = "this gateway does not say whether it has it; look at its own console, then say so here"
_log = logging.getLogger("amends.disputes")


def carry_out(desk: DisputeDesk) -> int:
    """Do what is due, a limited number; how many."""
    claimed = desk.fights.claim(desk.owner, desk.now(), LEASE_SECONDS, MOST)
    for fight in claimed:
        try:
            _work(desk, fight)
        except Exception:  # noqa: BLE001 - one fault must not hold up the others; it is logged
            _log.exception("what is to be done about dispute %s stays until its lease has run out", fight.dispute)
    return len(claimed)


def _work(desk: DisputeDesk, fight: Fight) -> None:
    one = desk.book.get(fight.dispute, None)
    if one is None:
        return
    if fight.kind == "tell":
        _tell(desk, one, fight)
        return
    door = desk.doors.get(one.source)
    if door is None:
        _free(desk, fight, FightReceipt("unknown", code="no_gateway", alarm="this gateway is not configured any more"))
    elif not fight.may_send:
        _read(desk, one, door, fight)
    elif not one.open:
        _end(desk, fight, "dropped", "the dispute is over")
    else:
        _send(desk, one, door, fight)


def _send(desk: DisputeDesk, one: KeptDispute, door: DisputeDoor, fight: Fight) -> None:
    """Stage what is to be submitted, which may be repeated; then write down that it is sent, and send it."""
    what = _defence(desk, one, fight)
    try:
        staged = desk.talk(door.stage(what, desk.seal())) if fight.kind == "submit" else {}
    except UnableToStage as fault:
        _end(desk, fight, "failed", str(fault))
        return
    except (UnableToTalk, UnableToReach) as fault:
        wait = getattr(fault, "retry_after", None)
        alarm = str(fault) if getattr(fault, "why", "") == "keys" else ""
        _free(desk, fight, FightReceipt("absent", code="not_staged", message=str(fault), retry_after=wait, alarm=alarm))
        return
    if not desk.fights.sending(fight, desk.now()):
        return
    told = door.submit(what, staged, desk.seal()) if fight.kind == "submit" else door.accept(what, desk.seal())
    try:
        receipt = desk.talk(told)
    except UnableToReach as fault:
        receipt = FightReceipt("unknown" if fault.sent else "absent", code="no_answer", message=str(fault))
    except UnableToTalk as fault:
        receipt = FightReceipt("absent", code=fault.why, message=str(fault), retry_after=fault.retry_after)
    _receive(desk, one, fight, receipt)


def _read(desk: DisputeDesk, one: KeptDispute, door: DisputeDoor, fight: Fight) -> None:
    """Whether it got there: told by the gateway when asked, or by what it told by itself meanwhile."""
    if one.stage in _STAGES[fight.kind]:
        _receive(desk, one, fight, FightReceipt("done", code="told"))
        return
    try:
        told = desk.talk(door.read(one.reference, desk.seal()))
    except (UnableToTalk, UnableToReach) as fault:
        _free(desk, fight, FightReceipt("unknown", code="no_reading", message=str(fault)), may_send=False)
        return
    if told is not None:
        desk.book.take(told, desk.now())
    if told is not None and (told.stage in _STAGES[fight.kind] or (fight.kind == "submit" and told.given)):
        _receive(desk, one, fight, FightReceipt("done", told.reference, "read"))
    elif not door.limits.tells_given or told is None:
        _free(desk, fight, FightReceipt("unknown", code="no_word", alarm=_NO_WORD), may_send=False)
    elif fight.message == "nothing there" or door.limits.keyed:
        again = "again" if fight.content.get("replayed") else "absent"
        _free(desk, fight, FightReceipt("absent", code=again, message="nothing there"))
    else:
        _free(desk, fight, FightReceipt("unknown", code="not_there", message="nothing there"), may_send=False)


def _receive(desk: DisputeDesk, one: KeptDispute, fight: Fight, receipt: FightReceipt) -> None:
    if receipt.outcome == "done":
        _end(desk, fight, "done", receipt.message, receipt.reference)
    elif receipt.outcome == "failed":
        _end(desk, fight, "failed", f"{receipt.code} {receipt.message}".strip())
    else:
        _free(desk, fight, receipt, may_send=receipt.outcome == "absent")
        if receipt.outcome == "unknown":
            with hold(desk, one.number, SYSTEM) as (held, _):
                held.tell(f"{fight.kind}_unsure", "amends", desk.now(), {"message": receipt.message[:200]})


def _free(desk: DisputeDesk, fight: Fight, receipt: FightReceipt, *, may_send: bool = True) -> None:
    """Keep what came of it and look again later; too many times without an outcome is told as an alarm."""
    wait = timedelta(seconds=receipt.retry_after or (_FIRST if may_send else _SLOW) * 2 ** min(fight.tries, 8))
    if not may_send:
        wait = timedelta(seconds=receipt.retry_after or _SLOW)
    alarm = receipt.alarm or (
        "no outcome yet; look at the gateway's own console" if fight.tries >= _ALARM_AFTER else ""
    )
    told = FightReceipt(receipt.outcome, receipt.reference, receipt.code, receipt.message, None, alarm)
    state = "unsure" if not may_send else "wanted"
    desk.fights.received(fight, told, state, desk.now(), desk.now() + min(wait, _LONGEST), may_send=may_send)


def _end(desk: DisputeDesk, fight: Fight, state: str, message: str, reference: str = "") -> None:
    """Settle it and tell the dispute, in one transaction."""
    with hold(desk, fight.dispute, SYSTEM, "see") as (held, _):
        one, now = held.state, desk.now()
        outcome: Any = {"done": "done", "failed": "failed"}.get(state, "failed")
        receipt = FightReceipt(outcome, reference, state, message)
        if not desk.fights.received(fight, receipt, state, now, None, may_send=False):
            return
        data = {"kind": fight.kind, "message": message[:200], "key": fight.key}
        if state != "done":
            held.tell(f"{fight.kind}_{state}", "amends", now, data)
            return
        held.tell(f"{fight.kind}_done", "amends", now, data)
        move = {"submit": "submit", "accept": "accept"}[fight.kind]
        if one.ours or (fight.kind == "accept" and one.stage == "answered"):
            held.move(move, "amends", now, {"kind": fight.kind})
        if fight.kind == "submit":
            held.put(more={**held.state.more, "given": list(fight.content.get("exhibits") or ())})
        else:
            held.put(ruling="lost", liability="merchant", result=-one.amount)


def settle_by_word(desk: DisputeDesk, number: int, fight: int, got_there: bool, by: str) -> bool:
    """What a person saw on the gateway's console of an answer that nobody is sure of; False where it is at its end."""
    found = [one for one in desk.book.fights(number) if one.number == fight and one.state in ("sending", "unsure")]
    if not found:
        return False
    with hold(desk, number, SYSTEM, "see") as (held, _):
        now, one = desk.now(), held.state
        if not desk.fights.settle(fight, "done" if got_there else "failed", f"said by {by}", now):
            return False
        held.tell(f"{found[0].kind}_{'done' if got_there else 'failed'}", f"person:{by}", now, {"message": "by hand"})
        if got_there and one.ours:
            held.move("submit" if found[0].kind == "submit" else "accept", f"person:{by}", now)
        return True


def _tell(desk: DisputeDesk, one: KeptDispute, fight: Fight) -> None:
    """Tell the outcome of an alert; the provider takes the same word twice as one, so that it is told until it is heard."""
    tells = desk.tells.get(one.source)
    if tells is None:
        _settle_tell(desk, one, fight, FightReceipt("done", code="nothing_to_tell"))
        return
    if not desk.fights.sending(fight, desk.now()) and fight.may_send:
        return
    outcome, refund = str(fight.content.get("outcome")), str(fight.content.get("refund") or "")
    try:
        receipt = desk.talk(tells.tell(one.reference, outcome, refund, fight.key, desk.seal()))
    except (UnableToTalk, UnableToReach) as fault:
        receipt = FightReceipt("unknown", code="no_answer", message=str(fault))
    if receipt.outcome in ("done", "failed"):
        _settle_tell(desk, one, fight, receipt)
    else:
        _free(desk, fight, receipt)


def _settle_tell(desk: DisputeDesk, one: KeptDispute, fight: Fight, receipt: FightReceipt) -> None:
    with hold(desk, one.number, SYSTEM, "see") as (held, _):
        state = "done" if receipt.outcome == "done" else "failed"
        if desk.fights.received(fight, receipt, state, desk.now(), None, may_send=False):
            data = {"outcome": fight.content.get("outcome"), "message": receipt.message[:200]}
            held.tell(f"tell_{state}", "amends", desk.now(), data)


def _defence(desk: DisputeDesk, one: KeptDispute, fight: Fight) -> Defence:
    """What is sent, out of what was frozen when it was decided on; files are read now and handed out under their hash."""
    content = fight.content
    by, pieces = Actor("system", "amends"), {}
    if content.get("exhibits") and one.case:
        pieces = {piece.sha256: piece for piece in desk.evidence.shelf.of_case(one.case)}
    papers = []
    for sha256 in content.get("exhibits") or ():
        piece = pieces[sha256]
        if piece.mime == "text/plain":
            continue  # a comparison or a talk in plain text stays here; what it says goes in fields
        with desk.evidence.hand_out(sha256, by, f"{one.forum} {one.reference}", one.case) as file:
            papers.append(Paper(sha256, piece.name, piece.kind, piece.mime, file.read()))
    return Defence(
        one.reference,
        fight.key,
        str(content.get("forum")),
        str(content.get("reason")),
        str(content.get("family")),
        dict(content.get("texts") or {}),
        tuple(papers),
        tuple(content.get("earlier") or ()),
        bool(content.get("appeal")),
        int(content.get("again") or 0),
    )

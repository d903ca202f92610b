"""Following a case: how far it is, what comes next, what was said, and what the buyer can do now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from amends.desk.cases.ask import give_evidence
from amends.desk.cases.close import withdraw
from amends.desk.cases.faults import not_found
from amends.desk.cases.parcels import send_back
from amends.desk.cases.talk import buyer_says
from amends.desk.evidence import items_of
from amends.desk.portal.desk import PortalDesk
from amends.facts.evidence import Piece, Upload
from amends.facts.log import Actor
from amends.facts.offers import Offer
from amends.facts.people import Person
from amends.facts.portal import NextStep, Step
from amends.facts.work import CaseHistory, CaseState, MessageView

_OURS: Final = frozenset({"hold_ends", "return_in_time"})
"""Clocks that are the shop's to watch."""
_ANSWERED: Final = frozenset({"approved", "refused", "offer_accepted", "agreement_carried_out"})


@dataclass(frozen=True, slots=True)
class Followed:
    """A case as its buyer sees it. `asked`: what the shop wants to see, where it asked.

    `can_send_back`: a parcel back can be told of. `may_send`: it should be sent, for the shop agreed or the law gives the right.
    """

    state: CaseState
    steps: tuple[Step, ...]
    next: NextStep | None
    messages: tuple[MessageView, ...]
    offers: tuple[Offer, ...]
    pieces: tuple[Piece, ...]
    asked: tuple[str, str] | None
    waybill: str
    can_send_back: bool
    may_send: bool
    can_withdraw: bool
    can_talk: bool
    history: CaseHistory


def follow(desk: PortalDesk, number: int) -> Followed:
    """A case for its buyer. Raises `UnableToWork` where there is none."""
    state = desk.cases.casework.look(number)
    if state is None:
        raise not_found(number)
    history = desk.cases.casework.history(number)
    tracks = state.tracks
    now = desk.cases.now()
    settled = now - timedelta(seconds=state.undo_seconds)
    open_now = tracks.desk == "open"
    return Followed(
        state=state,
        steps=steps_of(state, history),
        next=_next(history, may_send=_may_send(state)) if open_now else None,
        messages=tuple([one for one in history.messages if _is_shown(one, settled)]),
        offers=tuple([one for one in history.offers if one.state == "open" and one.expires_at > now]),
        pieces=tuple([one for one in desk.evidence.shelf.of_case(number) if one.by_kind == "buyer"]),
        asked=_asked(history) if tracks.decision == "awaiting_evidence" else None,
        waybill=str((state.case.get("return_parcel") or {}).get("waybill") or ""),
        can_send_back=open_now and _goes_back(state) and tracks.goods in ("none", "awaited", "on_the_way"),
        may_send=_may_send(state),
        can_withdraw=open_now
        and tracks.can("decision", "withdraw")
        and tracks.goods not in ("arrived", "inspected")
        and not desk.cases.money.is_moving(number),
        can_talk=open_now,
        history=history,
    )


def _is_shown(one: MessageView, settled: datetime) -> bool:
    """What the buyer wrote is shown at once; what the shop wrote once it can no longer be taken back."""
    if one.inside or one.state == "taken_back":
        return False
    return one.by_kind == "buyer" or one.at <= settled or one.event in ("request_received", "withdrawal_received")


def _goes_back(state: CaseState) -> bool:
    wanted = bool(((state.decision or {}).get("return") or {}).get("required"))
    return wanted and state.tracks.decision not in ("refused", "withdrawn", "offered")


def _may_send(state: CaseState) -> bool:
    decision = state.decision or {}
    by_right = bool(decision.get("entitled")) and decision.get("outcome") == "accept"
    return state.tracks.decision == "approved" or (by_right and state.tracks.decision == "new")


def _asked(history: CaseHistory) -> tuple[str, str]:
    for sealed in reversed(history.entries):
        if sealed.entry.what == "asked":
            return ",".join([str(one) for one in sealed.entry.data.get("what") or ()]), sealed.entry.why
    return "", ""


def _next(history: CaseHistory, *, may_send: bool) -> NextStep | None:
    """The soonest running deadline; sending back is nobody's next step before it is known that the goods should come."""
    running = [one for one in history.deadlines if one.state == "running" and one.action not in _OURS]
    running = [one for one in running if may_send or one.action != "ship_back"]
    if not running:
        return None
    soonest = min(running, key=lambda one: one.due)
    return NextStep(soonest.who, soonest.action, soonest.due)


def steps_of(state: CaseState, history: CaseHistory) -> tuple[Step, ...]:
    """The way of a case as its buyer goes it: asked, answered, goods back or replacement, money, end."""
    at = _moments(history)
    tracks = state.tracks
    goes_back = _goes_back(state) or tracks.goods != "none"
    done: list[tuple[str, bool]] = [
        ("asked", True),
        ("answered", tracks.decision in ("approved", "refused", "withdrawn") or tracks.goods != "none"),
    ]
    if tracks.decision not in ("refused", "withdrawn"):
        if goes_back:
            done.append(("sent", tracks.goods in ("on_the_way", "arrived", "inspected")))
            done.append(("received", tracks.goods in ("arrived", "inspected")))
        if _wants_goods(state):
            done.append(("replaced", tracks.replacement in ("shipped", "delivered")))
        else:
            done.append(("paid", "paid" in at))
    done.append(("closed", tracks.desk == "closed"))
    first_open = next((index for index, (_, is_done) in enumerate(done) if not is_done), len(done))
    return tuple(
        [
            Step(name, "done" if is_done else ("now" if index == first_open else "later"), at.get(name))
            for index, (name, is_done) in enumerate(done)
        ]
    )


def _wants_goods(state: CaseState) -> bool:
    remedy = (state.agreed or {}).get("remedy") or (state.decision or {}).get("remedy")
    return remedy in ("exchange", "repair", "resend")


_STEP_OF: Final = {
    "opened": "asked",
    "goods_sent": "sent",
    "goods_received": "received",
    "inspected": "received",
    "replacement_shipped": "replaced",
    "refund_paid": "paid",
    "closed": "closed",
    "withdrawn": "closed",
}


def _moments(history: CaseHistory) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    for sealed in history.entries:
        entry = sealed.entry
        name = "answered" if entry.what in _ANSWERED else _STEP_OF.get(entry.what)
        if name:
            found.setdefault(name, entry.at)
    return found


def say(desk: PortalDesk, number: int, buyer: Actor, text: str, uploads: Sequence[Upload]) -> CaseState:
    """Write to the shop, with files. Raises `UnableToWork`; nothing is kept then."""
    with desk.evidence.receiving(uploads) as received, desk.statements.transaction():
        files: list[dict[str, Any]] = [dict(one) for one in items_of(received, "buyer")]
        state = buyer_says(desk.cases, number, buyer, text, files, "portal")
        received.keep(number, "buyer", buyer.name, desk.cases.now())
        return state


def give(desk: PortalDesk, number: int, buyer: Actor, text: str, uploads: Sequence[Upload]) -> CaseState:
    """Give what the shop asked for."""
    with desk.evidence.receiving(uploads) as received, desk.statements.transaction():
        state = give_evidence(desk.cases, number, buyer, None, items_of(received, "buyer"), text)
        received.keep(number, "buyer", buyer.name, desk.cases.now())
        return state


def sent(desk: PortalDesk, number: int, buyer: Actor, waybill: str, carrier: str) -> CaseState:
    """The buyer has sent the goods back."""
    return send_back(desk.cases, number, buyer, _as_person(buyer), waybill, carrier)


def take_back(desk: PortalDesk, number: int, buyer: Actor) -> CaseState:
    """The buyer takes the request back."""
    return withdraw(desk.cases, number, buyer, _as_person(buyer))


def _as_person(buyer: Actor) -> Person:
    return Person(buyer.name, "agent", kind="buyer")

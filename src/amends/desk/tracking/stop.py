"""Stopping a parcel on its way: asked for by a person, passed on once, its outcome seen in the trace."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from amends.desk.cases.desk import actor
from amends.desk.cases.faults import UnableToWork
from amends.desk.tracking.desk import TrackingDesk
from amends.desk.tracking.ports import NoAnswer
from amends.facts.log import Actor, Entry
from amends.facts.parcels import CaseParcel, KeptParcel, Stop, StopState
from amends.facts.people import Person
from amends.facts.traces import Trace, trace_of
from amends.facts.tracking import StopReceipt

MOST: Final = 10
_TRIES: Final = 6
_LOOKED_AT: Final = timedelta(hours=1)
"""How often the trace is looked at for what became of a wish."""
_CAN_BE_STOPPED: Final = frozenset({"picked_up", "in_transit", "out_for_delivery", "none"})


def can_stop(desk: TrackingDesk, link: CaseParcel, trace: Trace) -> bool:
    """Whether the carrier may be asked to stop this parcel now."""
    joined = desk.joined(link.parcel.network)
    if joined is None or not joined.network.can.intercepts or link.part == "back":
        return False
    last = desk.book.stop_of(link.parcel.number)
    return trace.state in _CAN_BE_STOPPED and (last is None or last.state == "failed")


def stop(desk: TrackingDesk, number: int, person: Person, link: int, why: str) -> Stop:
    """Write down that a parcel is to be stopped; the runner passes it on. Raises `UnableToWork`."""
    with desk.cases.hold(number, person, "work") as held:
        found = desk.book.link(link)
        if found is None or found.case != number:
            raise UnableToWork("not_possible", "this case has no such parcel", "该售后单没有此快件", "parcel")
        if not can_stop(desk, found, trace_of(desk.book.scans(found.parcel.number))):
            raise UnableToWork(
                "not_possible",
                "this parcel cannot be stopped: it has arrived, its network passes no wishes on, or one is under way",
                "该快件无法拦截：已签收、所用服务不支持拦截，或已有拦截在途",
            )
        wish = desk.book.ask_stop(found, f"am{desk.nonce()}"[:40], why.strip(), person.name, desk.now())
        if wish is None:
            raise UnableToWork("not_possible", "it is being stopped already", "该快件已在拦截中")
        data = {"waybill": found.parcel.waybill.number, "part": found.part}
        held.write(Entry("stop_asked", actor(person), desk.now(), why.strip()[:200], data=data))
        return wish


def pass_on_stops(desk: TrackingDesk) -> int:
    """Pass on wishes that are due; how many. A repeat carries the same key, so that the network takes it for the same wish."""
    due = desk.book.stops_due(desk.now(), MOST)
    for wish, parcel in due:
        _settle(desk, wish, _passed_on(desk, wish, parcel), parcel)
    return len(due)


def _passed_on(desk: TrackingDesk, wish: Stop, parcel: KeptParcel) -> StopReceipt:
    joined = desk.joined(parcel.network)
    if joined is None:
        return StopReceipt("failed", code="no_network")
    trace = trace_of(desk.book.scans(parcel.number))
    if wish.state == "asked" or trace.intercepted:
        return _seen(trace)
    try:
        return desk.talk(
            joined.network.intercept(joined.access, parcel.waybill, wish.key, wish.why or "return", desk.seal())
        )
    except NoAnswer as fault:
        return StopReceipt("unknown" if fault.sent else "absent", code="no_answer", message=str(fault)[:300])


def _seen(trace: Trace) -> StopReceipt:
    """What the trace says of a wish that was taken in."""
    if trace.intercepted or trace.state == "returned_to_sender":
        return StopReceipt("stopped")
    if trace.state in ("delivered", "lost"):
        return StopReceipt("failed", code="too_late")
    return StopReceipt("asked")


def _settle(desk: TrackingDesk, wish: Stop, receipt: StopReceipt, parcel: KeptParcel) -> None:
    """Keep the outcome; tell the cases where it is settled or was taken in."""
    now, outcome = desk.now(), receipt.outcome
    state: StopState = wish.state
    due: datetime | None = None
    if outcome in ("asked", "stopped", "failed"):
        state, due = outcome, now + _LOOKED_AT if outcome == "asked" else None
    elif wish.tries >= _TRIES:
        state = "failed"
        receipt = StopReceipt("failed", code="no_answer", message=receipt.message[:300])
    else:
        state = "unknown" if outcome == "unknown" else wish.state
        due = now + timedelta(minutes=2**wish.tries)
    changed = state != wish.state
    desk.book.stopped(wish.number, receipt, state, due)
    if changed and state in ("asked", "stopped", "failed"):
        _tell(desk, parcel, state, receipt.message)


def _tell(desk: TrackingDesk, parcel: KeptParcel, state: str, message: str) -> None:
    joined = desk.joined(parcel.network)
    by = Actor("carrier", joined.network.title.en if joined else parcel.network)
    for case in desk.book.cases_of(parcel.number):
        with desk.cases.casework.holding(case) as held:
            if held is not None:
                data = {"waybill": parcel.waybill.number, "state": state, "message": message[:200]}
                held.write(Entry("stop_told", by, desk.now(), data=data))

"""Having a parcel brought back before it is delivered: asked for by a person, told by traces or a person, the refund once it succeeds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from amends.desk.cases.deeds import can_on, want
from amends.desk.cases.desk import actor
from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.cases.ports import HeldCase
from amends.desk.cases.redecide import redecide
from amends.desk.freight.desk import FreightDesk
from amends.desk.freight.refund import promise_refund
from amends.desk.freight.waybills import examine
from amends.desk.tracking.stop import can_stop
from amends.facts.freight import BY_PERSON, INTERCEPTION, OPEN_INTERCEPTION, Interception, InterceptionWay
from amends.facts.log import Actor, Entry
from amends.facts.parcels import CaseParcel
from amends.facts.people import Person
from amends.facts.rulebook import Says
from amends.facts.traces import trace_of
from amends.facts.work import CaseState, Change, WantedDeadline

TASK: Final = "intercept_task"
_ENDED: Final = frozenset({"delivered", "lost", "returned_to_sender", "refused"})
_DUTY: Final = ("freight", "carrier", "intercept")


def can_intercept(state: CaseState) -> tuple[str, ...]:
    """The shipments of a case that may still be stopped; none once it is closed or withdrawn."""
    if state.tracks.desk == "closed" or state.tracks.decision == "withdrawn":
        return ()
    found = [one for one in state.case.get("shipments") or () if isinstance(one, dict)]
    moving = [one for one in found if one.get("trace") not in _ENDED and not one.get("delivered_at")]
    return tuple([str(one["id"]) for one in moving if one.get("shipped_at") or one.get("trace") or waybill_of(one)])


def waybill_of(shipment: dict[str, Any]) -> str:
    """A shipment's number as the case file has it; its id where it has none."""
    told = shipment.get("waybill") or shipment.get("tracking_number") or ""
    return "".join(str(told).split()).upper()


def ask_interception(desk: FreightDesk, number: int, person: Person, shipment: str = "", why: str = "") -> Interception:
    """Ask the carrier to bring a parcel back: by its network or the platform where they do that, else a task to call it.

    Raises `UnableToWork` where no parcel is on its way, or one is being stopped already.
    """
    with desk.cases.hold(number, person, "work") as held:
        state, now = held.state, desk.now()
        moving = can_intercept(state)
        wanted = shipment or next(iter(moving), "")
        if wanted not in moving:
            raise UnableToWork(
                "not_possible", "no such parcel of this case is on its way", "该售后单没有在途的此包裹", "shipment"
            )
        if any(one.shipment == wanted and one.state in OPEN_INTERCEPTION for one in desk.book.interceptions(number)):
            raise UnableToWork("not_possible", "this parcel is being stopped already", "该包裹已在拦截中")
        file = next(one for one in state.case["shipments"] if str(one.get("id")) == wanted)
        link = _followed(desk, number, wanted)
        waybill = link.parcel.waybill.number if link else waybill_of(file)
        carrier = (
            link.parcel.waybill.carrier if link else desk.tracking.carrier_of(str(file.get("carrier") or ""), waybill)
        )
        way = _asked(desk, held, person, link, waybill, carrier, why)
        due = now + timedelta(hours=desk.terms.intercept_hours)
        made = desk.book.put_interception(
            Interception(
                0,
                number,
                wanted,
                waybill,
                carrier,
                way,
                "asked",
                person.name,
                person.role,
                now,
                due,
                why=why.strip()[:200],
            )
        )
        clock = WantedDeadline(
            "freight", "carrier", "intercept", due, "", Says("a person calls the carrier", "请致电快递公司核实")
        )
        facts = {"interception": {"state": "asked", "at": now.isoformat(), "waybill": waybill}}
        data = {"waybill": waybill or wanted, "way": way}
        held.write(
            Entry("interception_asked", actor(person), now, why.strip()[:200], data=data),
            Change(facts=facts, own=[clock], exception=TASK if way == "person" else None),
        )
        redecide(desk.cases, held)
        return made


def _followed(desk: FreightDesk, number: int, shipment: str) -> CaseParcel | None:
    links = desk.tracking.book.of_case(number)
    return next((one for one in links if one.live and one.part == "out" and one.shipment == shipment), None)


def _asked(
    desk: FreightDesk, held: HeldCase, person: Person, link: CaseParcel | None, waybill: str, carrier: str, why: str
) -> InterceptionWay:
    """Put the wish where the carrier hears it; the way that was taken."""
    book = desk.tracking.book
    if link is not None and can_stop(desk.tracking, link, trace_of(book.scans(link.parcel.number))):
        key = f"am{desk.tracking.nonce()}"[:40]
        if book.ask_stop(link, key, why.strip(), person.name, desk.now()) is not None:
            return "network"
    can = can_on(desk.cases, held.platform())
    if can is not None and "intercept" in can.actions:
        want(desk.cases, held, person, "intercept", waybill=waybill, carrier=carrier)
        return "platform"
    return "person"


def tell_interception(
    desk: FreightDesk, number: int, person: Person, which: int, move: str, why: str = ""
) -> Interception:
    """What the carrier said to a person on the telephone or its console. Raises `UnableToWork`."""
    if move not in BY_PERSON:
        raise bad_value("move", f"one of {', '.join(BY_PERSON)}", "请选择拦截结果")
    with desk.cases.hold(number, person, "work") as held:
        found = desk.book.interception(which)
        if found is None or found.case != number:
            raise UnableToWork("not_possible", "this case has no such interception", "该售后单没有此拦截")
        moved(desk, held, found, move, actor(person), why)
    pay_stopped(desk, which)
    return desk.book.interception(which) or found


def moved(desk: FreightDesk, held: HeldCase, one: Interception, move: str, by: Actor, why: str = "") -> None:
    """Move an interception of a held case, with what follows from it for the case. Raises `UnableToMove`."""
    state, now = INTERCEPTION.after(one.state, move), desk.now()
    fresh = replace(one, state=state, told_at=now, refund="due" if state == "succeeded" else one.refund)
    desk.book.put_interception(fresh)
    facts: dict[str, Any] = {"interception": {"state": state, "at": now.isoformat(), "waybill": one.waybill}}
    if state in ("succeeded", "too_late"):
        facts |= _shipment(held.state, one.shipment, state)
    told = {"goods": "on_the_way"} if state == "succeeded" and held.state.tracks.goods in ("none", "awaited") else {}
    ended = [] if state == "accepted" else [_DUTY]
    clear = held.state.exception == TASK or (held.state.exception == "carrier_late" and ended)
    change = Change(
        facts=facts,
        met=ended if state != "called_off" else [],
        off=ended if state == "called_off" else [],
        exception="" if clear else None,
    )
    data = {"waybill": one.waybill or one.shipment}
    held.write(Entry(f"interception_{state}", by, now, why.strip()[:200], told=told, data=data), change)
    redecide(desk.cases, held)


def _shipment(state: CaseState, shipment: str, became: str) -> dict[str, Any]:
    """What the file says of the parcel, where it does not say so yet."""
    there = next((one for one in state.case.get("shipments") or () if str(one.get("id")) == shipment), None)
    if there is None:
        return {}
    if became == "succeeded":
        if there.get("trace") == "returned_to_sender":
            return {}
        return {"shipments": [{"id": shipment, "trace": "returned_to_sender", "delivered_at": None}]}
    return {} if there.get("trace") == "delivered" else {"shipments": [{"id": shipment, "trace": "delivered"}]}


def pay_stopped(desk: FreightDesk, which: int) -> bool:
    """Look at the waybills of a parcel that was stopped, and promise its refund, once; whether this call promised it."""
    one = desk.book.interception(which)
    if one is None or one.refund != "due":
        return False
    examine(desk, one.case)
    return promise_refund(desk, which)

"""Goods that come back and goods that go out: waybills, arrival, inspection, settling afterwards, replacements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from amends.basics.money import write_minor
from amends.desk.cases.approve import Effect, carry_out, check_objection, effect_of
from amends.desk.cases.charges import deposits_back
from amends.desk.cases.deeds import want
from amends.desk.cases.desk import CaseDesk, actor, case_of, decided
from amends.desk.cases.faults import UnableToWork, bad_value, not_found
from amends.desk.cases.going_out import give_difference, ready_to_ship
from amends.desk.cases.ports import HeldCase
from amends.desk.cases.redecide import redecide
from amends.desk.cases.replacement_lost import time_anew
from amends.desk.cases.stock import entries_of, hold_again, remedy_of
from amends.facts.case import Case
from amends.facts.charges import OPEN
from amends.facts.codes import GRADES
from amends.facts.decision import Decision
from amends.facts.going_out import chosen
from amends.facts.log import Actor, Entry
from amends.facts.objection import takes_off
from amends.facts.people import Person
from amends.facts.waybills import carrier_of
from amends.facts.work import CaseState, Change

_HOUSE: Final = Actor("system", "amends")
_SHIP_BACK: Final = ("decision", "buyer", "ship_back")
RETURN_IN_TIME: Final = ("own", "buyer", "return_in_time")
_CONFIRM: Final = ("decision", "merchant", "confirm_receipt")
_SPOILT: Final = "D"
_GRADE_FACTS: Final = {"A": {}, "B": {"opened": True}, "C": {"used": True}, "D": {"damaged": True}}


def send_back(desk: CaseDesk, number: int, by: Actor, person: Person, waybill: str, carrier: str = "") -> CaseState:
    """The buyer has sent the goods back, under this waybill; a later one takes its place."""
    found = waybill.strip()
    if not 4 <= len(found) <= 60:
        raise bad_value(
            "waybill", "the number on the carrier's receipt, 4 to 60 characters", "请填写快递单号（4–60 位）"
        )
    with desk.hold(number, person, "receive") as held:
        now = desk.now().isoformat()
        parcel = {"waybill": found, "shipped_at": now, "carrier": carrier.strip()[:60]}
        proof = {"kind": "waybill", "by": "buyer", "at": now}
        entry = Entry(
            "goods_sent",
            by,
            desk.now(),
            moves=(("goods", "send"),),
            data={"waybill": found, "carrier": parcel["carrier"]},
        )
        held.write(entry, Change(facts={"return_parcel": parcel, "evidence": [proof]}, met=[_SHIP_BACK]))
        redecide(desk, held)
        return held.state


def receive(desk: CaseDesk, number: int, person: Person, note: str = "", version: int | None = None) -> CaseState:
    """The parcel is here."""
    with desk.hold(number, person, "receive", version) as held:
        _receive(desk, held, person, note)
        redecide(desk, held)
        return held.state


def inspect(
    desk: CaseDesk,
    number: int,
    person: Person,
    grade: str,
    findings: Sequence[str] = (),
    goods: dict[str, bool] | None = None,
    version: int | None = None,
) -> CaseState:
    """What the warehouse found; a parcel that nobody received yet is received by it.

    `goods`: states of the goods that were seen (contract, section 2), beside what the grade says. Where the case is approved and what
    was found costs the buyer nothing, the money goes at once on the limits of whoever approved; else a person settles it.
    """
    if grade not in GRADES:
        raise bad_value("grade", "one of A, B, C, D", "等级须为 A、B、C 或 D")
    with desk.hold(number, person, "receive", version) as held:
        if takes_off(held.state.case):
            raise UnableToWork(
                "not_possible",
                "the station's inspection takes something off already; only a second look there changes it",
                "收货台的验货结果已涉及扣减，只能在收货台复验",
            )
        now = desk.now()
        found = [one.strip()[:300] for one in findings if one.strip()]
        seen = {**_GRADE_FACTS[grade], **(goods or {})}
        facts: dict[str, Any] = {"inspection": {"at": now.isoformat(), "grade": grade, "findings": found}}
        if seen:
            facts["goods"] = seen
        entry = Entry("inspected", actor(person), now, data={"grade": grade, "findings": found})
        record_inspection(desk, held, person, entry, Change(facts=facts), grade)
        return held.state


def record_inspection(
    desk: CaseDesk, held: HeldCase, person: Person, entry: Entry, change: Change, grade: str
) -> Decision:
    """Write an inspection and do what follows: the case decided anew, the platform told, the money where it is plain.

    A parcel that nobody received yet is received by it.
    """
    if held.state.tracks.goods not in ("arrived", "inspected"):
        _receive(desk, held, person, "")
    held.write(replace(entry, moves=(("goods", "inspect"),)), replace(change, met=[*change.met, _CONFIRM]))
    decision = redecide(desk, held)
    if held.state.tracks.replacement == "reserved" and grade != _SPOILT:
        want(desk, held, person, "confirm_receipt")
    if grade != _SPOILT:
        deposits_back(desk, held, person)
    _settle_if_plain(desk, held)
    _close_if_done(desk, held, actor(person))
    return decision


def settle_effect(desk: CaseDesk, number: int, person: Person) -> Effect:
    """What settling would do, with nothing written. Raises `UnableToWork` where there is nothing to settle, saying why."""
    state = desk.casework.look(number)
    if state is None or not person.may_see(state.merchant):
        raise not_found(number)
    case, decision = decided(desk, state)
    return settling(desk, state, case, decision, person)


def settle(desk: CaseDesk, number: int, person: Person, version: int | None = None) -> CaseState:
    """Pay what an approved case gives, now that the goods are back (or will not come). Above the limit a second person is asked."""
    with desk.hold(number, person, version=version) as held:
        case, decision = decided(desk, held.state)
        seen = settling(desk, held.state, case, decision, person)
        carry_out(desk, held, person, case, decision, seen, "settled")
        return held.state


def settling(desk: CaseDesk, state: CaseState, case: Case, decision: Decision, person: Person) -> Effect:
    """What settling a case would do by a decision that is known. Raises `UnableToWork` where there is nothing to settle, saying why."""
    if state.tracks.decision != "approved" or state.tracks.desk == "closed":
        raise UnableToWork("not_possible", "approve the case first", "请先同意该售后单")
    if desk.money.till.current(state.number) is not None:
        raise UnableToWork("money", "its money was promised already", "该售后单的款项已提交")
    check_objection(desk, state)
    seen = effect_of(desk, state, case, decision, person)
    if seen.kind != "pay":
        raise UnableToWork(
            "not_possible", "there is nothing to pay now: the goods are not back yet", "商品尚未退回，暂无可退款项"
        )
    return seen


def send_goods_back(desk: CaseDesk, number: int, person: Person, waybill: str, why: str) -> CaseState:
    """Return goods to the buyer that were not accepted."""
    with desk.hold(number, person, "receive") as held:
        data = {"waybill": waybill.strip()[:60]}
        return held.write(
            Entry("goods_sent_back", actor(person), desk.now(), why.strip(), (("goods", "send_back"),), data=data)
        )


def ship_replacement(desk: CaseDesk, number: int, person: Person, waybill: str, carrier: str = "") -> CaseState:
    """The replacement, the repaired piece or the missing part is on its way to the buyer. `carrier`: "" where the number tells it."""
    found = waybill.strip()
    if not found:
        raise bad_value("waybill", "give the number of the parcel that goes out", "请填写发出的快递单号")
    with desk.hold(number, person, "receive") as held:
        ready_to_ship(desk, held)
        digits = case_of(held.state).order.digits
        went = held.end_holds("shipped", desk.now())
        data: dict[str, Any] = {"waybill": found[:60]}
        if remedy_of(held) in ("exchange", "resend"):
            data["pieces"] = [one.told(digits) for one in chosen(entries_of(held), digits)]
            data["stock"] = [one.told() for one in went]
        entry = Entry("replacement_shipped", actor(person), desk.now(), moves=(("replacement", "ship"),), data=data)
        over = [("own", "buyer", "hold_ends"), ("own", "merchant", "hold_ends")]
        held.write(entry, Change(met=[("decision", "merchant", "ship"), *over]))
        if remedy_of(held) == "exchange":
            give_difference(desk, held, person)
            time_anew(desk, held)
        by = carrier.strip()[:60] or carrier_of(found)
        want(desk, held, person, "ship_replacement", waybill=found[:60], carrier=by)
        return held.state


def replacement_delivered(desk: CaseDesk, number: int, by: Actor, person: Person) -> CaseState:
    """The buyer has the replacement; the case is closed, unless the goods are still to come, or money is."""
    with desk.hold(number, person, "receive") as held:
        held.write(Entry("replacement_delivered", by, desk.now(), moves=(("replacement", "deliver"),)))
        _close_if_done(desk, held, by)
        return held.state


def _close_if_done(desk: CaseDesk, held: HeldCase, by: Actor) -> None:
    """Close a case whose replacement has arrived, with nothing else to come."""
    tracks = held.state.tracks
    waits = tracks.goods in ("awaited", "on_the_way", "arrived") or held.state.to_approve or held.state.exception
    if tracks.replacement != "delivered" or tracks.desk != "open" or tracks.decision != "approved" or waits:
        return
    if any(one.state in OPEN for one in held.charges()):
        return
    held.write(Entry("closed", by, desk.now(), moves=(("desk", "close"),), data={"reason": "settled"}))


def lose(desk: CaseDesk, number: int, person: Person, why: str) -> CaseState:
    """The parcel back was lost on its way."""
    with desk.hold(number, person, "receive") as held:
        return held.write(Entry("goods_lost", actor(person), desk.now(), why.strip(), (("goods", "lose"),)))


def _receive(desk: CaseDesk, held: HeldCase, person: Person, note: str) -> None:
    now = desk.now()
    facts = {"return_parcel": {"signed_at": now.isoformat()}}
    entry = Entry("goods_received", actor(person), now, note.strip()[:500], (("goods", "arrive"),))
    held.write(entry, Change(facts=facts, met=[_SHIP_BACK, RETURN_IN_TIME]))
    hold_again(desk, held)


def _settle_if_plain(desk: CaseDesk, held: HeldCase) -> None:
    """Pay by itself where a person approved before and the amount is not less (nor more) than what was approved.

    An open dispute on the payment holds the money, not the inspection: a person is told.
    """
    state = held.state
    if state.tracks.decision != "approved" or desk.money.till.current(state.number) is not None:
        return  # not approved, or promised before the goods came (a parcel that was stopped on its way)
    said = _approved(held)
    if said is None:
        return
    total, approver = said
    case, decision = decided(desk, state)
    seen = effect_of(desk, state, case, decision, approver)
    if seen.kind != "pay" or write_minor(seen.total, case_of(state).order.digits) != total:
        return
    if held_up := _disputed(desk, state, seen):
        entry = Entry("refund_held", _HOUSE, desk.now(), data={"payment": held_up})
        held.write(entry, Change(exception="refund_held"))
        return
    carry_out(desk, held, approver, case, decision, seen, "settled")


def _disputed(desk: CaseDesk, state: CaseState, seen: Effect) -> str:
    """The payment of an open dispute on which money would go back; "" for none. What was found of the goods is kept all the same."""
    box = desk.money.till.box(state.number)
    wanted = {step.payment for step in seen.plan.steps} if seen.plan else set()
    return next((one.name for one in box.payments if one.disputed and one.name in wanted), "") if box else ""


def _approved(held: HeldCase) -> tuple[str, Person] | None:
    """What was approved, and by whom with which role."""
    for seq in range(held.state.version, 0, -1):
        entry = held.log_entry(seq)
        if entry is not None and entry.what in ("approved", "agreement_carried_out"):
            return str(entry.data.get("total")), Person(
                entry.by.name, str(entry.data.get("by_role") or "agent"), kind=entry.by.kind
            )
    return None

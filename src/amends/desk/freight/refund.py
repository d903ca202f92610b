"""The refund that a stopped parcel brings: through the case's plan of money, exactly once, or a word on why a person has to look."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from amends.desk.cases.approve import carry_out, check_possible, effect_of
from amends.desk.cases.desk import decided
from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.ports import HeldCase
from amends.desk.freight.desk import FreightDesk
from amends.facts.freight import Interception
from amends.facts.log import Actor, Entry
from amends.facts.people import Person
from amends.facts.work import Change

_HOUSE: Final = Actor("system", "amends")
_WAITS: Final = "intercept_waits"


def promise_refund(desk: FreightDesk, which: int) -> bool:
    """Promise it; whether money was promised by this call. What stands against it is written into the case for a person."""
    first = desk.book.interception(which)
    if first is None or first.refund != "due":
        return False
    try:
        with desk.cases.casework.holding(first.case) as held:
            one = desk.book.interception(which)  # as it stands under the case's lock
            if held is None or one is None or one.refund != "due":
                return False
            return _promised(desk, held, one)
    except UnableToWork as fault:
        _left_to_people(desk, first, fault)
        return False


def _promised(desk: FreightDesk, held: HeldCase, one: Interception) -> bool:
    state = held.state
    if desk.cases.money.till.current(state.number) is not None or state.tracks.desk == "closed":
        desk.book.put_interception(replace(one, refund="paid" if state.tracks.desk != "closed" else "waits"))
        return False
    if state.case.get("waybill_signals"):
        raise UnableToWork("not_possible", "something does not fit", "运单号存在可疑情况", "signals")
    person = Person(one.by, one.by_role)
    case, decision = decided(desk.cases, state)
    if state.tracks.decision != "approved":
        check_possible(state, decision)
    seen = effect_of(desk.cases, state, case, decision, person)
    if seen.kind != "pay":
        raise UnableToWork("not_possible", "the decision pays nothing now", "当前处理方案暂无可退款项")
    if not seen.alone:
        raise UnableToWork(
            "not_allowed", f"a {seen.needs_role} must approve this amount", "金额超出发起人权限，需更高角色审批"
        )
    what = "settled" if state.tracks.decision == "approved" else "approved"
    carry_out(desk.cases, held, person, case, decision, seen, what)
    desk.book.put_interception(replace(one, refund="paid"))
    return True


def _left_to_people(desk: FreightDesk, one: Interception, fault: UnableToWork) -> None:
    with desk.cases.casework.holding(one.case) as held:
        if held is None:
            return
        desk.book.put_interception(replace(one, refund="waits"))
        data = {
            "waybill": one.waybill or one.shipment,
            "stands_against": "signals" if fault.field == "signals" else fault.code,
        }
        held.write(Entry("interception_refund_waits", _HOUSE, desk.now(), data=data), Change(exception=_WAITS))

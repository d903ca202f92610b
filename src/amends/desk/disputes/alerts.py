"""Alerts before a dispute: taken in once, matched to a payment, then refunded once through the money plan of a case, or let be."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.disputes.answer import by_person
from amends.desk.disputes.desk import DisputeDesk, hold
from amends.desk.disputes.ports import HeldDispute
from amends.desk.pay_out import role_needed
from amends.facts.alerts import Alert, UnableToReadAlert, UnableToTrustAlert
from amends.facts.case import Case
from amends.facts.dispute_settings import AlertSource
from amends.facts.disputes import DisputeTold, KeptDispute
from amends.facts.fields import UnableToReadCase
from amends.facts.payout import MoneyBox, PlanView, UnableToPromise
from amends.facts.people import SYSTEM, Person
from amends.facts.plan import RESERVING, LinePart, Plan, Step
from amends.facts.read_case import read_case
from amends.facts.steps import UnableToRoute, plan_digest, route_of, step_key
from amends.facts.wire import WireAnswer
from amends.facts.work import CaseState

ReadAlert = Callable[[AlertSource, Mapping[str, str], bytes, datetime], Alert]
_PLAIN: Final = {"content-type": "text/plain"}


@dataclass(frozen=True, slots=True)
class AlertDesk:
    """The verbs on alerts. `read` makes an alert of what came in."""

    disputes: DisputeDesk
    read: ReadAlert

    def take(self, name: str, token: str, headers: Mapping[str, str], body: bytes) -> WireAnswer | None:
        """The answer for whoever tells of an alert; None where there is no such address. What is answered well is kept."""
        desk = self.disputes
        source = desk.settings.alerts.get(name)
        if source is None or not hmac.compare_digest(source.token.encode(), token.encode("utf-8", errors="replace")):
            return None
        now = desk.now()
        try:
            alert = self.read(source, headers, body, now)
        except UnableToTrustAlert as fault:
            return WireAnswer(401, _PLAIN, str(fault).encode())
        except UnableToReadAlert as fault:
            return WireAnswer(422, _PLAIN, str(fault).encode())
        shop, order, payment = _fitting(desk, source, alert)
        told = DisputeTold(
            source.name,
            alert.reference,
            "alert",
            alert.forum,
            "averted" if alert.resolved else "alert",
            alert.reason,
            alert.amount,
            alert.currency,
            payment,
            order,
            alert.due,
            alert.at or now,
            now,
            more={**alert.more, "merchant": source.merchant},
        )
        desk.book.take(told, now, shop)
        return WireAnswer(200, _PLAIN, b"taken in")


def _fitting(desk: DisputeDesk, source: AlertSource, alert: Alert) -> tuple[str, str, str]:
    """The shop, order and number of the payment that an alert is about: by the signs of payments where it names none; one fit counts."""
    if alert.payment or not alert.last4 or alert.paid is None:
        return "", "", alert.payment
    found = desk.signs.fitting(alert.amount, alert.currency, alert.last4, alert.paid)
    return found[0] if len(found) == 1 else ("", "", "")


def refund_now(desk: DisputeDesk, number: int, person: Person) -> KeptDispute:
    """Refund what an alert is about, through a plan of its case, once; the outcome is told when the money went. Raises `UnableToWork`."""
    with hold(desk, number, person) as (held, case):
        one, now = held.state, desk.now()
        if one.plan is not None and one.stage == "refunding":
            return one
        if case is None:
            raise UnableToWork(
                "not_possible", "match it to a case first: the refund goes by its plan", "请先关联售后单，再退款"
            )
        disputed = [other for other in desk.book.answered(None, one.payment) if other.sort == "card" and other.open]
        if disputed:
            raise UnableToWork(
                "money", "the dispute has been opened meanwhile: it moves the same money", "该付款已被拒付，不能再退款"
            )
        plan = _promise(desk, one, case.state, person, now)
        held.move("refund", by_person(person), now, {"plan": plan.number})
        held.put(plan=plan.number)
        return held.state


def _promise(desk: DisputeDesk, one: KeptDispute, state: CaseState, person: Person, now: datetime) -> PlanView:
    """The plan: one step back by the disputed payment. Its key comes from the alert, so that no press and no crash makes a second one."""
    till = desk.cases.money.till
    try:
        case = read_case(state.case)
        till.open_order(state.shop, case, now)
        plan = alert_plan(one, state, case, till.box(state.number), desk.cases.money.routes(state.shop))
        needed = role_needed(desk.cases.house, state.shop, case, plan)
        wanted = "" if person.may_act_as(needed) else needed
        turn = till.extra_turn(state.number)
        return till.promise(state.number, turn, plan, person, wanted, now, "extra", f"alert {one.reference}"[:500])
    except UnableToPromise as fault:
        raise UnableToWork("money", fault.says.en, fault.says.zh) from fault
    except UnableToRoute as fault:
        raise UnableToWork("money", fault.says.en, fault.says.zh) from fault
    except UnableToReadCase as fault:
        raise bad_value(fault.path, f"the case file cannot be read: {fault}", f"售后单文件无法读取：{fault}") from fault


def alert_plan(one: KeptDispute, state: CaseState, case: Case, box: MoneyBox | None, routes: Mapping[str, str]) -> Plan:
    """One refund of what is left of the payment, up to the alert's amount. Raises `UnableToWork` where nothing is left."""
    views = box.payments if box else ()
    named = [pay for pay in case.order.payments if one.payment in (pay.reference, pay.id) and one.payment]
    payment = named[0] if named else case.order.payments[0] if len(case.order.payments) == 1 else None
    if payment is None:
        raise UnableToWork("money", "no payment of this order fits the alert", "该订单没有与预警匹配的付款")
    left = next((view.left for view in views if view.name == payment.id), payment.captured - payment.refunded)
    amount = min(one.amount, left)
    if amount <= 0:
        raise UnableToWork(
            "money", "this payment has gone back already; tell the alert so", "该付款已全额退回，请直接回复预警"
        )
    key = step_key(state.shop, f"{state.key}/alert/{one.number}", 0, "refund", payment.id, amount, one.currency)
    step = Step(
        key, "refund", route_of(routes, payment.method), payment.id, amount, one.currency, _parts(case, box, amount)
    )
    return Plan(state.key, plan_digest([step]), one.currency, (step,))


def _parts(case: Case, box: MoneyBox | None, amount: int) -> tuple[LinePart, ...]:
    """The amount over the lines and the outbound freight, as far as each has room."""
    room: dict[str | None, int] = {line.id: line.paid for line in case.order.lines}
    room[None] = case.order.shipping_paid
    for plan in box.plans if box else ():
        for view in plan.steps:
            for part in view.step.parts if view.state in RESERVING else ():
                room[part.line] = room.get(part.line, 0) - part.amount
    found, left = [], amount
    for name, free in room.items():
        taken = min(left, max(0, free))
        if taken:
            found.append(LinePart(name, taken))
            left -= taken
    if left:
        raise UnableToWork(
            "money", "the lines of this order have not so much left to give back", "该订单各商品的可退金额不足"
        )
    return tuple(found)


def let_be(desk: DisputeDesk, number: int, person: Person, why: str) -> KeptDispute:
    """Let an alert be: nothing is refunded, and its sender is told so. Raises `UnableToWork`."""
    if not why.strip():
        raise bad_value("why", "say why nothing is refunded", "请填写不退款的原因")
    with hold(desk, number, person) as (held, _):
        one = held.state
        outcome = "not_refunded" if one.case else "not_found"
        if any(other.sort == "card" and other.open for other in desk.book.answered(None, one.payment)):
            outcome = "already_disputed"
        elif _went_back(desk, one):
            outcome = "already_refunded"
        held.move("let_be", by_person(person), desk.now(), {"why": why.strip()[:500]})
        _answer(desk, held, outcome, "")
        return held.state


def _went_back(desk: DisputeDesk, one: KeptDispute) -> bool:
    box = desk.cases.money.till.box(one.case) if one.case else None
    payments = box.payments if box else ()
    return bool(payments) and all(view.left <= 0 for view in payments)


def _answer(desk: DisputeDesk, held: HeldDispute, outcome: str, refund: str) -> None:
    one, now = held.state, desk.now()
    held.next_round()
    key = "al" + hashlib.sha256(f"{one.source}\x1f{one.reference}\x1f{outcome}".encode()).hexdigest()[:30]
    held.want("tell", key, {"outcome": outcome, "refund": refund}, "amends", now, now)


def refunds_of_alerts(desk: DisputeDesk) -> int:
    """Carry on alerts whose refund came to an end: told when it went, given back to a person when it did not; how many."""
    done = 0
    for one in desk.book.alerts_under_way(50):
        box = desk.cases.money.till.box(one.case) if one.case else None
        plans = [plan for plan in (box.plans if box else ()) if plan.number == one.plan]
        states = {step.state for step in plans[0].steps} if plans else {"failed"}
        refused = bool(plans) and plans[0].state == "refused"
        if states == {"succeeded"}:
            with hold(desk, one.number, SYSTEM, "see") as (held, _):
                if held.state.stage == "refunding":
                    held.move("settle", "amends", desk.now(), {"reference": plans[0].steps[0].reference})
                    held.put(result=-plans[0].total)
                    _answer(desk, held, "refunded", plans[0].steps[0].reference)
            done += 1
        elif refused or states <= {"failed", "reversed", "cancelled"}:
            with hold(desk, one.number, SYSTEM, "see") as (held, _):
                if held.state.stage == "refunding":
                    held.move("fail", "amends", desk.now())
                    held.put(plan=None)
            done += 1
    return done

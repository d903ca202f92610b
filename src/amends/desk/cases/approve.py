"""Approving what is suggested: seen before it is done, done in one transaction, by whoever may say yes to what it costs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from amends.basics.money import Minor, write_minor
from amends.desk.cases.charges import charges_over
from amends.desk.cases.deeds import check_amount, want
from amends.desk.cases.desk import CaseDesk, actor, case_of, decided, policy_of
from amends.desk.cases.faults import UnableToWork, not_found
from amends.desk.cases.letters import ANSWER_CLOCKS, letter
from amends.desk.cases.ports import HeldCase
from amends.desk.cases.price_once import check_price_drop
from amends.desk.cases.redecide import redecide
from amends.desk.cases.repairs import check_not_forced
from amends.desk.cases.stock import hold_stock, release_stock
from amends.desk.pay_out import UnableToPayOut, UnableToPromise, payable_steps
from amends.facts.case import Case
from amends.facts.decision import Decision
from amends.facts.freight import OPEN_INTERCEPTION
from amends.facts.log import Entry
from amends.facts.objection import objection_stands, objection_until
from amends.facts.people import Person
from amends.facts.plan import Plan
from amends.facts.stage import waits_for_goods
from amends.facts.steps import plan_digest
from amends.facts.tracks import Move
from amends.facts.work import CaseState, Change

_YES: Final = ("accept", "offer")
_REPLACES: Final = ("exchange", "resend", "repair")
_HELD: Final = ("exchange", "resend")
"""Remedies for which stock is held."""
_WHOLE: Final = ("refund_only", "return_refund")
_RESPOND: Final = ("decision", "merchant", "respond")
_AGREES: Final = ("await_goods", "replace")
"""What agreeing to on a platform is one thing and paying or shipping, later, another."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a press of approve would do. `kind`: pay (money goes now), await_goods (once they are back), await_stop (once the parcel is
    stopped on its way), replace, nothing.

    `total`: minor units that it costs. `plan`: the steps that would go now. `needs_role`: who may say yes. `alone`: whether the person
    who looks may. `digest`: given back with the press, so that what is done is what was seen.
    """

    kind: str
    remedy: str
    total: Minor
    currency: str
    needs_role: str
    alone: bool
    plan: Plan | None
    undo_seconds: int
    digest: str


def effect(desk: CaseDesk, number: int, person: Person) -> Effect:
    """What approving would do, with nothing written. Raises `UnableToWork` where it is not possible, saying why."""
    state = desk.casework.look(number)
    if state is None or not person.may_see(state.merchant):
        raise not_found(number)
    case, decision = decided(desk, state)
    check_possible(state, decision)
    seen = effect_of(desk, state, case, decision, person)
    check_amount(desk, state, seen.plan)
    return seen


def approve(
    desk: CaseDesk, number: int, person: Person, version: int | None = None, digest: str | None = None
) -> CaseState:
    """Do what is suggested; above the person's limit it waits for a second one. With `digest` only what was seen is done."""
    with desk.hold(number, person, version=version) as held:
        state = held.state
        case, decision = decided(desk, state)
        check_possible(state, decision)
        seen = effect_of(desk, state, case, decision, person)
        if digest is not None and digest != seen.digest:
            raise UnableToWork(
                "stale",
                "what it would do has changed since you looked; look again",
                "内容在你查看后已有变化，请刷新后再确认",
            )
        check_amount(desk, state, seen.plan)
        if not seen.alone:
            return _ask_second(desk, held, person, seen)
        carry_out(desk, held, person, case, decision, seen)
        return held.state


def second_yes(desk: CaseDesk, number: int, person: Person, note: str = "") -> CaseState:
    """Say yes to a verb that waits for a second person, who must be another one and have the role."""
    with desk.hold(number, person) as held:
        waiting = held.waiting()
        if waiting is None:
            raise UnableToWork("not_possible", "nothing waits for approval here", "没有待审批的操作")
        if not person.may_act_as(waiting.needs_role):
            raise UnableToWork(
                "not_allowed", f"a {waiting.needs_role} must approve this", "你的角色权限不足，需要更高角色审批"
            )
        if person.name == waiting.asked_by:
            raise UnableToWork("not_allowed", "a second person must approve this", "提交人不能审批自己的申请")
        state = held.state
        case, decision = decided(desk, state)
        check_possible(state, decision)
        seen = effect_of(desk, state, case, decision, person)
        if seen.total > waiting.total:
            raise UnableToWork(
                "stale",
                "it costs more by now than was asked for; refuse it and ask again",
                "金额已高于申请时，请退回重新提交",
            )
        held.settle_approval("approved", person.name, desk.now(), note)
        carry_out(desk, held, person, case, decision, seen)
        return held.state


def second_no(desk: CaseDesk, number: int, person: Person, note: str) -> CaseState:
    """Say no to a verb that waits; the case is the desk's again. Whoever asked may take it back by it too."""
    with desk.hold(number, person) as held:
        waiting = held.waiting()
        if waiting is None:
            raise UnableToWork("not_possible", "nothing waits for approval here", "没有待审批的操作")
        own = person.name == waiting.asked_by
        if not own and not person.may_act_as(waiting.needs_role):
            raise UnableToWork(
                "not_allowed", f"a {waiting.needs_role} decides this", "你的角色权限不足，需要更高角色审批"
            )
        held.settle_approval("taken_back" if own else "refused", person.name, desk.now(), note)
        entry = Entry("approval_refused", actor(person), desk.now(), note.strip(), data={"verb": waiting.verb})
        return held.write(entry, Change(to_approve=False))


def carry_out(
    desk: CaseDesk, held: HeldCase, person: Person, case: Case, decision: Decision, seen: Effect, what: str = "approved"
) -> None:
    """Write the yes, promise the money that goes now, and bring the deadlines in line. Inside the case's transaction."""
    state, now = held.state, desk.now()
    check_amount(desk, state, seen.plan)
    check_price_drop(held, case, decision.remedy)
    _check_not_sent(state, seen)
    if seen.kind == "pay":
        check_objection(desk, state)
    moves: list[Move] = [] if state.tracks.decision == "approved" else [("decision", "approve")]
    if seen.kind == "await_goods" and state.tracks.can("goods", "await"):
        moves.append(("goods", "await"))
    if decision.remedy in _REPLACES and state.tracks.can("replacement", "reserve"):
        moves.append(("replacement", "reserve"))
    if decision.remedy not in _REPLACES and state.tracks.replacement == "reserved":
        moves.append(("replacement", "release"))
        release_stock(desk, held, "other_remedy")
        charges_over(desk, held, person)
    digits = case.order.digits
    data = {
        "remedy": decision.remedy,
        "total": write_minor(seen.total, digits),
        "currency": seen.currency,
        "kind": seen.kind,
        "by_role": person.role,
    }
    facts = {"request": {"agreed_at": now.isoformat()}} if case.request.agreed_at is None else None
    message = letter(
        desk, state, person, "approved", "", {"amount": f"{data['total']} {seen.currency}", "remedy": decision.remedy}
    )
    change = Change(
        facts=facts, met=[*ANSWER_CLOCKS, _RESPOND], messages=[message], to_approve=False, exception="", escalated_to=""
    )
    held.write(Entry(what, actor(person), now, moves=tuple(moves), data=data), change)
    if decision.remedy in _HELD and ("replacement", "reserve") in moves:
        hold_stock(desk, held, decision.remedy)
    if seen.kind in _AGREES and what != "settled":
        want(desk, held, person, "agree_return", **_return_address(held))
    if what == "settled" and state.tracks.goods in ("arrived", "inspected"):
        want(desk, held, person, "confirm_receipt")
    if seen.kind == "pay":
        promise(desk, held, person)
    redecide(desk, held)


def _check_not_sent(state: CaseState, seen: Effect) -> None:
    """Raise `UnableToWork` where the whole price would go back while a replacement is with the buyer, or on its way there."""
    sent = state.tracks.replacement in ("shipped", "delivered")
    if seen.kind == "pay" and seen.remedy in _WHOLE and sent and (state.agreed or {}).get("kind") != "partial_refund":
        raise UnableToWork(
            "money",
            "a replacement was sent for these goods; if it did not put it right, say so first",
            "已为该商品发出换货或补发；如问题未解决，请先登记“问题未解决”",
        )


def _return_address(held: HeldCase) -> dict[str, str]:
    side = held.platform()
    return {"address": side.address} if side else {}


def promise(desk: CaseDesk, held: HeldCase, person: Person) -> None:
    """Promise the money of a held case, due when it can no longer be taken back. Raises `UnableToWork` where that is not possible."""
    state = held.state
    held.flush()  # the till reads the case for itself
    try:
        made = desk.money.promise(state.number, person, desk.now() + timedelta(seconds=state.undo_seconds))
    except (UnableToPayOut, UnableToPromise) as fault:
        raise UnableToWork("money", fault.says.en, fault.says.zh) from fault
    if made.state == "proposed":
        held.write(
            Entry("money_proposed", actor(person), desk.now(), data={"plan": made.number}), Change(to_approve=True)
        )


def check_objection(desk: CaseDesk, state: CaseState) -> None:
    """Raise `UnableToWork` where less would be paid while the buyer may still object to that, or did and nobody looked again."""
    stands = objection_stands(state.case, desk.now())
    if stands == "objected":
        raise UnableToWork(
            "not_possible",
            "the buyer objects to what the inspection takes off; another person looks at the goods a second time first",
            "买家对验货扣减有异议，须先由另一人复验",
        )
    if stands == "open":
        until = objection_until(state.case)
        raise UnableToWork(
            "not_possible",
            f"the buyer may object to what the inspection takes off until {until:%Y-%m-%d %H:%M} UTC, or agree before",
            f"买家可在 {until:%Y-%m-%d %H:%M}（UTC）前对验货扣减提出异议或提前确认，此前不能按扣减后的金额付款",
        )


def check_possible(state: CaseState, decision: Decision) -> None:
    """Raise `UnableToWork` where what is suggested cannot be approved, saying why."""
    if state.tracks.desk == "closed":
        raise UnableToWork("not_possible", "this case is closed; reopen it first", "该售后单已完结，请先重新打开")
    if state.tracks.decision in ("approved", "withdrawn"):
        raise UnableToWork("not_possible", f"this case is {state.tracks.decision} already", "该售后单已同意或已撤销")
    if decision.outcome not in _YES:
        raise UnableToWork(
            "not_possible",
            f"the suggestion is to {decision.outcome}, so there is nothing to approve; an offer can still give more",
            "当前建议不是同意；如需给予买家更多，可发起协商",
        )
    check_not_forced(state, case_of(state), decision.remedy)


def effect_of(desk: CaseDesk, state: CaseState, case: Case, decision: Decision, person: Person) -> Effect:
    """What carrying out a decision would do now, and whether this person may say yes to it."""
    total = (decision.refund.total if decision.refund else 0) + (
        decision.compensation.amount if decision.compensation else 0
    )
    waits = waits_for_goods(case, decision.back.required)
    being_stopped = case.stopped is not None and case.stopped.state in OPEN_INTERCEPTION
    kind = (
        ("await_stop" if being_stopped else "await_goods")
        if waits
        else "replace"
        if decision.remedy in _REPLACES
        else "pay"
        if total
        else "nothing"
    )
    plan = _plan(desk, state, decision) if total and not waits else None
    limits = policy_of(desk.house, state.shop, case, state.agreed)
    needed = decision.approver or limits.approver(total, decision.currency) or "agent"
    told = f"{state.number} {state.tracks.decision} {decision.outcome} {decision.remedy} {kind} {total} {plan.digest if plan else ''}"
    return Effect(
        kind=kind,
        remedy=decision.remedy,
        total=total,
        currency=decision.currency,
        needs_role=needed,
        alone=person.may_act_as(needed),
        plan=plan,
        undo_seconds=state.undo_seconds,
        digest=hashlib.sha256(told.encode()).hexdigest()[:32],
    )


def _plan(desk: CaseDesk, state: CaseState, decision: Decision) -> Plan | None:
    """The steps as they would be written; None where something stands against them, which the press then says."""
    turn, routes = desk.money.till.turn(state.number), desk.money.routes(state.shop)
    try:
        steps = payable_steps(state.shop, turn, decision, routes, state.agreed)
    except UnableToPayOut:
        return None
    return Plan(decision.case, plan_digest(steps), decision.currency, steps) if steps else None


def _ask_second(desk: CaseDesk, held: HeldCase, person: Person, seen: Effect) -> CaseState:
    if held.waiting() is not None:
        raise UnableToWork("not_possible", "this waits for approval already", "该售后单已在等待审批")
    held.ask_approval("approve", {"remedy": seen.remedy}, seen.total, seen.needs_role, person.name, desk.now())
    data = {"verb": "approve", "needs_role": seen.needs_role}
    return held.write(Entry("approval_asked", actor(person), desk.now(), data=data), Change(to_approve=True))

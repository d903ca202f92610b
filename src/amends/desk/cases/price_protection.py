"""Price protection (价保): the difference to a price that fell within the promised period, once a line."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from amends.basics.money import Minor, write_minor
from amends.desk.cases.approve import carry_out, effect_of
from amends.desk.cases.charges import read_price
from amends.desk.cases.desk import CaseDesk, actor, case_of, decided, drop_waiting, policy_of
from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.cases.offer import ANSWER, settle_open_offer
from amends.desk.cases.ports import HeldCase
from amends.desk.cases.price_once import KIND, WHY_NOT
from amends.facts.case import Case, RequestedLine
from amends.facts.log import Entry
from amends.facts.people import Person
from amends.facts.price_drop import PriceDrop, price_drop
from amends.facts.work import CaseState, Change


def drop_of(desk: CaseDesk, state: CaseState, now: Minor) -> PriceDrop:
    """What a price of `now` a piece gives back on the one line that a case is about, with nothing written."""
    case = case_of(state)
    paid = desk.casework.price_drop_paid(state.number, _line(case).line.id)
    return _drop(desk, state, case, now, paid=paid)


def protect(desk: CaseDesk, number: int, person: Person, price: str, proof: str) -> CaseState:
    """Give the difference back. `price`: of one piece now; `proof`: where it is seen: a listing's version, a link, a file's name.

    Raises `UnableToWork` with the reason where nothing comes back.
    """
    if not 2 <= len(proof.strip()) <= 300:
        raise bad_value(
            "proof",
            "say where the price is seen: a listing, a link, a picture's name",
            "请填写降价凭证（商品页版本、链接或截图名称）",
        )
    with desk.hold(number, person) as held:
        state = held.state
        case = case_of(state)
        _asked_for(state, case)
        now = read_price(price, case.order.digits, "price")
        drop = _drop(desk, state, case, now, paid=not held.take_price_drop(_line(case).line.id))
        if drop.refused:
            why = WHY_NOT[drop.refused]
            raise UnableToWork("not_possible", why.en, why.zh, "price")
        _pay(desk, held, person, case, drop, proof.strip())
        return held.state


def _pay(desk: CaseDesk, held: HeldCase, person: Person, case: Case, drop: PriceDrop, proof: str) -> None:
    digits, currency = case.order.digits, case.order.currency
    needed = policy_of(desk.house, held.state.shop, case, None).approver(drop.amount, currency) or "agent"
    if not person.may_act_as(needed):
        raise UnableToWork("not_allowed", f"this amount needs a {needed}", "该金额超出你的权限，请升级处理")
    drop_waiting(desk, held, person)
    settle_open_offer(held, "taken_back")
    amount = write_minor(drop.amount, digits)
    data: dict[str, Any] = {
        "line": drop.line,
        "quantity": drop.quantity,
        "was": write_minor(drop.was, digits),
        "now": write_minor(drop.now, digits),
        "amount": amount,
        "currency": currency,
        "proof": proof,
        "due": drop.until.isoformat() if drop.until else "",
    }
    seen_at = {"kind": "document", "by": "merchant", "at": desk.now().isoformat()}
    agreed = {"kind": "price_protection", "remedy": KIND, "amount": amount, "by": person.name}
    change = Change(facts={"evidence": [seen_at]}, agreed=agreed, off=[ANSWER])
    held.write(Entry("price_protected", actor(person), desk.now(), data=data), change)
    now_case, decision = decided(desk, held.state)
    seen = effect_of(desk, held.state, now_case, decision, person)
    if seen.total != drop.amount:
        shown = write_minor(seen.total, digits)
        raise UnableToWork(
            "money", f"only {shown} can go back by the rules and the payments", f"按规则和余额最多可退 {shown}"
        )
    carry_out(desk, held, person, now_case, decision, seen, "approved")


def _drop(desk: CaseDesk, state: CaseState, case: Case, now: Minor, *, paid: bool) -> PriceDrop:
    terms = policy_of(desk.house, state.shop, case, None).remedy_terms
    return price_drop(case, _line(case), now, terms.price_protection_days, _asked_at(case), paid=paid)


def _asked_at(case: Case) -> datetime:
    return case.request.requested_at


def _line(case: Case) -> RequestedLine:
    if len(case.request.lines) != 1:
        raise UnableToWork("not_possible", "one line a case; split the case first", "价保须逐行处理，请先拆分售后单")
    return case.request.lines[0]


def _asked_for(state: CaseState, case: Case) -> None:
    tracks = state.tracks
    if case.request.kind != KIND or tracks.desk == "closed" or tracks.decision in ("approved", "withdrawn"):
        raise UnableToWork(
            "not_possible", "only an open case that asks for a lower price", "仅适用于未答复的价保退差价售后单"
        )

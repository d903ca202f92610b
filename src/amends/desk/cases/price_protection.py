"""Price protection (价保): the difference to a price that fell within the promised period, once a line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from amends.basics.money import Minor, write_minor
from amends.desk.cases.approve import carry_out, effect_of
from amends.desk.cases.desk import CaseDesk, actor, case_of, decided, drop_waiting, policy_of
from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.cases.offer import ANSWER, settle_open_offer
from amends.desk.cases.ports import HeldCase
from amends.desk.cases.price_once import KIND, WHY_NOT
from amends.desk.cases.split_merge import split
from amends.desk.cases.typed_money import read_price
from amends.facts.case import Case, RequestedLine
from amends.facts.log import Entry
from amends.facts.people import Person
from amends.facts.price_drop import PriceDrop, price_drop
from amends.facts.work import CaseState, Change


def drop_of(desk: CaseDesk, state: CaseState, now: Minor) -> PriceDrop:
    """What a price of `now` a piece gives back on the one line that a case is about, with nothing written."""
    case = case_of(state)
    paid = desk.casework.price_drop_paid(state.number, _line(case).line.id)
    return _drop(desk, state, case, _line(case), now, paid=paid)


def protect(desk: CaseDesk, number: int, person: Person, price: str, proof: str) -> CaseState:
    """Give the difference back. `price`: of one piece now; `proof`: where it is seen: a listing's version, a link, a file's name.

    Raises `UnableToWork` with the reason where nothing comes back.
    """
    _proof(proof)
    with desk.hold(number, person) as held:
        state = held.state
        case = case_of(state)
        _asked_for(state, case)
        now = read_price(price, case.order.digits, "price")
        drop = _drop(desk, state, case, _line(case), now, paid=not held.take_price_drop(_line(case).line.id))
        _not_refused(drop, "price")
        _pay(desk, held, person, case, drop, proof.strip())
        return held.state


def protect_lines(desk: CaseDesk, number: int, person: Person, prices: Mapping[str, str], proof: str) -> CaseState:
    """Give the difference back on several lines. `prices`: of one piece now, by the line's id; lines that are not named stay as they are.

    Every line becomes a case of its own, so that each amount stands on its line, once. All prices are looked at, and the sum is held
    against the person's limit, before anything is written; what a crash leaves undone can be asked for again. Raises `UnableToWork`.
    """
    _proof(proof)
    state = _looked(desk, number, person)
    case = case_of(state)
    _asked_for(state, case)
    asked = {item.line.id: item for item in case.request.lines}
    if unknown := sorted(prices.keys() - asked.keys()):
        raise bad_value("lines", f"not asked about: {', '.join(unknown)}", "所选商品不在该售后单内")
    if not prices:
        raise bad_value("lines", "the price of at least one line", "请至少填写一行的当前价格")
    total = 0
    for line, price in prices.items():
        now = read_price(price, case.order.digits, f"price-{line}")
        drop = _drop(desk, state, case, asked[line], now, paid=desk.casework.price_drop_paid(number, line))
        _not_refused(drop, f"price-{line}")
        total += drop.amount
    _within_limit(desk, state, case, person, total)
    rest = len(asked)
    for line, price in prices.items():
        alone = number
        if rest > 1:
            alone, rest = split(desk, number, person, [line])[1].number, rest - 1
        protect(desk, alone, person, price, proof)
    return _looked(desk, number, person)


def _looked(desk: CaseDesk, number: int, person: Person) -> CaseState:
    with desk.hold(number, person) as held:
        return held.state


def _proof(proof: str) -> None:
    if not 2 <= len(proof.strip()) <= 300:
        raise bad_value(
            "proof",
            "say where the price is seen: a listing, a link, a picture's name",
            "请填写降价凭证（商品页版本、链接或截图名称）",
        )


def _not_refused(drop: PriceDrop, field: str) -> None:
    if drop.refused:
        why = WHY_NOT[drop.refused]
        raise UnableToWork("not_possible", why.en, why.zh, field)


def _within_limit(desk: CaseDesk, state: CaseState, case: Case, person: Person, amount: Minor) -> None:
    needed = policy_of(desk.house, state.shop, case, None).approver(amount, case.order.currency) or "agent"
    if not person.may_act_as(needed):
        raise UnableToWork("not_allowed", f"this amount needs a {needed}", "该金额超出你的权限，请升级处理")


def _pay(desk: CaseDesk, held: HeldCase, person: Person, case: Case, drop: PriceDrop, proof: str) -> None:
    digits, currency = case.order.digits, case.order.currency
    _within_limit(desk, held.state, case, person, drop.amount)
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


def _drop(desk: CaseDesk, state: CaseState, case: Case, item: RequestedLine, now: Minor, *, paid: bool) -> PriceDrop:
    terms = policy_of(desk.house, state.shop, case, None).remedy_terms
    return price_drop(case, item, now, terms.price_protection_days, _asked_at(case), paid=paid)


def _asked_at(case: Case) -> datetime:
    return case.request.requested_at


def _line(case: Case) -> RequestedLine:
    if len(case.request.lines) != 1:
        raise UnableToWork(
            "not_possible",
            "one price for one line; name the price of each line",
            "该售后单含多行商品，请逐行填写当前价格",
        )
    return case.request.lines[0]


def _asked_for(state: CaseState, case: Case) -> None:
    tracks = state.tracks
    if case.request.kind != KIND or tracks.desk == "closed" or tracks.decision in ("approved", "withdrawn"):
        raise UnableToWork(
            "not_possible", "only an open case that asks for a lower price", "仅适用于未答复的价保退差价售后单"
        )

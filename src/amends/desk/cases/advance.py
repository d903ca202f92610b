"""Advance replacement: goods that go out before the others are back, for buyers who are known, or against a deposit."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from amends.basics.money import write_minor
from amends.desk.cases.charges import ask_charge, moved
from amends.desk.cases.collecting import want
from amends.desk.cases.desk import CaseDesk, actor, case_of, policy_of
from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.cases.ports import HeldCase
from amends.desk.cases.stock import remedy_of
from amends.desk.cases.typed_money import read_price
from amends.facts.log import Actor, Entry
from amends.facts.people import Person
from amends.facts.rulebook import Says
from amends.facts.stage import paid_for_request
from amends.facts.trust import Trust, trust
from amends.facts.work import CaseState, Change, WantedDeadline

RETURN_IN_TIME: Final = ("own", "buyer", "return_in_time")
MOST_DAYS: Final = 60
_HOUSE: Final = Actor("system", "amends")
MISSED: Final = Says("The deposit is taken, or someone looks", "扣取押金或人工跟进")


def trust_of(desk: CaseDesk, state: CaseState) -> Trust:
    """Whether the buyer of a case may have a replacement before the goods are back, point by point."""
    case = case_of(state)
    terms = policy_of(desk.house, state.shop, case, state.agreed).remedy_terms
    return trust(case.buyer, terms.advance_after_orders)


def advance(
    desk: CaseDesk, number: int, person: Person, deposit: str = "", days: int = 14, link: str = ""
) -> CaseState:
    """Let the replacement of an approved exchange go out before the goods are back, which must come within `days`.

    A buyer who is not known gives a deposit of at least the price; with a `deposit` nothing ships before it is held. Raises `UnableToWork`.
    """
    if not 1 <= days <= MOST_DAYS:
        raise bad_value("days", f"between 1 and {MOST_DAYS}", f"请填写 1 到 {MOST_DAYS} 天")
    with desk.hold(number, person) as held:
        state = held.state
        case, known = case_of(state), trust_of(desk, state)
        if (
            state.tracks.decision != "approved"
            or remedy_of(held) != "exchange"
            or state.tracks.replacement != "reserved"
        ):
            raise UnableToWork(
                "not_possible", "only an agreed exchange that is not shipped yet", "仅适用于已同意且未发出的换货"
            )
        if state.tracks.goods in ("arrived", "inspected"):
            raise UnableToWork("not_possible", "the goods are back already", "原商品已退回，可直接发货")
        digits, price = case.order.digits, paid_for_request(case)
        amount = read_price(deposit, digits, "deposit") if deposit.strip() else 0
        if not known.trusted and amount < price:
            shown = write_minor(price, digits)
            why = "; ".join([one.says.en for one in known.points if not one.holds])
            zh = "；".join([one.says.zh for one in known.points if not one.holds])
            raise UnableToWork(
                "not_allowed",
                f"a deposit of at least {shown} is needed: {why}",
                f"须收取不少于 {shown} 的押金：{zh}",
                "deposit",
            )
        if amount and not link.strip():
            _must_hold_so_long(desk, state.shop, days)
        until = desk.now() + timedelta(days=days)
        due = WantedDeadline("own", "buyer", RETURN_IN_TIME[2], until, "own.advance", MISSED)
        data = {
            "trusted": known.trusted,
            "why": [{"en": one.says.en, "zh": one.says.zh, "holds": one.holds} for one in known.points],
            "deposit": write_minor(amount, digits),
            "due": until.isoformat(),
        }
        held.write(Entry("advance_allowed", actor(person), desk.now(), data=data), Change(own=[due]))
        if amount:
            text = f"{write_minor(amount, digits)} {case.order.currency} · {until.date().isoformat()}"
            ask_charge(desk, held, person, "deposit", amount, text, link)
        return held.state


def _must_hold_so_long(desk: CaseDesk, shop: str, days: int) -> None:
    """Raise `UnableToWork` where the shop's gateway cannot hold money until the goods have to be back."""
    collector = desk.money.collects(shop)
    most = collector.limits.hold_days if collector else None
    if collector and most is not None and days >= most:
        raise bad_value(
            "days",
            f"at most {most - 1} days: a card holds money for {most} days; or give a payment link of your own",
            f"最多 {most - 1} 天：银行卡预授权只保留 {most} 天；也可填写自己的付款链接",
        )


def return_over(desk: CaseDesk, held: HeldCase) -> None:
    """The goods did not come in time after an advance replacement: the deposit falls due, once; without one someone looks."""
    tracks = held.state.tracks
    if tracks.goods in ("arrived", "inspected") or tracks.replacement not in ("shipped", "delivered"):
        return
    held_now = [one for one in held.charges() if one.purpose == "deposit" and one.state == "held"]
    for one in held_now:
        moved(desk, held, one, "fall_due", _HOUSE, change=Change(exception="deposit_due"))
    if any(one.purpose == "deposit" and one.state == "due" for one in held.charges()) and not held_now:
        held.write(Entry("return_missed", _HOUSE, desk.now()), Change(exception="deposit_due"))
        for one in held.charges():
            want(desk, held, one)
    elif not held_now:
        held.write(Entry("return_missed", _HOUSE, desk.now()), Change(exception="buyer_late"))

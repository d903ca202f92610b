"""Negotiating (协商): another answer than the one asked for, put to the buyer, who says yes or no."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from amends.basics.money import Minor, UnableToReadAmount, read_minor, write_minor
from amends.desk.cases.approve import carry_out, effect_of, promise
from amends.desk.cases.desk import CaseDesk, actor, case_of, decided, drop_waiting, policy_of
from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.cases.letters import ANSWER_CLOCKS, letter
from amends.desk.cases.ports import HeldCase
from amends.facts.case import Case
from amends.facts.log import Actor, Entry
from amends.facts.offers import MONEY_OFFERS, OFFER_KINDS, REMEDY_OF, Offer
from amends.facts.people import Person
from amends.facts.rulebook import Says
from amends.facts.stage import paid_for_request
from amends.facts.work import CaseState, Change, WantedDeadline

MOST_DAYS: Final = 30
ANSWER: Final = ("own", "buyer", "answer_offer")
_BACK: Final = Says("The offer ends and the case comes back to the desk", "协商方案失效，售后单退回客服处理")


def offer(
    desk: CaseDesk,
    number: int,
    person: Person,
    kind: str,
    amount: str = "",
    note: str = "",
    coupon: str = "",
    days: int = 3,
    version: int | None = None,
) -> CaseState:
    """Put an offer to the buyer; it takes the place of one that is open. `amount`: a decimal string, for offers that give money.

    Whoever makes it must be allowed to say yes to what it costs. Raises `UnableToWork`.
    """
    if kind not in OFFER_KINDS:
        raise bad_value("kind", f"one of {', '.join(OFFER_KINDS)}", "协商方式不在可选范围内")
    if not 1 <= days <= MOST_DAYS:
        raise bad_value("days", f"between 1 and {MOST_DAYS}", f"请填写 1 到 {MOST_DAYS} 天")
    if kind == "coupon" and not coupon.strip():
        raise bad_value("coupon", "give the coupon's code", "请填写优惠券码")
    with desk.hold(number, person, version=version) as held:
        state, now = held.state, desk.now()
        case = case_of(replace(state, agreed=None))
        minor = _amount(case, kind, amount)
        _limit(desk, state, case, _cost(case, kind, minor), person)
        drop_waiting(desk, held, person)
        settle_open_offer(held, "taken_back")
        made = Offer(
            len(held.offers()) + 1,
            kind,
            minor,
            coupon.strip()[:80],
            note.strip()[:500],
            person.name,
            now,
            now + timedelta(days=days),
        )
        data = {"offer": made.number, "kind": kind, "amount": _shown(case, minor), "coupon": made.coupon, "days": days}
        due = WantedDeadline("own", "buyer", "answer_offer", made.expires_at, "own.offer", _BACK)
        message = letter(
            desk,
            state,
            person,
            "offer_made",
            note,
            {"amount": f"{data['amount'] or ''} {case.order.currency}", "kind": kind},
        )
        entry = Entry("offered", actor(person), now, note.strip(), (("decision", "offer"),), data=data)
        held.write(entry, Change(own=[due], met=[*ANSWER_CLOCKS], messages=[message], to_approve=False))
        held.put_offer(made)
        return held.state


def take_back_offer(desk: CaseDesk, number: int, person: Person) -> CaseState:
    """Take an open offer back; the case is to be decided again."""
    with desk.hold(number, person) as held:
        if settle_open_offer(held, "taken_back") is None:
            raise UnableToWork("not_possible", "no offer is open", "没有待买家答复的协商方案")
        return held.write(
            Entry("offer_taken_back", actor(person), desk.now(), moves=(("decision", "take_back"),)),
            Change(off=[ANSWER]),
        )


def answer_offer(desk: CaseDesk, number: int, buyer: Actor, said: int, *, accepts: bool, why: str = "") -> CaseState:
    """The buyer's answer to offer number `said`. A yes is carried out at once, on the limits of whoever made the offer."""
    with desk.hold(number, Person(buyer.name, "agent", kind=buyer.kind), "see") as held:
        now = desk.now()
        found = next((one for one in held.offers() if one.number == said), None)
        if found is None or found.state != "open" or now > found.expires_at:
            raise UnableToWork("not_possible", "this offer is not open any more", "该协商方案已失效")
        held.put_offer(replace(found, state="accepted" if accepts else "declined"))
        if not accepts:
            data = {"offer": said}
            entry = Entry("offer_declined", buyer, now, why.strip()[:500], (("decision", "decline_offer"),), data=data)
            return held.write(entry, Change(met=[ANSWER]))
        return _agree(desk, held, buyer, found)


def settle_open_offer(held: HeldCase, state: str) -> Offer | None:
    """Give the open offer of a held case another state; None where none is open."""
    found = next((one for one in held.offers() if one.state == "open"), None)
    if found is not None:
        held.put_offer(replace(found, state=state))
    return found


def _agree(desk: CaseDesk, held: HeldCase, buyer: Actor, offer: Offer) -> CaseState:
    case = case_of(held.state)
    amount = _shown(case, offer.amount)
    agreed: dict[str, Any] = {"kind": offer.kind, "offer": offer.number, "amount": amount, "by": offer.by}
    if offer.kind in REMEDY_OF:
        agreed["remedy"] = REMEDY_OF[offer.kind]
    moves = (("decision", "accept_offer"),)
    facts = {"request": {"agreed_at": desk.now().isoformat()}}
    data = {"offer": offer.number, "kind": offer.kind, "amount": amount}
    held.write(
        Entry("offer_accepted", buyer, desk.now(), moves=moves, data=data),
        Change(facts=facts, agreed=agreed, met=[ANSWER]),
    )
    maker = Person(offer.by, "manager")  # the limit was looked at when the offer was made
    if offer.kind == "store_credit":
        promise(desk, held, maker)
    elif offer.kind in REMEDY_OF:
        state = held.state
        now_case, decision = decided(desk, state)
        carry_out(
            desk,
            held,
            maker,
            now_case,
            decision,
            effect_of(desk, state, now_case, decision, maker),
            "agreement_carried_out",
        )
    return held.state


def _amount(case: Case, kind: str, given: str) -> Minor | None:
    if kind not in MONEY_OFFERS:
        return None
    most = sum([payment.left for payment in case.order.payments]) or sum([line.paid for line in case.order.lines])
    if not given.strip():
        if kind in ("full_refund", "return_refund"):
            return None
        raise bad_value("amount", f"give an amount in {case.order.currency}", f"请填写金额（{case.order.currency}）")
    try:
        minor = read_minor(given.strip(), case.order.digits)
    except UnableToReadAmount as fault:
        raise bad_value("amount", str(fault), f"金额格式不正确，例如 10（{case.order.currency}）") from fault
    if not 0 < minor <= most:
        shown = write_minor(most, case.order.digits)
        raise bad_value(
            "amount",
            f"more than zero and at most {shown}, what is left of the payment",
            f"须大于零且不超过可退余额 {shown}",
        )
    return minor


def _cost(case: Case, kind: str, minor: Minor | None) -> Minor:
    """What the offer can cost: its amount, or the whole price where it names none."""
    if minor is not None:
        return minor
    return paid_for_request(case) if kind in MONEY_OFFERS else 0


def _limit(desk: CaseDesk, state: CaseState, case: Case, amount: Minor, person: Person) -> None:
    needed = policy_of(desk.house, state.shop, case, None).approver(amount, case.order.currency) or "agent"
    if not person.may_act_as(needed):
        raise UnableToWork(
            "not_allowed",
            f"an offer of this amount needs a {needed}; escalate the case",
            "该金额超出你的权限，请升级处理",
        )


def _shown(case: Case, minor: Minor | None) -> str | None:
    return None if minor is None else write_minor(minor, case.order.digits)

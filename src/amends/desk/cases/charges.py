"""What a buyer is asked to pay on top, or to have held: asked, consented to in so many words, confirmed, given back. Each once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from amends.basics.money import Minor, write_minor
from amends.basics.moves import UnableToMove
from amends.desk.cases.collecting import page_again, stop_taking, take, taken_by, want
from amends.desk.cases.desk import CaseDesk, actor, case_of
from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.cases.ports import HeldCase
from amends.desk.cases.typed_money import checked_link, proof_of, read_price
from amends.desk.pay_out import UnableToPromise
from amends.facts.charges import CHARGE, IN_HAND, OPEN, Charge, payment_name
from amends.facts.log import Actor, Entry
from amends.facts.people import Person
from amends.facts.plan import Plan
from amends.facts.steps import UnableToRoute, plan_digest
from amends.facts.tracks import Move
from amends.facts.work import CaseState, Change
from amends.remedies import exchange

_HOUSE: Final = Actor("system", "amends")
_REPAIR: Final = {"agree": "agree", "decline": "decline"}
_ENTRY: Final = {
    "agree": "charge_agreed",
    "decline": "charge_declined",
    "drop": "charge_dropped",
    "pay": "charge_paid",
    "hold": "deposit_held",
    "release": "deposit_released",
    "fall_due": "deposit_due",
    "capture": "deposit_captured",
    "give_back": "charge_given_back",
    "lapse": "deposit_lapsed",
}


def ask_charge(
    desk: CaseDesk, held: HeldCase, person: Person, purpose: str, amount: Minor, text: str, link: str = ""
) -> Charge:
    """Ask the buyer of a held case for money. `text`: what the buyer consents to, word for word; the amount is in it."""
    state = held.state
    made = Charge(
        number=len(held.charges()) + 1,
        purpose=purpose,
        amount=amount,
        currency=state.currency,
        text=text[:1000],
        link=checked_link(link),
        asked_by=person.name,
        asked_at=desk.now(),
    )
    held.put_charge(made)
    held.write(Entry("charge_asked", actor(person), desk.now(), data=_told(held, made)))
    return made


def answer_charge(desk: CaseDesk, number: int, by: Actor, charge: int, *, accepts: bool, why: str = "") -> CaseState:
    """The buyer's answer to what was asked for, with its date, its words and its amount in the log; `by` may be whoever heard it.

    A yes once more, where the gateway's page ended unpaid, has another page made.
    """
    with desk.hold(number, Person(by.name, "agent", kind=by.kind), "see") as held:
        found = charge_of(held, charge)
        if accepts and page_again(desk, held, found):
            return held.write(Entry("page_again", by, desk.now(), data={"charge": charge}))
        move = "agree" if accepts else "decline"
        moves: list[Move] = [("repair", _REPAIR[move])] if found.purpose == "repair" else []
        moved(desk, held, found, move, by, why=why, moves=tuple(moves))
        return held.state


def link_charge(desk: CaseDesk, number: int, person: Person, charge: int, link: str) -> CaseState:
    """Say where it is paid: a payment link, or how the platform calls it."""
    with desk.hold(number, person) as held:
        found = charge_of(held, charge)
        if found.state not in ("asked", "agreed"):
            raise UnableToWork("not_possible", f"this is {found.state} already", "该款项已处理，不能修改付款方式")
        made = replace(found, link=checked_link(link))
        held.put_charge(made)
        want(desk, held, made)
        return held.write(Entry("charge_linked", actor(person), desk.now(), data={"charge": charge}))


def confirm_charge(
    desk: CaseDesk, number: int, person: Person, charge: int, reference: str, amount: str = ""
) -> CaseState:
    """It was paid; or held, where it is a deposit. The same reference again changes nothing, so that a notice may come twice.

    `amount`: what came, where the sender says so: it must be what was asked.
    """
    with desk.hold(number, person) as held:
        found = charge_of(held, charge)
        proof = proof_of(reference)
        if amount.strip() and _amount(held, amount) != found.amount:
            shown = write_minor(found.amount, case_of(held.state).order.digits)
            raise bad_value("amount", f"{shown} was asked for", f"应付金额为 {shown}")
        if found.state in ("paid", "held") and found.reference == proof:
            return held.state
        if found.state == "asked":
            raise UnableToWork("not_possible", "the buyer has not agreed to it yet", "买家尚未确认，不能登记收款")
        if found.purpose == "deposit":
            moved(desk, held, found, "hold", actor(person), proof)
            return held.state
        made = moved(desk, held, found, "pay", actor(person), proof)
        book(desk, held, made)
        return held.state


def capture_deposit(desk: CaseDesk, number: int, person: Person, charge: int, reference: str) -> CaseState:
    """The deposit was taken, for the goods did not come in time; only one that is due can be.

    What a gateway holds is taken by it: no reference is needed, and the deposit has been taken once the gateway says so.
    """
    with desk.hold(number, person, "money" if person.kind == "person" else "work") as held:
        found = charge_of(held, charge)
        if not reference.strip() and found.state == "due" and taken_by(held, found) is not None:
            _may_be_taken(held)
            take(desk, held, found, again=True)
            return held.state
        proof = proof_of(reference)
        if found.state == "captured" and found.reference == proof:
            return held.state
        if found.state == "due" and not stop_taking(desk, held, found):
            raise UnableToWork(
                "not_possible",
                "the gateway is taking this deposit already; wait until it is told what came of that",
                "支付渠道正在扣取该押金，请等待结果",
            )
        _may_be_taken(held)
        made = moved(desk, held, found, "capture", actor(person), proof, change=Change(exception=""))
        book(desk, held, made)
        return held.state


def _may_be_taken(held: HeldCase) -> None:
    """Raise `UnableToWork` where the buyer has nothing for the deposit, or still has time."""
    if held.state.tracks.replacement not in ("shipped", "delivered"):
        raise UnableToWork(
            "not_possible", "the replacement has not gone out, or was lost", "换货商品未发出或已丢失，不能扣取押金"
        )
    if any(one.action == "return_in_time" for one in held.running()):
        raise UnableToWork(
            "not_possible", "not possible: the goods may still come in time", "退货期限未到，不能扣取押金"
        )


def release_deposit(desk: CaseDesk, number: int, person: Person, charge: int) -> CaseState:
    """Let go of a deposit that is held."""
    with desk.hold(number, person) as held:
        moved(desk, held, charge_of(held, charge), "release", actor(person))
        return held.state


def drop_charge(desk: CaseDesk, number: int, person: Person, charge: int) -> CaseState:
    """Ask for it no more."""
    with desk.hold(number, person) as held:
        moved(desk, held, charge_of(held, charge), "drop", actor(person))
        return held.state


def give_charge_back(desk: CaseDesk, number: int, person: Person, charge: int) -> CaseState:
    """Give back what the buyer paid on top, as a plan of its own, once."""
    with desk.hold(number, person) as held:
        give_back(desk, held, person, charge_of(held, charge))
        return held.state


def give_back(desk: CaseDesk, held: HeldCase, person: Person, charge: Charge) -> None:
    """Promise the money of a charge back to the buyer of a held case. Raises `UnableToWork`."""
    state = held.state
    moved(desk, held, charge, "give_back", actor(person))
    held.flush()
    try:
        step = exchange.give_back_step(
            state.shop,
            state.key,
            charge.number,
            payment_name(state.number, charge.number),
            charge.amount,
            charge.currency,
            desk.money.routes(state.shop),
            by.gateway if (by := taken_by(held, charge)) else "",
        )
        plan = Plan(state.key, plan_digest([step]), charge.currency, (step,))
        due = desk.now() + timedelta(seconds=state.undo_seconds)
        desk.money.till.promise(
            state.number, charge.number, plan, person, "", desk.now(), "give_back", charge.text[:200], due=due
        )
    except (UnableToRoute, UnableToPromise) as fault:
        raise UnableToWork("money", fault.says.en, fault.says.zh) from fault


def charges_over(desk: CaseDesk, held: HeldCase, person: Person) -> None:
    """What was agreed is not carried out: nothing is asked for any more, deposits are let go, money in hand goes back."""
    tracks = held.state.tracks
    for one in held.charges():
        if one.state in ("asked", "agreed"):
            moved(desk, held, one, "drop", _HOUSE)
        elif one.state in ("held", "due") and tracks.replacement not in ("shipped", "delivered"):
            moved(desk, held, one, "release", _HOUSE)
        elif is_owed_back(held, one):
            give_back(desk, held, person, one)


def is_owed_back(held: HeldCase, one: Charge) -> bool:
    """Whether the shop has money of the buyer for something that did not happen."""
    tracks = held.state.tracks
    if one.state not in IN_HAND:
        return False
    if one.purpose == "repair":
        return tracks.repair != "repaired"
    return one.purpose == "difference" and tracks.replacement not in ("shipped", "delivered")


def deposits_back(desk: CaseDesk, held: HeldCase, person: Person) -> None:
    """The goods have come: a deposit that is held is let go, one that was taken goes back."""
    for one in held.charges():
        if one.purpose == "deposit" and one.state in ("held", "due"):
            moved(desk, held, one, "release", _HOUSE, change=Change(exception="") if one.state == "due" else None)
        elif one.purpose == "deposit" and one.state == "captured":
            give_back(desk, held, person, one)


def charge_of(held: HeldCase, number: int) -> Charge:
    """The charge of this number. Raises `UnableToWork` where there is none."""
    found = next((one for one in held.charges() if one.number == number), None)
    if found is None:
        raise UnableToWork(
            "not_found", f"nothing was asked for under number {number}", f"没有第 {number} 笔买家应付款", "charge"
        )
    return found


def moved(
    desk: CaseDesk,
    held: HeldCase,
    charge: Charge,
    move: str,
    by: Actor,
    reference: str = "",
    why: str = "",
    moves: tuple[Move, ...] = (),
    change: Change | None = None,
) -> Charge:
    """A charge one move on, with its entry in the log. Raises `UnableToWork` where the move is not published."""
    try:
        state = CHARGE.after(charge.state, move)
    except UnableToMove as fault:
        raise UnableToWork(
            "not_possible", f"not possible: it is {charge.state}", f"当前款项状态（{charge.state}）不支持此操作"
        ) from fault
    now = desk.now()
    made = replace(charge, state=state, reference=reference or charge.reference)
    if move == "agree":
        made = replace(made, agreed_by=by.name, agreed_at=now)
    elif state not in OPEN or move == "hold":
        made = replace(made, settled_at=now)
    held.put_charge(made)
    held.write(Entry(_ENTRY[move], by, now, why.strip()[:500], moves, data=_told(held, made)), change)
    want(desk, held, made)
    return made


def _told(held: HeldCase, one: Charge) -> dict[str, Any]:
    digits = case_of(held.state).order.digits
    return {
        "charge": one.number,
        "purpose": one.purpose,
        "amount": write_minor(one.amount, digits),
        "currency": one.currency,
        "text": one.text,
        "reference": one.reference,
    }


def book(desk: CaseDesk, held: HeldCase, charge: Charge) -> None:
    """Take money that came in by a charge into the order's book, once."""
    state = held.state
    desk.money.till.open_order(state.shop, case_of(state), desk.now())
    collector = desk.money.collects(state.shop) if taken_by(held, charge) else None
    held.book_charge(charge, desk.now(), collector.limits.method if collector else "bank")


def _amount(held: HeldCase, text: str) -> Minor:
    return read_price(text, case_of(held.state).order.digits, "amount")

"""The way back: how the goods travel, what the buyer paid for it and gets back once, and what an insurer pays instead."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from amends.basics.currencies import EXPONENTS
from amends.basics.money import Minor, UnableToReadAmount, read_minor, write_minor
from amends.basics.moves import UnableToMove
from amends.desk.cases.desk import actor, case_of, decided
from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.cases.redecide import redecide
from amends.desk.freight.desk import FreightDesk
from amends.desk.pay_out import UnableToPayOut, UnableToPromise, role_needed
from amends.facts.case import Case
from amends.facts.decision import Decision
from amends.facts.freight import INSURANCE, INSURED_BY, INSURER_PAYS, WAYS_BACK, FreightNote
from amends.facts.log import Entry
from amends.facts.people import Person
from amends.facts.plan import Plan
from amends.facts.rulebook import Finding, Grant
from amends.facts.steps import UnableToRoute, plan_digest
from amends.facts.work import Change
from amends.remedies.freight import steps

LABEL: Final = "freight_insurance"
"""The mark of a shop or an item whose return freight is insured."""


def insurance_of(note: FreightNote, case: Case) -> FreightNote:
    """The note with what the order itself says: where the shop carries the mark, the platform pays by itself."""
    if note.insurance == "none" and not note.insured_by and LABEL in case.shop.labels:
        return replace(note, insurance="automatic", insured_by="platform")
    return note


def payer_of(decision: Decision) -> str:
    """Who pays the way back: as decided, else as the rules that speak of it say; "" where nothing does."""
    if decision.back.shipping_paid_by:
        return decision.back.shipping_paid_by
    said = [told for finding in freight_reasons(decision) if (told := _payer(finding))]
    return "merchant" if "merchant" in said else next(iter(said), "")


def freight_reasons(decision: Decision) -> tuple[Finding, ...]:
    """What the rules that hold say about who pays the way back, in the order in which they speak."""
    return tuple([one for one in decision.because if one.verdict == "holds" and _payer(one)])


def _payer(finding: Finding) -> str:
    if told := finding.facts.get("payer"):
        return str(told)
    return next((str(claim.freight) for claim in finding.claims if isinstance(claim, Grant) and claim.freight), "")


def choose_way(desk: FreightDesk, number: int, person: Person, way: str, waybill: str = "") -> FreightNote:
    """How the goods come back: the buyer sends them, the merchant gives a label, or has them collected. Raises `UnableToWork`."""
    if way not in WAYS_BACK:
        raise bad_value("way", f"one of {', '.join(WAYS_BACK)}", "请选择退回方式")
    with desk.cases.hold(number, person, "work") as held:
        plain = "".join(waybill.split()).upper()[:60]
        if way == "label" and len(plain) < 4:
            raise bad_value("waybill", "the number of the label, 4 to 60 characters", "请填写面单号（4–60 位）")
        note = replace(desk.book.note(number), way=way, waybill=plain)
        desk.book.put_note(note)
        facts = {"return_parcel": {"offered_collection": way == "pickup"}}
        known = held.state.case.get("return_parcel") is not None or way == "pickup"
        data = {"way_back": way, "waybill": plain}
        held.write(
            Entry("way_back_chosen", actor(person), desk.now(), data=data), Change(facts=facts if known else None)
        )
        redecide(desk.cases, held)
        return note


def insure(desk: FreightDesk, number: int, person: Person, move: str, by: str = "", amount: str = "") -> FreightNote:
    """Note where a claim to freight insurance stands; `amount`: what is expected or was paid. Raises `UnableToWork`."""
    with desk.cases.hold(number, person, "work") as held:
        state, case = held.state, case_of(held.state)
        note = insurance_of(desk.book.note(number), case)
        if by and by not in INSURED_BY:
            raise bad_value("insured_by", f"one of {', '.join(INSURED_BY)}", "请选择投保方")
        try:
            became = INSURANCE.after(note.insurance, move)
        except UnableToMove as fault:
            raise UnableToWork("not_possible", f"not possible now: {fault}", "运费险当前状态不支持此操作") from fault
        minor = _amount(amount, case.order.digits) if amount.strip() else None
        if became == "paid" and minor is None:
            raise bad_value("amount", "what the insurer paid", "请填写保险已赔付金额")
        fresh = replace(
            note,
            insurance=became,
            insured_by=by or note.insured_by or "platform",
            expected=minor if minor is not None and became != "paid" else note.expected,
            insured_paid=minor if became == "paid" else note.insured_paid,
        )
        desk.book.put_note(fresh)
        data = {
            "insurance": became,
            "amount": write_minor(minor, case.order.digits) if minor else "",
            "currency": state.currency,
        }
        held.write(Entry("freight_insurance", actor(person), desk.now(), data=data))
        return fresh


def paid_with_refund(desk: FreightDesk, number: int, person: Person) -> FreightNote:
    """Note that the buyer's freight went with the refund, so that it is not paid again. Raises `UnableToWork`."""
    with desk.cases.hold(number, person, "work") as held:
        note = desk.book.note(number)
        if note.reimbursed is not None:
            raise UnableToWork("money", "this freight was reimbursed already", "运费已报销")
        fresh = replace(note, with_refund=True)
        desk.book.put_note(fresh)
        held.write(Entry("freight_with_refund", actor(person), desk.now()))
        return fresh


def ceiling(desk: FreightDesk, currency: str) -> Minor | None:
    """The most of a buyer's own freight that is given back in a currency; None where none is set."""
    told = desk.terms.ceilings.get(currency)
    return read_minor(told, EXPONENTS[currency]) if told else None


def reimburse(desk: FreightDesk, number: int, person: Person, amount: str, receipt: str) -> FreightNote:
    """Give the buyer's own freight back against a receipt on the case's shelf, once, through a plan of money. Raises `UnableToWork`."""
    with desk.cases.hold(number, person, "work") as held:
        state = held.state
        case, decision = decided(desk.cases, state)
        note, now = insurance_of(desk.book.note(number), case), desk.now()
        minor = _amount(amount, case.order.digits)
        check_reimbursable(desk, note, decision, minor, receipt)
        held.flush()
        plan = _plan(desk, state.shop, case, minor)
        till, house = desk.cases.money.till, desk.cases.house
        needed = role_needed(house, state.shop, case, plan)
        try:
            till.open_order(state.shop, case, now)
            wanted = "" if person.may_act_as(needed) else needed
            made = till.promise(number, 0, plan, person, wanted, now, "freight", receipt)
        except UnableToPromise as fault:
            raise UnableToWork("money", fault.says.en, fault.says.zh) from fault
        fresh = replace(note, receipt=receipt, reimbursed=minor, reimbursed_at=now)
        desk.book.put_note(fresh)
        data = {"amount": write_minor(minor, case.order.digits), "currency": state.currency, "receipt": receipt[:12]}
        change = Change(to_approve=True) if made.state == "proposed" else None
        held.write(Entry("freight_reimbursed", actor(person), now, data=data), change)
        return fresh


def check_reimbursable(desk: FreightDesk, note: FreightNote, decision: Decision, minor: Minor, receipt: str) -> None:
    """Raise `UnableToWork` where this freight is not the merchant's to give back, or was given back already."""
    if note.reimbursed is not None or note.with_refund:
        raise UnableToWork("money", "this freight was paid already", "运费已支付，不能重复支付")
    if payer_of(decision) != "merchant":
        raise UnableToWork("not_possible", "the buyer pays the way back here", "此单退货运费由买家承担")
    if note.way in ("label", "pickup"):
        raise UnableToWork(
            "not_possible", "the goods come back at the merchant's cost already", "已由商家承担寄回，买家无运费"
        )
    if note.insurance in INSURER_PAYS:
        raise UnableToWork(
            "not_possible", "freight insurance pays this; note its refusal first", "由运费险赔付；如保险拒赔请先登记"
        )
    if receipt not in desk.shelf(note.case):
        raise bad_value("receipt", "a file on the shelf of this case", "请先上传运费凭证并选择")
    most = ceiling(desk, decision.currency)
    if most is not None and minor > most:
        told = write_minor(most, decision.digits)
        raise bad_value("amount", f"no more than {told} {decision.currency}", f"不超过 {told} {decision.currency}")


def _plan(desk: FreightDesk, shop: str, case: Case, minor: Minor) -> Plan:
    try:
        made = steps(shop, case.id, minor, case.order.currency, desk.cases.money.routes(shop))
    except (UnableToRoute, UnableToPayOut) as fault:
        raise UnableToWork("money", fault.says.en, fault.says.zh) from fault
    return Plan(case.id, plan_digest(made), case.order.currency, made)


def _amount(text: str, digits: int) -> Minor:
    try:
        found = read_minor(text.strip(), digits)
    except UnableToReadAmount as fault:
        raise bad_value("amount", f"an amount such as 12.00 is wanted ({fault})", "请填写金额，例如 12.00") from fault
    if found <= 0:
        raise bad_value("amount", "give more than zero", "金额须大于零")
    return found

"""Claims against carriers for loss, damage and delay: drafted, sent, answered, paid; what runs out is told before it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from amends.basics.currencies import EXPONENTS
from amends.basics.money import Minor, UnableToReadAmount, read_minor, write_minor
from amends.basics.moves import UnableToMove
from amends.desk.cases.desk import actor
from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.freight.desk import FreightDesk
from amends.desk.freight.intercept import waybill_of
from amends.facts.freight import CARRIER_CLAIM, CLAIM_KINDS, OPEN_CLAIM, CarrierClaim
from amends.facts.log import Actor, Entry
from amends.facts.people import Person
from amends.facts.rulebook import Says
from amends.facts.work import CaseState, Change, WantedDeadline

_HOUSE: Final = Actor("system", "amends")
_DUTY: Final = ("freight", "merchant", "claim_carrier")
DUE: Final = "claim_due"
PROOF: Final[Mapping[str, tuple[str, ...]]] = {
    "loss": ("waybill_copy", "value", "trace", "buyer_statement"),
    "damage": ("waybill_copy", "value", "photos_goods", "photos_packing", "delivery_note"),
    "delay": ("waybill_copy", "value", "trace"),
}
"""What carriers ask for, by kind of claim."""
_LAST: Final = {"paid": "met", "dropped": "off", "lapsed": "missed"}


def open_claim(desk: FreightDesk, number: int, person: Person, kind: str, given: Mapping[str, str]) -> CarrierClaim:
    """Draft a claim about a parcel of a case: its deadline and ceiling are those of the carrier. Raises `UnableToWork`.

    `given`: waybill, carrier, amount, declared, insured (yes), note.
    """
    if kind not in CLAIM_KINDS:
        raise bad_value("kind", f"one of {', '.join(CLAIM_KINDS)}", "请选择理赔类型")
    with desk.cases.hold(number, person, "work") as held:
        state, now = held.state, desk.now()
        waybill = "".join(given.get("waybill", "").split()).upper()[:60]
        if len(waybill) < 4:
            raise bad_value("waybill", "the number of the parcel, 4 to 60 characters", "请填写快递单号（4–60 位）")
        carrier = desk.tracking.carrier_of(given.get("carrier", ""), waybill)
        terms = desk.terms.of(carrier)
        digits, currency = EXPONENTS[state.currency], state.currency
        amount = _amount(given.get("amount", ""), digits, "amount")
        declared = _amount(given["declared"], digits, "declared") if given.get("declared", "").strip() else None
        insured = given.get("insured") == "yes"
        most = declared if insured and declared else _minor(terms.ceiling.get(currency), digits)
        days = terms.days.get(kind)
        due = sent_at(state, waybill, now) + timedelta(days=days) if days else None
        claim = desk.book.put_claim(
            CarrierClaim(
                0, number, state.key, state.shop, state.market, waybill, carrier, kind, "drafted", currency, amount,
                declared, insured, most, due, terms.source[:300], terms.confidence, person.name, now,
                note=given.get("note", "").strip()[:500],
            )
        )  # fmt: skip
        if claim is None:
            raise UnableToWork(
                "not_possible", "there is a claim of this kind about this parcel already", "该包裹已有同类理赔"
            )
        data = {"waybill": waybill, "claim_kind": kind, "amount": write_minor(amount, digits), "currency": currency}
        own = [_clock(due)] if due and state.tracks.desk == "open" else []
        held.write(Entry("carrier_claim_opened", actor(person), now, data=data), Change(own=own))
        return claim


def move_claim(
    desk: FreightDesk, number: int, person: Person, which: int, move: str, given: Mapping[str, str]
) -> CarrierClaim:
    """Move a claim of a case. `given`: reference, paid (the amount, for `pay`), note. Raises `UnableToWork`."""
    with desk.cases.hold(number, person, "work") as held:
        claim = desk.book.claim(which)
        if claim is None or claim.case != number:
            raise UnableToWork("not_possible", "this case has no such claim", "该售后单没有此理赔")
        try:
            state = CARRIER_CLAIM.after(claim.state, move)
        except UnableToMove as fault:
            raise UnableToWork("not_possible", f"not possible now: {fault}", "该理赔当前状态不支持此操作") from fault
        digits, now = EXPONENTS[claim.currency], desk.now()
        paid = _amount(given.get("paid", ""), digits, "paid") if state == "paid" else None
        if paid is not None and claim.ceiling is not None and claim.insured and paid > claim.ceiling:
            raise bad_value("paid", "no more than the declared value", "不能超过保价金额")
        fresh = replace(
            claim,
            state=state,
            paid=paid,
            reference=given.get("reference", "").strip()[:120] or claim.reference,
            note=given.get("note", "").strip()[:500] or claim.note,
        )
        desk.book.put_claim(fresh)
        if paid:
            desk.money.received(number, f"carrier-claim:{which}", paid, now, f"{claim.carrier} {claim.waybill}".strip())
        data: dict[str, Any] = {"waybill": claim.waybill, "claim_state": state}
        if paid is not None:
            data |= {"amount": write_minor(paid, digits), "currency": claim.currency}
        what = "carrier_claim_paid" if state == "paid" else "carrier_claim_moved"
        held.write(Entry(what, actor(person), now, given.get("note", "").strip()[:200], data=data), _ended(desk, fresh))
        return fresh


def _ended(desk: FreightDesk, claim: CarrierClaim) -> Change:
    """The clock of a case stops with its last open claim, and once a claim is with the carrier."""
    others = [one for one in desk.book.claims_of(claim.case) if one.number != claim.number and one.state == "drafted"]
    if others or claim.state == "drafted":
        return Change()
    return Change(off=[_DUTY]) if _LAST.get(claim.state) == "off" else Change(met=[_DUTY])


def look_at_claims(desk: FreightDesk, most: int) -> int:
    """Tell the cases of claims that run out soon, once each, and let lapse what ran out before it was sent; how many."""
    now = desk.now()
    due = desk.book.claims_due(now + timedelta(days=desk.terms.warn_days), now, most)
    return sum([_watch(desk, number) for number in due])


def _watch(desk: FreightDesk, number: int) -> bool:
    first = desk.book.claim(number)
    if first is None:
        return False
    with desk.cases.casework.holding(first.case) as held:
        claim, now = desk.book.claim(number), desk.now()
        if held is None or claim is None or claim.state not in OPEN_CLAIM or claim.due is None:
            return False
        exception = DUE if held.state.tracks.desk == "open" and not held.state.exception else None
        data = {"waybill": claim.waybill, "due": claim.due.isoformat()}
        if claim.due < now and claim.state == "drafted":
            desk.book.put_claim(replace(claim, state="lapsed", warned=True))
            held.write(Entry("carrier_claim_lapsed", _HOUSE, now, data=data), Change(exception=exception))
            return True
        if claim.warned:
            return False
        desk.book.put_claim(replace(claim, warned=True))
        held.write(Entry("carrier_claim_due", _HOUSE, now, data=data), Change(exception=exception))
        return True


def suggested(state: CaseState, alarms: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, str], ...]:
    """Claims that a case's traces speak for, as (kind, waybill). `alarms`: of the parcels that are followed, by waybill."""
    found: dict[str, str] = {}
    for one in state.case.get("shipments") or ():
        number = waybill_of(one) or str(one.get("id") or "")
        if one.get("trace") == "lost" and number:
            found[number] = "loss"
    for number, told in alarms.items():
        if "lost" in told:
            found[number] = "loss"
        elif "stuck" in told:
            found.setdefault(number, "delay")
    if (state.case.get("request") or {}).get("reason") == "damaged":
        for one in state.case.get("shipments") or ():
            if number := waybill_of(one):
                found.setdefault(number, "damage")
    if state.tracks.goods == "lost" and (number := str((state.case.get("return_parcel") or {}).get("waybill") or "")):
        found.setdefault(number, "loss")
    return tuple([(kind, number) for number, kind in found.items()])


def sent_at(state: CaseState, waybill: str, otherwise: datetime) -> datetime:
    """When a parcel was handed to its carrier, as far as the file tells."""
    parcels = [*(state.case.get("shipments") or ()), state.case.get("return_parcel") or {}]
    for one in parcels:
        if waybill in (waybill_of(one), str(one.get("id") or "")) and one.get("shipped_at"):
            return datetime.fromisoformat(str(one["shipped_at"]))
    return otherwise


def _clock(due: datetime) -> WantedDeadline:
    return WantedDeadline(
        "freight",
        "merchant",
        "claim_carrier",
        due,
        "",
        Says("the carrier owes nothing any more", "逾期快递不再受理理赔"),
    )


def _amount(text: str, digits: int, field: str) -> Minor:
    try:
        found = read_minor(text.strip(), digits)
    except UnableToReadAmount as fault:
        raise bad_value(field, f"an amount such as 25.00 is wanted ({fault})", "请填写金额，例如 25.00") from fault
    if found <= 0:
        raise bad_value(field, "give more than zero", "金额须大于零")
    return found


def _minor(text: str | None, digits: int) -> Minor | None:
    try:
        return read_minor(text, digits) if text else None
    except UnableToReadAmount:
        return None

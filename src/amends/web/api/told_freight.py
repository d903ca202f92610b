"""How the API tells of freight."""

from __future__ import annotations

from typing import Any

from amends.desk.freight.booked_look import BookingLook, bookings_of
from amends.desk.freight.labels import is_used
from amends.desk.freight.look import ClaimView, FreightLook, InterceptionView, freight_of
from amends.facts.bookings import Booking
from amends.facts.labels import Rate
from amends.facts.work import CaseState
from amends.web.api import told
from amends.web.front import front


def whole(state: CaseState) -> dict[str, Any]:
    """A case's freight whole. Whoever asks has seen to it that the case may be seen."""
    house = front()
    seen, bought = freight_of(house.freight, state), bookings_of(house.bookings, state)
    note, money = seen.note, _money(state.currency)
    insurance = {
        "state": note.insurance,
        "insured_by": note.insured_by,
        "expected": money(seen.expected),
        "paid": money(note.insured_paid),
        "moves": list(seen.insurance_moves),
    }
    return {
        "case": state.number,
        "currency": state.currency,
        "payer": seen.payer,
        "rules": [
            {"rule": one.rule.id, "layer": one.rule.layer, "source": str(one.rule.source)} for one in seen.reasons
        ],
        "way": note.way,
        "waybill": note.waybill,
        "hindered": told.words(bought.hindered.says) if bought.hindered else None,
        "sells": bought.seller,
        "collects": bought.collector,
        **_bookings(bought),
        "insurance": insurance,
        "with_refund": note.with_refund,
        "reimbursed": money(note.reimbursed),
        "reimbursable_up_to": money(seen.most),
        "not_reimbursable": told.words(seen.hindered.says) if seen.hindered else None,
        **_parcels(seen),
    }


def claim(view: ClaimView) -> dict[str, Any]:
    """A claim against a carrier."""
    one = view.one
    money = _money(one.currency)
    return {
        "id": one.number,
        "case": one.case,
        "kind": one.kind,
        "state": one.state,
        "waybill": one.waybill,
        "carrier": one.carrier,
        "amount": money(one.amount),
        "currency": one.currency,
        "declared": money(one.declared),
        "insured": one.insured,
        "ceiling": money(one.ceiling),
        "due_at": told.when(one.due),
        "rule": one.rule,
        "confidence": one.confidence,
        "proof": list(view.proof),
        "reference": one.reference,
        "paid": money(one.paid),
        "note": one.note,
        "moves": list(view.moves),
    }


def _bookings(seen: BookingLook) -> dict[str, Any]:
    times = {offer.id: [one.text for one in windows] for offer, windows in seen.times}
    quote = seen.quote
    return {
        "quote": quote
        and {
            "booking": quote.number,
            "kind": quote.kind,
            "offers": [
                _offer(one, times.get(one.id, [])) for one in quote.offers if quote.kind == "label" or times.get(one.id)
            ],
        },
        "live": _booking(seen.live) if seen.live else None,
        "past": [_booking(one) for one in seen.past],
        "spent": {code: told.amount(minor, code) for code, minor in seen.spent.items()},
    }


def _offer(one: Rate, windows: list[str]) -> dict[str, Any]:
    return {
        "offer": one.id,
        "carrier": one.carrier,
        "named": one.named,
        "service": one.service,
        "amount": told.amount(one.amount, one.currency),
        "currency": one.currency,
        "days": one.days,
        "windows": windows,
    }


def _booking(one: Booking) -> dict[str, Any]:
    return {
        "id": one.number,
        "kind": one.kind,
        "network": one.network,
        "state": one.state,
        "payer": one.payer,
        "carrier": one.carrier or (one.offer.carrier if one.offer else ""),
        "service": one.offer.service if one.offer else "",
        "cost": told.amount(one.cost, one.currency) if one.cost is not None else None,
        "currency": one.currency,
        "waybill": one.waybill,
        "file": one.file,
        "window": str(one.more.get("window") or ""),
        "stage": str(one.more.get("stage") or ""),
        "courier": str(one.more.get("courier") or ""),
        "used": is_used(front().bookings, one),
        "message": one.message,
        "at": one.at.isoformat(),
        "by": one.by,
    }


def _parcels(seen: FreightLook) -> dict[str, Any]:
    names = ("code", "waybill", "case", "place", "at")
    return {
        "may_stop": list(seen.may_stop),
        "interceptions": [_interception(view) for view in seen.interceptions],
        "claims": [claim(view) for view in seen.claims],
        "signals": [{name: str(one.get(name) or "") for name in names} for one in seen.signals],
        "withdrawn": [
            {
                **{name: getattr(one.signal, name) for name in names},
                "why": one.why,
                "by": one.by,
                "withdrawn_at": one.at.isoformat(),
            }
            for one in seen.withdrawn
        ],
    }


def _interception(view: InterceptionView) -> dict[str, Any]:
    one = view.one
    return {
        "id": one.number,
        "state": one.state,
        "shipment": one.shipment,
        "waybill": one.waybill,
        "carrier": one.carrier,
        "way": one.way,
        "until": one.due.isoformat(),
        "refund": one.refund,
        "moves": list(view.moves),
    }


def _money(currency: str) -> Any:
    return lambda minor: None if minor is None else told.amount(minor, currency)

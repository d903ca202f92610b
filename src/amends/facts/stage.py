"""What the parcels of a case say: shipped or not, delivered when, what the merchant must do next."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from amends.facts.case import Case, Shipment
from amends.facts.codes import DEFECT, UNDELIVERED_TRACES

LOST_TRACES: Final = frozenset({"lost", "returned_to_sender"})
_BACK: Final = frozenset({"returned_to_sender", "refused"})
_UNDELIVERED: Final = UNDELIVERED_TRACES - {"none"}
_LEFT: Final = _UNDELIVERED | _BACK | {"delivered"}
_LONG_AGO: Final = datetime(1990, 1, 1, tzinfo=UTC)


def parcels(case: Case) -> list[Shipment]:
    """The outbound parcels that carry a line the request is about."""
    if case.request.whole:
        return list(case.shipments)
    asked = {item.line.id for item in case.request.lines}
    return [parcel for parcel in case.shipments if not parcel.lines or not asked.isdisjoint(parcel.lines)]


def is_unshipped(case: Case) -> bool:
    """No parcel of the request has left. A request that presupposes the goods (a return, a defect) says itself that one has."""
    if any(parcel.shipped_at or parcel.delivered_at or parcel.trace in _LEFT for parcel in parcels(case)):
        return False
    request = case.request
    return not (needs_goods_back(request.kind) or request.reason in DEFECT or case.return_parcel or case.inspection)


def is_received(case: Case) -> bool:
    """The goods are with the buyer, whether or not the file says since when: exports often give a state and no time."""
    if delivered_at(case) is not None or case.return_parcel is not None or case.inspection is not None:
        return True
    sent = parcels(case)
    if any(parcel.trace in _UNDELIVERED or parcel.trace in _BACK for parcel in sent):
        return False
    if sent and all(parcel.delivered_at or parcel.trace == "delivered" for parcel in sent):
        return True
    return needs_goods_back(case.request.kind) and not any(parcel.trace for parcel in sent)


def delivered_no_earlier_than(case: Case) -> datetime:
    """A moment that sign-off cannot have come before: dispatch, payment or the order itself. Used where sign-off has no time."""
    known = [parcel.shipped_at for parcel in parcels(case) if parcel.shipped_at]
    return max([moment for moment in (*known, case.order.paid_at, case.order.placed_at) if moment] or [_LONG_AGO])


def delivered_at(case: Case) -> datetime | None:
    """When the last parcel of the request was delivered; None while one is on the way, or none was sent."""
    return _last_delivery(parcels(case))


def order_delivered_at(case: Case) -> datetime | None:
    """When the last parcel of the whole order was delivered; None while one is on the way, or none was sent."""
    return _last_delivery(case.shipments)


def _last_delivery(shipments: list[Shipment] | tuple[Shipment, ...]) -> datetime | None:
    latest: datetime | None = None
    for parcel in shipments:
        moment = parcel.delivered_at
        if moment is None:
            return None
        if latest is None or moment > latest:
            latest = moment
    return latest


def bought_at(case: Case) -> datetime:
    """The moment of purchase; where the file does not say, the earliest that it does."""
    return case.order.placed_at or case.order.paid_at or case.request.requested_at


def sent_back_at(case: Case) -> datetime | None:
    """When the buyer gave evidence of having sent the goods back: a waybill among the evidence, or the parcel's own.

    An empty parcel is no way of sending goods.
    """
    if case.return_parcel and case.return_parcel.empty:
        return None
    moments = [item.at for item in case.evidence if item.kind == "waybill" and item.by == "buyer" and item.at]
    parcel = case.return_parcel
    if parcel and parcel.waybill and parcel.shipped_at:
        moments.append(parcel.shipped_at)
    return min(moments) if moments else None


def received_back_at(case: Case) -> datetime | None:
    """When the merchant had the goods back; an empty parcel brings none."""
    if case.return_parcel and case.return_parcel.empty:
        return None
    if case.return_parcel and case.return_parcel.signed_at:
        return case.return_parcel.signed_at
    return case.inspection.at if case.inspection else None


def waits_for_goods(case: Case, required: bool) -> bool:
    """Whether money waits until the merchant has the goods. `required`: the decision wants them back.

    A parcel that is being stopped is waited for; one that was stopped is as good as back; one that was delivered after all has to be
    sent back by the buyer.
    """
    if received_back_at(case) is not None:
        return False
    state = case.stopped.state if case.stopped else ""
    if state == "succeeded":
        return False
    return required or state in ("asked", "accepted", "too_late")


def needs_goods_back(kind: str) -> bool:
    """Whether going along with this kind of request brings the goods back."""
    return kind in ("return_refund", "exchange", "repair")


def next_duty(case: Case) -> tuple[str, str]:
    """Who must do what next, as (who, action): what a deadline that the platform states is about."""
    if case.platform.evidence_asked_at:
        return "merchant", "give_evidence"
    if needs_goods_back(case.request.kind):
        if case.return_parcel:
            return "merchant", "confirm_receipt"
        if case.request.agreed_at:
            return "buyer", "ship_back"
    if case.request.agreed_at:
        return "merchant", "refund" if case.request.kind in ("cancel", "refund_only") else "ship"
    return "merchant", "respond"


def awaits_answer(case: Case) -> bool:
    """The merchant has not answered the request yet."""
    request = case.request
    return request.agreed_at is None and request.refused_at is None and case.return_parcel is None


def whole_order(case: Case) -> bool:
    """The request is about every piece of the order, gifts left out."""
    if case.request.whole:
        return True
    asked = {item.line.id: item.quantity for item in case.request.lines}
    return all(asked.get(line.id) == line.quantity for line in case.order.lines if "gift" not in line.traits)


def paid_for_request(case: Case) -> int:
    """Minor units paid for the pieces the request is about, each line rounded half up."""
    total = 0
    for item in case.request.lines:
        line = item.line
        if item.quantity == line.quantity:
            total += line.paid
        else:
            total += (2 * line.paid * item.quantity + line.quantity) // (2 * line.quantity)
    return total

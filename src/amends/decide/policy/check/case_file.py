"""A world as a case file: what is not chosen takes its commonest value."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from amends.basics.money import write_minor
from amends.decide.policy.check.lazy_case import LazyCase
from amends.decide.policy.check.space import Space
from amends.decide.policy.check.world import World
from amends.facts.codes import GOODS_STATES


def case_file(space: Space, chosen: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The case of a world as a mapping that `read_case` reads and JSON can hold (`amends.case/1`)."""
    world = World(space, chosen, fill=True)
    case = LazyCase(world)
    found: dict[str, Any] = {
        "schema": "amends.case/1",
        "case": name,
        "shop": _some(
            channel=case.shop.channel,
            labels=sorted(case.shop.labels),
            return_policy_shown=case.shop.return_policy_shown,
        ),
        "market": case.market,
        "consumer": case.consumer,
        "withdrawal_informed": case.withdrawal_informed,
        "order": _order(case),
        "shipments": _shipments(case),
        "request": _request(case),
        "goods": _some(**{state: getattr(case.goods, state) for state in GOODS_STATES}),
        "defect": _defect(case),
        "evidence": [{"kind": item.kind, "by": item.by, "at": _time(item.at)} for item in case.evidence],
        "buyer": _buyer(world),
    }
    if case.return_parcel:
        parcel = case.return_parcel
        found["return_parcel"] = _some(
            shipped_at=_time(parcel.shipped_at), signed_at=_time(parcel.signed_at), waybill=parcel.waybill
        )
    if case.inspection:
        found["inspection"] = {"at": _time(case.inspection.at), "grade": case.inspection.grade}
    if case.platform.dispute_opened_at:
        found["platform"] = {"dispute_opened_at": _time(case.platform.dispute_opened_at)}
    if case.dispute:
        found["dispute"] = {"stage": case.dispute.stage}
    return {key: value for key, value in found.items() if value not in ({}, [])}


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _some(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None and value != []}


def _order(case: LazyCase) -> dict[str, Any]:
    order = case.order
    line = order.lines[0]
    amount = write_minor(line.paid, order.digits)
    return _some(
        id=order.id,
        currency=order.currency,
        placed_at=_time(order.placed_at),
        paid_at=_time(order.paid_at),
        completed_at=_time(order.completed_at),
        shipping_paid=write_minor(order.shipping_paid, order.digits) if order.shipping_paid else None,
        lines=[
            _some(
                id=line.id,
                quantity=line.quantity,
                paid=amount,
                category=line.category,
                traits=sorted(line.traits),
                no_return_confirmed=line.no_return_confirmed or None,
                no_return_preticked=line.no_return_preticked or None,
            )
        ],
        payments=[
            {"id": item.id, "method": item.method, "captured": write_minor(item.captured, order.digits)}
            for item in order.payments
        ],
    )


def _shipments(case: LazyCase) -> list[dict[str, Any]]:
    return [
        _some(
            id=item.id,
            shipped_at=_time(item.shipped_at),
            delivered_at=_time(item.delivered_at),
            signed_by=item.signed_by,
            trace=item.trace,
        )
        for item in case.shipments
    ]


def _request(case: LazyCase) -> dict[str, Any]:
    request = case.request
    amount = request.amount
    pieces = [{"id": case.order.lines[0].id, "quantity": request.lines[0].quantity}]
    return _some(
        kind=request.kind,
        reason=request.reason,
        requested_at=_time(request.requested_at),
        lines=None if request.whole else pieces,
        amount=None if amount is None else write_minor(amount, case.order.digits),
    )


def _defect(case: LazyCase) -> dict[str, Any]:
    defect = case.defect
    return _some(
        visible=defect.visible,
        confirmed=defect.confirmed,
        minor=defect.minor,
        share=None if defect.share is None else str(defect.share),
        repairs_failed=defect.repairs_failed,
    )


def _buyer(world: World) -> dict[str, Any]:
    names = ("orders_12m", "cases_12m", "refund_only_12m", "refused_12m", "disputes_12m", "first_order", "member")
    buyer = LazyCase(world).buyer
    return _some(**{name: getattr(buyer, name) for name in names})

"""A case file's mapping in, a checked `Case` out (`amends.case/1`; contract, section 2)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from amends.basics.currencies import EXPONENTS
from amends.basics.zones import MARKETS
from amends.facts.case import (
    Buyer,
    Case,
    Defect,
    Dispute,
    Evidence,
    Goods,
    Inspection,
    PlatformWord,
    Request,
    RequestedLine,
    ReturnParcel,
    Shipment,
    Shop,
)
from amends.facts.case import Order as Order
from amends.facts.codes import (
    CHANNELS,
    DISPUTE_STAGES,
    EVIDENCE_KINDS,
    GOODS_STATES,
    GRADES,
    KINDS,
    PARTIES,
    REASONS,
    TRACES,
    UNDELIVERED_TRACES,
)
from amends.facts.fields import Fields, UnableToReadCase
from amends.facts.read_order import read_order
from amends.facts.read_signals import read_photos, read_stopped, read_suspicion

_US_STATE: Final = re.compile(r"US-[A-Z]{2}", re.ASCII)
_KNOWN: Final[dict[str, frozenset[str]]] = {
    "": frozenset(
        "case shop market consumer withdrawal_informed order shipments request goods defect evidence return_parcel "
        "inspection buyer platform dispute photos schema interception waybill_signals".split()
    ),
    "shop": frozenset({"channel", "return_policy_shown", "labels", "name", "id"}),
    "request": frozenset("kind reason requested_at agreed_at refused_at changed_at lines amount message".split()),
    "goods": frozenset(GOODS_STATES),
    "defect": frozenset("visible confirmed minor share repairs_failed found_at".split()),
    "return_parcel": frozenset("shipped_at signed_at waybill offered_collection carrier empty grams".split()),
    "inspection": frozenset("at grade findings loss not_returned object_until objected_at agreed_at second_at".split()),
    "buyer": frozenset(
        "orders_12m cases_12m refund_only_12m refused_12m disputes_12m first_order member id name".split()
    ),
    "platform": frozenset("status deadline dispute_opened_at evidence_asked_at ruling".split()),
    "photos": frozenset({"looked_at", "reused", "catalogue", "contradicting"}),
    "dispute": frozenset({"stage", "reason_code", "opened_at", "amount"}),
    "interception": frozenset({"state", "at", "waybill"}),
}
_NO_GOODS: Final = Goods()
_NO_DEFECT: Final = Defect()
_NO_BUYER: Final = Buyer()
_NO_WORD: Final = PlatformWord()


def read_case(raw: object) -> Case:
    """The case that `raw` (a mapping as JSON or YAML gives it) states. `UnableToReadCase` names the first field at fault."""
    case = Fields(raw, "")
    identity = case.need_text("case")
    shop = _shop(case.need_part("shop"))
    market = _market(case)
    order, ignored = read_order(case.need_part("order"))
    digits = EXPONENTS[order.currency]
    dispute = case.part("dispute")
    return Case(
        id=identity,
        shop=shop,
        market=market,
        consumer=case.flag("consumer", True),
        withdrawal_informed=case.flag("withdrawal_informed", True),
        order=order,
        shipments=_shipments(case, {line.id for line in order.lines}),
        request=_request(case.need_part("request"), order),
        goods=_goods(case.part("goods")),
        defect=_defect(case.part("defect")),
        evidence=case.each("evidence", _evidence),
        return_parcel=_return_parcel(case.part("return_parcel")),
        inspection=_inspection(case.part("inspection"), digits),
        buyer=_buyer(case.part("buyer")),
        platform=_platform(case.part("platform")),
        dispute=_dispute(dispute, digits) if dispute else None,
        ignored=(*ignored, *_ignored(case)),
        photos=read_photos(case.part("photos")),
        stopped=read_stopped(case.part("interception")),
        suspicions=case.each("waybill_signals", read_suspicion),
    )


def case_id(raw: object) -> str | None:
    """The id that a mapping gives, for error reports about it; None where it gives none."""
    value = raw.get("case") if isinstance(raw, dict) else None
    return value if isinstance(value, str) else None


def _ignored(case: Fields) -> Iterable[str]:
    found = case.ignored(_KNOWN[""])
    for name, known in _KNOWN.items():
        part: Any = case.raw.get(name) if name else None
        if part and not part.keys() <= known:
            found += Fields(part, name).ignored(known)
    return found


def _market(case: Fields) -> str:
    value = case.need_text("market")
    if value not in MARKETS and not _US_STATE.fullmatch(value):
        raise case.fault(
            "market", "unknown_value", f"{value!r} is not one of {', '.join(sorted(MARKETS))} or US-<state>"
        )
    return value


def _shop(shop: Fields) -> Shop:
    return Shop(
        channel=shop.need_code("channel", CHANNELS),
        return_policy_shown=shop.yes_no("return_policy_shown"),
        labels=shop.codes("labels", None),
        name=shop.text("name"),
    )


def _shipments(case: Fields, lines: set[str]) -> tuple[Shipment, ...]:
    shipments = case.each("shipments", _shipment)
    ids = [shipment.id for shipment in shipments]
    for index, shipment in enumerate(shipments):
        path = f"shipments[{index}]"
        if shipment.id in ids[:index]:
            raise UnableToReadCase("duplicate_id", f"{path}.id", f"another shipment has the id {shipment.id!r} already")
        for number, line in enumerate(shipment.lines):
            if line not in lines:
                raise UnableToReadCase("unknown_line", f"{path}.lines[{number}]", f"the order has no line {line!r}")
    return shipments


def _shipment(raw: Fields) -> Shipment:
    lines = raw.items("lines")
    if any(type(line) is not str for line in lines):
        raise raw.fault("lines", "wrong_type", "a list of line ids (text) is wanted")
    shipment = Shipment(
        id=raw.need_text("id"),
        lines=tuple(lines),
        shipped_at=raw.time("shipped_at"),
        delivered_at=raw.time("delivered_at"),
        signed_by=raw.text("signed_by"),
        trace=raw.code("trace", TRACES),
    )
    if shipment.delivered_at:
        if shipment.shipped_at and shipment.delivered_at < shipment.shipped_at:
            raise raw.fault(
                "delivered_at", "contradiction", "delivered before shipped_at; one of the two times is wrong"
            )
        if shipment.trace in UNDELIVERED_TRACES:
            message = f"{shipment.trace!r} contradicts delivered_at; leave delivered_at out or correct the trace"
            raise raw.fault("trace", "contradiction", message)
    return shipment


def _request(raw: Fields, order: Order) -> Request:
    asked = raw.each("lines", lambda item: _requested_line(item, order))
    for index, item in enumerate(asked):
        if any(item.line is other.line for other in asked[:index]):
            path = f"{raw.at('lines')}[{index}].id"
            raise UnableToReadCase("duplicate_id", path, f"line {item.line.id!r} is asked for twice; add the pieces up")
    return Request(
        kind=raw.need_code("kind", KINDS),
        reason=raw.need_code("reason", REASONS),
        requested_at=raw.need_time("requested_at"),
        agreed_at=raw.time("agreed_at"),
        refused_at=raw.time("refused_at"),
        changed_at=raw.time("changed_at"),
        lines=asked or tuple([RequestedLine(line, line.quantity) for line in order.lines]),
        whole=not asked,
        amount=raw.amount("amount", order.digits),
        message=raw.text("message"),
    )


def _requested_line(raw: Fields, order: Order) -> RequestedLine:
    identity = raw.need_text("id")
    line = next((line for line in order.lines if line.id == identity), None)
    if line is None:
        raise raw.fault("id", "unknown_line", f"the order has no line {identity!r}")
    quantity = raw.count("quantity", 1)
    if quantity is not None and quantity > line.quantity:
        raise raw.fault("quantity", "too_many", f"{quantity} asked for, but {line.quantity} bought")
    return RequestedLine(line, line.quantity if quantity is None else quantity)


def _goods(raw: Fields | None) -> Goods:
    return Goods(*[raw.yes_no(name) for name in GOODS_STATES]) if raw else _NO_GOODS


def _defect(raw: Fields | None) -> Defect:
    if not raw:
        return _NO_DEFECT
    return Defect(
        visible=raw.yes_no("visible"),
        confirmed=raw.yes_no("confirmed"),
        minor=raw.yes_no("minor"),
        share=raw.share("share"),
        repairs_failed=raw.count("repairs_failed"),
        found_at=raw.time("found_at"),
    )


def _evidence(raw: Fields) -> Evidence:
    return Evidence(kind=raw.need_code("kind", EVIDENCE_KINDS), by=raw.need_code("by", PARTIES), at=raw.time("at"))


def _return_parcel(raw: Fields | None) -> ReturnParcel | None:
    if not raw:
        return None
    parcel = ReturnParcel(
        shipped_at=raw.time("shipped_at"),
        signed_at=raw.time("signed_at"),
        waybill=raw.text("waybill"),
        offered_collection=raw.flag("offered_collection", False),
        empty=raw.yes_no("empty"),
    )
    if parcel.shipped_at and parcel.signed_at and parcel.signed_at < parcel.shipped_at:
        raise raw.fault("signed_at", "contradiction", "signed before shipped_at; one of the two times is wrong")
    return parcel


def _inspection(raw: Fields | None, digits: int) -> Inspection | None:
    if not raw:
        return None
    findings = raw.items("findings")
    if any(type(finding) is not str for finding in findings):
        raise raw.fault("findings", "wrong_type", "a list of texts is wanted")
    return Inspection(
        at=raw.time("at"),
        grade=raw.code("grade", GRADES),
        findings=tuple(findings),
        loss=raw.amount("loss", digits),
        not_returned=raw.amount("not_returned", digits),
    )


def _buyer(raw: Fields | None) -> Buyer:
    if not raw:
        return _NO_BUYER
    return Buyer(
        orders_12m=raw.count("orders_12m"),
        cases_12m=raw.count("cases_12m"),
        refund_only_12m=raw.count("refund_only_12m"),
        refused_12m=raw.count("refused_12m"),
        disputes_12m=raw.count("disputes_12m"),
        first_order=raw.yes_no("first_order"),
        member=raw.yes_no("member"),
    )


def _platform(raw: Fields | None) -> PlatformWord:
    if not raw:
        return _NO_WORD
    return PlatformWord(
        status=raw.text("status"),
        deadline=raw.time("deadline"),
        dispute_opened_at=raw.time("dispute_opened_at"),
        evidence_asked_at=raw.time("evidence_asked_at"),
        ruling=raw.text("ruling"),
    )


def _dispute(raw: Fields, digits: int) -> Dispute:
    return Dispute(
        stage=raw.need_code("stage", DISPUTE_STAGES),
        reason_code=raw.text("reason_code"),
        opened_at=raw.time("opened_at"),
        amount=raw.amount("amount", digits),
    )

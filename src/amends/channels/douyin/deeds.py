"""Doing things on 抖店. Every deed looks at the case first: whether it is done already, whether it has changed, which code is right.

The platform keeps no key of ours. What holds instead: `update_time` goes with every operate call (a changed case is refused with
20309541), one case a call, and the state of the case says what was done. So a repeat on a changed case does nothing.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any, Final

from amends.channels.douyin.calls import ask, ask_logged
from amends.channels.douyin.detail import Detail
from amends.channels.douyin.done import what_became
from amends.channels.douyin.items import operate_item, urls_of
from amends.channels.douyin.operate_codes import SEND_TYPES, operate_code
from amends.channels.kernel_deeds import Refused, refused, unseen
from amends.channels.kernel_json import part, parts, text, whole
from amends.facts.channels import Access, UnableToTalk
from amends.facts.deeds import Action, Deed, DeedOutcome, DeedReceipt
from amends.facts.wire import Seal, WireAnswer, WireRequest

Told = Generator[WireRequest, WireAnswer, DeedReceipt]
OPERATED: Final[frozenset[Action]] = frozenset({"agree_refund", "agree_return", "refuse", "ship_replacement"})
BESIDE: Final[frozenset[Action]] = frozenset({"give_evidence", "intercept", "note"})
_BY_SUB_CODE: Final[dict[str, DeedOutcome]] = {
    "isv.business-failed:11001": "person",
    "isv.business-failed:20309541": "stale",
}
_KINDS_BY_PERSON: Final = frozenset({2, 6, 7, 8})
"""Pre-ship refunds are refused by shipping; some codes of price protection, resend and repair are not witnessed."""
_MOST_PROOFS: Final = 4
_LANE: Final = "afterSale/"


def detail_of(access: Access, number: str, seal: Seal) -> Generator[WireRequest, WireAnswer, Detail | None]:
    """The case as it stands now; None where there is none. Raises `UnableToTalk`."""
    try:
        data = yield from ask(access, seal, f"{_LANE}Detail", {"after_sale_id": number, "need_operation_record": False})
    except UnableToTalk as fault:
        if fault.why == "missing" or fault.code == "isv.parameter-invalid:11000":  # its word for a number it has not
            return None
        raise
    detail = Detail(data)
    return detail if detail.number else None


def act(access: Access, deed: Deed, seal: Seal) -> Told:
    """Look, then do. What the platform answers is a receipt, whatever it is."""
    try:
        detail = yield from detail_of(access, deed.case, seal)
    except UnableToTalk as fault:
        return unseen(fault)
    if detail is None:
        return DeedReceipt("failed", code="missing", message=f"the platform has no case {deed.case}")
    known = what_became(deed, detail)
    if known.outcome in ("done", "pending"):
        return known
    try:
        if deed.action in OPERATED:
            return (yield from _operate(access, deed, detail, seal))
        return (yield from _beside(access, deed, detail, seal))
    except Refused as refusal:
        return refusal.receipt
    except UnableToTalk as fault:
        return refused(fault, _BY_SUB_CODE)


def acted(access: Access, deed: Deed, seal: Seal) -> Told:
    """Read the case and say what became of the deed."""
    try:
        detail = yield from detail_of(access, deed.case, seal)
    except UnableToTalk as fault:
        return unseen(fault)
    if detail is None:
        return DeedReceipt("absent", code="missing", message=f"the platform has no case {deed.case}")
    return what_became(deed, detail)


def _operate(access: Access, deed: Deed, detail: Detail, seal: Seal) -> Told:
    if deed.version and deed.version != detail.version:
        return DeedReceipt("stale", code="update_time", message=f"decided on {deed.version}, now {detail.version}")
    asked = detail.amount
    if deed.action == "agree_refund" and deed.amount is not None and deed.amount != asked:
        message = f"the platform pays what was asked for, {asked} fen, and no other amount; {deed.amount} was decided"
        return DeedReceipt("failed", code="amount_fixed", message=message)
    kind, status = detail.kind, whole(detail.own_status)
    if deed.action == "ship_replacement" and kind in SEND_TYPES and status == 8:
        return (yield from _ship(access, deed, SEND_TYPES[kind], seal))
    code = None if kind is None or status is None else operate_code(deed.action, kind, status)
    if code is None:
        return _no_code(deed, kind, status)
    reasons = (yield from refusal_items(access, deed.case, seal)) if deed.action == "refuse" else []
    item = operate_item(deed, detail, code, reasons)
    data, log = yield from ask_logged(access, seal, f"{_LANE}operate", {"type": code.type, "items": [item]})
    return _operated(deed, detail, data, log)


def _operated(deed: Deed, detail: Detail, data: Mapping[str, Any], log: str) -> DeedReceipt:
    for item in parts(data, "items"):
        if text(item, "aftersale_id") == deed.case and whole(item, "status_code") not in (None, 0):
            code = text(item, "status_code")
            return DeedReceipt(
                "unknown",
                code=code,
                message=f"{text(item, 'status_msg')} (log_id {log})",
                alarm=f"an unknown result {code}",
            )
    if deed.action == "agree_refund":
        said = f"taken in; paid by and by (log_id {log})"
        return DeedReceipt("pending", deed.case, detail.amount, deed.currency or None, message=said)
    return _done(deed, log)


def _done(deed: Deed, log: str) -> DeedReceipt:
    return DeedReceipt("done", deed.case, message=f"log_id {log}" if log else "")


def _no_code(deed: Deed, kind: int | None, status: int | None) -> DeedReceipt:
    message = f"no operate code is known for {deed.action}, kind {kind}, status {status}; nothing was sent"
    if kind in _KINDS_BY_PERSON and status in (6, 7, 8, 11, 27, 29):
        hint = "; refuse a refund before dispatch by shipping" if kind == 2 and deed.action == "refuse" else ""
        return DeedReceipt("person", code="no_operate_code", message=message + hint)
    return DeedReceipt("failed", code="no_operate_code", message=message)


def _ship(access: Access, deed: Deed, send_type: int, seal: Seal) -> Told:
    if not deed.carrier or not deed.waybill:
        return DeedReceipt("failed", code="waybill_missing", message="carrier and waybill of the new parcel are needed")
    params = {
        "aftersale_id": deed.case,
        "send_type": send_type,
        "company_code": deed.carrier,
        "tracking_no": deed.waybill,
    }
    _, log = yield from ask_logged(access, seal, f"{_LANE}fillLogistics", params)
    return _done(deed, log)


def _beside(access: Access, deed: Deed, detail: Detail, seal: Seal) -> Told:
    if deed.action == "note":
        if not deed.text.strip():
            raise Refused("failed", "text_missing", "the note has no words")
        _, log = yield from ask_logged(
            access, seal, f"{_LANE}addOrderRemark", {"after_sale_id": deed.case, "remark": deed.text}
        )
        return _done(deed, log)
    if deed.action == "give_evidence":
        if len(deed.files) > _MOST_PROOFS:
            raise Refused(
                "failed", "too_many_files", f"the platform takes {_MOST_PROOFS} pictures, not {len(deed.files)}"
            )
        params = {"aftersale_id": deed.case, "comment": deed.text, "evidence": urls_of(deed)}
        _, log = yield from ask_logged(access, seal, f"{_LANE}submitEvidence", params)
        return _done(deed, log)
    if deed.action == "intercept":
        return (yield from _intercept(access, deed, detail, seal))
    person = deed.action == "message"
    message = f"{deed.action} cannot be done on this platform by a call"
    return DeedReceipt("person" if person else "failed", code="not_supported", message=message)


def _intercept(access: Access, deed: Deed, detail: Detail, seal: Seal) -> Told:
    told = parts(detail.data, "process_info", "logistics_info", "order")
    parcels = [
        {"company_code": text(parcel, "company_code"), "tracking_no": text(parcel, "tracking_no")}
        for parcel in told
        if text(parcel, "tracking_no") and (not deed.waybill or text(parcel, "tracking_no") == deed.waybill)
    ]
    if not parcels or not deed.case.isdecimal():
        return DeedReceipt("failed", code="no_parcel", message="the case tells of no parcel that could be stopped")
    params = {"after_sale_id": int(deed.case), "op_from": 1, "intercept_targets": parcels}
    data, log = yield from ask_logged(access, seal, f"{_LANE}applyLogisticsIntercept", params)
    results = parts(data, "intercept_results")
    stopped = [text(result, "tracking_no") for result in results if part(result, "is_success") is True]
    if stopped:
        said = f"being stopped: {', '.join(stopped)} of {len(parcels)} (log_id {log})"
        return DeedReceipt("done", deed.case, message=said)
    why = next((text(result, "unavailable_reason") for result in results), text(data, "unavailable_reason"))
    return DeedReceipt("failed", code=text(data, "unavailable_reason_code") or "not_intercepted", message=why)


def refusal_items(
    access: Access, number: str, seal: Seal
) -> Generator[WireRequest, WireAnswer, list[Mapping[str, Any]]]:
    """The platform's reasons to refuse this case, as it lists them; empty for a case that may not be refused by a call."""
    params = {"aftersale_id": int(number)} if number.isdecimal() else {}
    data = yield from ask(access, seal, f"{_LANE}rejectReasonCodeList", params)
    return parts(data, "items")

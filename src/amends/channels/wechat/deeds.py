"""Doing things on 微信小店. Every deed looks at the case first: whether it is done already, whether it has changed, whether it fits.

The platform has neither a key of ours nor a lock. `accept_type` always says which yes is meant, so that a yes to a return can never pay.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any, Final

from amends.channels.kernel_deeds import Refused, refused, unseen
from amends.channels.kernel_json import parts, text, whole
from amends.channels.wechat.calls import ask
from amends.channels.wechat.cases import Known
from amends.channels.wechat.done import what_became
from amends.channels.wechat.pictures import upload
from amends.channels.wechat.statuses import PROOF_WANTED
from amends.facts.channels import Access, UnableToTalk
from amends.facts.deeds import Action, Deed, DeedOutcome, DeedReceipt
from amends.facts.wire import Seal, WireAnswer, WireRequest

Told = Generator[WireRequest, WireAnswer, DeedReceipt]
CASES: Final = "/channels/ec/aftersale/"
ACTIONS: Final[frozenset[Action]] = frozenset(
    {"agree_refund", "agree_return", "refuse", "ship_replacement", "give_evidence"}
)
_BY_CODE: Final[dict[str, DeedOutcome]] = {
    "100004": "stale",
    "10020001": "stale",
    "10021041": "stale",
    "10021051": "person",
    "10021068": "person",
    "10021504": "stale",
}
_AGREES: Final[dict[tuple[Action, str], tuple[int, frozenset[str]]]] = {
    ("agree_refund", "REFUND"): (2, frozenset({"MERCHANT_PROCESSING", "MERCHANT_OVERDUE_REFUND"})),
    ("agree_refund", "RETURN"): (2, frozenset({"MERCHANT_WAIT_RECEIPT", "MERCHANT_OVERDUE_REFUND"})),
    ("agree_return", "RETURN"): (1, frozenset({"MERCHANT_PROCESSING"})),
    ("agree_return", "EXCHANGE"): (1, frozenset({"MERCHANT_PROCESSING"})),
}
"""`accept_type` and the statuses in which it is right. Others are not sent."""
REFUSALS: Final[dict[tuple[str, str], tuple[str, int]]] = {
    ("REFUND", "MERCHANT_PROCESSING"): ("rejectapply", 1),
    ("RETURN", "MERCHANT_PROCESSING"): ("rejectapply", 4),
    ("RETURN", "MERCHANT_WAIT_RECEIPT"): ("rejectapply", 4),
    ("EXCHANGE", "MERCHANT_PROCESSING"): ("rejectapply", 5),
    ("EXCHANGE", "MERCHANT_WAIT_RECEIPT"): ("rejectexchangereship", 6),
}
"""By kind and status: what refuses it, and the scene (`reject_scene`) whose reasons fit."""


def known_case(access: Access, number: str) -> Generator[WireRequest, WireAnswer, Known | None]:
    """The case and its complaint as they stand now, without the order; None where there is none. Raises `UnableToTalk`."""
    try:
        body = yield from ask(access, f"{CASES}getaftersaleorder", {"after_sale_order_id": number})
    except UnableToTalk as fault:
        if fault.why == "missing":
            return None
        raise
    info = body.get("after_sale_order")
    if not isinstance(info, Mapping) or not text(info, "after_sale_order_id"):
        return None
    return Known(info, (yield from _complaint(access, text(info, "complaint_id"))), {})


def _complaint(access: Access, number: str) -> Generator[WireRequest, WireAnswer, Mapping[str, Any]]:
    """The complaint of a case; {} where there is none, or it may not be read."""
    if number in ("", "0"):
        return {}
    try:
        return (yield from ask(access, f"{CASES}getcomplaintorder", {"complaint_id": number}))
    except UnableToTalk as fault:
        if fault.why not in ("refused", "missing"):
            raise
        return {}


def act(access: Access, deed: Deed, seal: Seal) -> Told:
    """Look, then do. What the platform answers is a receipt, whatever it is."""
    try:
        known = yield from known_case(access, deed.case)
    except UnableToTalk as fault:
        return unseen(fault)
    if known is None:
        return DeedReceipt("failed", code="missing", message=f"the platform has no case {deed.case}")
    if deed.action not in ACTIONS:
        message = f"{deed.action} cannot be done on this platform by a call"
        return DeedReceipt("person" if deed.action == "message" else "failed", code="not_supported", message=message)
    before = what_became(deed, known)
    if before.outcome in ("done", "pending"):
        return before
    try:
        return (yield from _do(access, deed, known, seal))
    except Refused as refusal:
        return refusal.receipt
    except UnableToTalk as fault:
        return refused(fault, _BY_CODE)


def acted(access: Access, deed: Deed) -> Told:
    """Read the case and say what became of the deed."""
    try:
        known = yield from known_case(access, deed.case)
    except UnableToTalk as fault:
        return unseen(fault)
    if known is None:
        return DeedReceipt("absent", code="missing", message=f"the platform has no case {deed.case}")
    return what_became(deed, known)


def _do(access: Access, deed: Deed, known: Known, seal: Seal) -> Told:
    if deed.action == "give_evidence":
        return (yield from _prove(access, deed, known, seal))
    if deed.version and deed.version != known.version:
        raise Refused("stale", "update_time", f"decided on {deed.version}, now {known.version}")
    if deed.action == "refuse":
        return (yield from _refuse(access, deed, known))
    if deed.action == "ship_replacement":
        return (yield from _ship(access, deed, known))
    kind = text(known.info, "type")
    accept, statuses = _AGREES.get((deed.action, kind), (0, frozenset()))
    if known.own_status not in statuses:
        raise _unfit(deed, known)
    params: dict[str, Any] = {"after_sale_order_id": deed.case, "accept_type": accept}
    if deed.action == "agree_return":
        if not deed.address:
            raise Refused("failed", "address_missing", "the platform's id of the return address is needed")
        params["address_id"] = deed.address
    elif deed.amount is not None and deed.amount != known.amount:
        message = f"the platform pays what was asked for, {known.amount} fen; {deed.amount} was decided"
        raise Refused("failed", "amount_fixed", message)
    yield from ask(access, f"{CASES}acceptapply", params)
    if deed.action == "agree_return":
        return DeedReceipt("done", deed.case)
    return DeedReceipt("pending", deed.case, known.amount, deed.currency or None, message="taken in; paid by and by")


def _refuse(access: Access, deed: Deed, known: Known) -> Told:
    path, _ = REFUSALS.get((text(known.info, "type"), known.own_status), ("", 0))
    if not path:
        raise _unfit(deed, known)
    if not deed.reason.isdecimal():
        raise Refused("failed", "reason_missing", "one of the platform's own reasons to refuse must be chosen")
    params = {"after_sale_order_id": deed.case, "reject_reason_type": int(deed.reason)}
    yield from ask(access, f"{CASES}{path}", params | ({"reject_reason": deed.text} if deed.text else {}))
    left_out = ", ".join(file.name for file in deed.files)
    alarm = f"refused, but the platform takes no files with a refusal: {left_out}" if left_out else ""
    return DeedReceipt("done", deed.case, alarm=alarm)


def _ship(access: Access, deed: Deed, known: Known) -> Told:
    if (text(known.info, "type"), known.own_status) != ("EXCHANGE", "MERCHANT_WAIT_RECEIPT"):
        raise _unfit(deed, known)
    if not deed.carrier or not deed.waybill:
        raise Refused("failed", "waybill_missing", "carrier and waybill of the new parcel are needed")
    params = {"after_sale_order_id": deed.case, "waybill_id": deed.waybill, "delivery_id": deed.carrier}
    yield from ask(access, f"{CASES}acceptexchangereship", params)
    return DeedReceipt("done", deed.case)


def _prove(access: Access, deed: Deed, known: Known, seal: Seal) -> Told:
    if whole(known.complaint, "status") not in PROOF_WANTED:
        raise Refused("failed", "no_proof_wanted", "no complaint of this case waits for the merchant's proof")
    if not deed.text.strip():
        raise Refused("failed", "text_missing", "the proof needs words")
    pictures = []
    for number, file in enumerate(deed.files):
        pictures.append((yield from upload(access, file, f"{seal.nonce}-{number}")))
    params = {"complaint_id": text(known.info, "complaint_id"), "content": deed.text.strip(), "media_id_list": pictures}
    yield from ask(access, f"{CASES}addcomplaintproof", params)
    return DeedReceipt("done", deed.case)


def _unfit(deed: Deed, known: Known) -> Refused:
    kind = text(known.info, "type")
    message = f"{deed.action} does not fit {kind} in {known.own_status}; nothing was sent"
    return Refused("person" if kind == "RESHIP" else "failed", "does_not_fit", message)


def refusal_items(access: Access, number: str) -> Generator[WireRequest, WireAnswer, list[Mapping[str, Any]]]:
    """The platform's reasons to refuse this case, as it lists them."""
    known = yield from known_case(access, number)
    if known is None:
        return []
    _, scene = REFUSALS.get((text(known.info, "type"), known.own_status), ("", 0))
    if not scene:
        return []
    body = yield from ask(access, f"{CASES}rejectreason/get", {})
    return [item for item in parts(body, "reason_list") if whole(item, "reject_scene") == scene]

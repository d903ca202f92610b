"""What became of a deed, by how the case stands now. `absent` only where the case surely shows that it was not done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from amends.channels.douyin.detail import Detail
from amends.channels.kernel_json import listed, part, parts, text, whole
from amends.facts.deeds import Action, Deed, DeedReceipt

_OPEN: Final = frozenset({"6", "7", "8", "11", "13", "3", "27", "29"})
_AFTER_YES: Final = frozenset({"7", "8", "11", "13", "3", "14", "29"})
_OVER: Final = frozenset({"28", "51", "53"})


def what_became(deed: Deed, detail: Detail) -> DeedReceipt:
    """Done, pending, absent, or unknown where the case does not say."""
    judge = _JUDGES.get(deed.action)
    return judge(deed, detail) if judge else _unsaid(deed, detail)


def _refunded(deed: Deed, detail: Detail) -> DeedReceipt:
    state, status = whole(detail.info, "refund_status"), detail.own_status
    amount = whole(detail.info, "real_refund_amount") or detail.amount
    currency = deed.currency or None
    if state in (3, 5):
        return DeedReceipt("done", detail.number, amount, currency)
    if state == 2 or (state == 1 and status == "12"):
        return DeedReceipt("pending", detail.number, detail.amount, currency)
    if state == 4:
        why = text(detail.info, "refund_fail_reason")
        return DeedReceipt(
            "failed", detail.number, code="refund_failed", message=why, alarm="the platform could not pay"
        )
    if status == "12":
        return DeedReceipt("done", detail.number, message="succeeded with no refund of its own")
    return _absent(detail) if status in _OPEN | _OVER else _unsaid(deed, detail)


def _return_agreed(deed: Deed, detail: Detail) -> DeedReceipt:
    if detail.own_status in _AFTER_YES:
        return DeedReceipt("done", detail.number)
    return _absent(detail) if detail.own_status in ("6", "27") else _unsaid(deed, detail)


def _was_refused(deed: Deed, detail: Detail) -> DeedReceipt:
    if detail.own_status in ("27", "29"):
        return DeedReceipt("done", detail.number)
    return _absent(detail) if detail.own_status in ("6", "11") else _unsaid(deed, detail)


def _shipped(deed: Deed, detail: Detail) -> DeedReceipt:
    logistics = part(detail.data, "process_info", "logistics_info")
    waybills = {text(logistics, way, "tracking_no") for way in ("exchange", "resend")} - {""}
    if deed.waybill in waybills:
        return DeedReceipt("done", detail.number)
    if detail.own_status in ("13", "3", "14"):
        told = ", ".join(sorted(waybills)) or "none"
        return DeedReceipt("done", detail.number, message=f"shipped by another waybill ({told})")
    return _absent(detail) if detail.own_status in _OPEN else _unsaid(deed, detail)


def _noted(deed: Deed, detail: Detail) -> DeedReceipt:
    notes = {text(note, "remark") for note in parts(detail.data, "process_info", "after_sale_shop_remarks")} - {""}
    return DeedReceipt("done", detail.number) if deed.text.strip() in notes else _absent(detail)


def _proven(deed: Deed, detail: Detail) -> DeedReceipt:
    given = part(detail.data, "process_info", "arbitrate_info", "arbitrate_evidence")
    there = {link for link in listed(given, "images") if isinstance(link, str)}
    same = {file.url for file in deed.files} <= there and text(given, "describe") == deed.text.strip()
    return DeedReceipt("done", detail.number) if given and same else _absent(detail)


def _absent(detail: Detail) -> DeedReceipt:
    return DeedReceipt("absent", detail.number, code=detail.status)


def _unsaid(deed: Deed, detail: Detail) -> DeedReceipt:
    return DeedReceipt(
        "unknown", detail.number, code=detail.status, message=f"the case does not say whether {deed.action} was done"
    )


_JUDGES: Final[dict[Action, Callable[[Deed, Detail], DeedReceipt]]] = {
    "agree_refund": _refunded,
    "agree_return": _return_agreed,
    "refuse": _was_refused,
    "ship_replacement": _shipped,
    "note": _noted,
    "give_evidence": _proven,
}
"""Whether a parcel is being stopped, no answer tells: that one stays unknown."""

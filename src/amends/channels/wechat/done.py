"""What became of a deed, by how the case stands now. `absent` only where the case surely shows that it was not done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from amends.channels.kernel_json import parts, text
from amends.channels.wechat.cases import Known
from amends.channels.wechat.statuses import REFUND_FAILED, REFUNDED, REFUNDING, STATUSES
from amends.facts.deeds import Action, Deed, DeedReceipt

_AFTER_YES: Final = frozenset(
    {
        "USER_WAIT_RETURN",
        "MERCHANT_WAIT_RECEIPT",
        "MERCHANT_RETURN_SUCCESS",
        "USER_WAIT_RECEIPT",
        "MERCHANT_EXCHANGE_SUCCESS",
        "MERCHANT_REJECT_RESHIP",
    }
)
_REJECTED: Final = frozenset(name for name, meaning in STATUSES.items() if meaning.standing == "refused")
_SHIPPED: Final = frozenset({"USER_WAIT_RECEIPT", "MERCHANT_EXCHANGE_SUCCESS"})


def what_became(deed: Deed, known: Known) -> DeedReceipt:
    """Done, pending, absent, or unknown where the case does not say."""
    judge = _JUDGES.get(deed.action)
    return judge(deed, known) if judge and known.own_status in STATUSES else _unsaid(deed, known)


def _refunded(deed: Deed, known: Known) -> DeedReceipt:
    status, currency = known.own_status, deed.currency or None
    if status in REFUNDED:
        return DeedReceipt("done", known.number, known.amount, currency)
    if status == REFUNDING:
        return DeedReceipt("pending", known.number, known.amount, currency)
    if status in REFUND_FAILED:
        why = text(known.info, "refund_resp", "message")
        return DeedReceipt(
            "failed", known.number, code="refund_failed", message=why, alarm="the platform could not pay"
        )
    if status == "USER_WAIT_CONFIRM":  # a refund made elsewhere, which the buyer is to confirm
        return _unsaid(deed, known)
    return _absent(known)


def _return_agreed(deed: Deed, known: Known) -> DeedReceipt:
    if known.own_status in _AFTER_YES:
        return DeedReceipt("done", known.number)
    return _absent(known) if known.own_status == "MERCHANT_PROCESSING" else _unsaid(deed, known)


def _was_refused(deed: Deed, known: Known) -> DeedReceipt:
    if known.own_status in _REJECTED:
        return DeedReceipt("done", known.number)
    is_open = known.own_status in ("MERCHANT_PROCESSING", "MERCHANT_WAIT_RECEIPT")
    return _absent(known) if is_open else _unsaid(deed, known)


def _shipped(deed: Deed, known: Known) -> DeedReceipt:
    same = bool(deed.waybill) and text(known.info, "exchange_delivery_info", "waybill_id") == deed.waybill
    if same or known.own_status in _SHIPPED:
        return DeedReceipt("done", known.number)
    return _absent(known)


def _proven(deed: Deed, known: Known) -> DeedReceipt:
    said = {text(item, "content") for item in parts(known.complaint, "history")} - {""}
    return DeedReceipt("done", known.number) if deed.text.strip() in said else _absent(known)


def _absent(known: Known) -> DeedReceipt:
    return DeedReceipt("absent", known.number, code=known.status)


def _unsaid(deed: Deed, known: Known) -> DeedReceipt:
    message = f"the case does not say whether {deed.action} was done"
    return DeedReceipt("unknown", known.number, code=known.status, message=message)


_JUDGES: Final[dict[Action, Callable[[Deed, Known], DeedReceipt]]] = {
    "agree_refund": _refunded,
    "agree_return": _return_agreed,
    "refuse": _was_refused,
    "ship_replacement": _shipped,
    "give_evidence": _proven,
}

"""Where a Medusa return stands. Its own status says little: what was agreed, paid back or sent out instead is read beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from amends.channels.kernel_rest import digits_of, items_of, minor_of, moment, part, text_of
from amends.channels.medusa.orders import case_in, currency_of, notes_of, refunds_of
from amends.facts.platforms import PlatformStatus, ToldRefund
from amends.facts.rulebook import Says

DRAFT: Final = "open"
"""A return that somebody is putting together over there: nobody has asked for anything yet."""
STATUSES: Final[dict[str, PlatformStatus]] = {
    "requested": PlatformStatus("requested", Says("Return requested", "已申请退货")),
    "requested:agreed": PlatformStatus(
        "awaiting_return", Says("Return requested; agreed by us", "已申请退货，我方已同意")
    ),
    "requested:refunded": PlatformStatus("succeeded", Says("Return requested; paid back", "已申请退货，已退款")),
    "partially_received": PlatformStatus("returning", Says("Partially received", "部分收到退货")),
    "partially_received:refunded": PlatformStatus(
        "succeeded", Says("Partially received; paid back", "部分收到退货，已退款")
    ),
    "received": PlatformStatus("returning", Says("Received; money is due", "已收到退货，待退款")),
    "received:refunded": PlatformStatus("succeeded", Says("Received; paid back", "已收到退货，已退款")),
    "received:exchange": PlatformStatus(
        "awaiting_replacement", Says("Received; exchange to be sent", "已收到退货，待发换货")
    ),
    "received:exchange_sent": PlatformStatus(
        "replacement_sent", Says("Received; exchange sent", "已收到退货，换货已发出")
    ),
    "received:exchange_delivered": PlatformStatus(
        "succeeded", Says("Received; exchange delivered", "已收到退货，换货已送达")
    ),
    "canceled": PlatformStatus("closed", Says("Canceled", "已取消")),
}


@dataclass(frozen=True, slots=True)
class Marks:
    """What the house has left at the order for one return: the key and the time of each deed (`amends_agreed_...`)."""

    agreed: str
    refused: str

    @property
    def agreed_at(self) -> str:
        """When it was agreed, as it was written down."""
        return self.agreed.partition(" ")[2]

    @property
    def refused_at(self) -> str:
        """When it was refused."""
        return self.refused.partition(" ")[2]


def mark_name(what: str, number: str) -> str:
    """Under this name a mark lies in the order's `metadata`: those of returns cannot be written once they are asked for."""
    return f"amends_{what}_{number}"


def marks_of(order: Mapping[str, Any], number: str) -> Marks:
    """The marks of one return."""
    found = part(order, "metadata")
    return Marks(text_of(found, mark_name("agreed", number)), text_of(found, mark_name("refused", number)))


def refunds_for(found: Mapping[str, Any], order: Mapping[str, Any]) -> tuple[ToldRefund, ...]:
    """The refunds of this return: those that name it, and those since it was asked for that name none."""
    notes, since = notes_of(order), moment(text_of(found, "requested_at"))
    number = text_of(found, "id")
    mine = [
        refund
        for refund in refunds_of(order)
        if case_in(notes[refund.reference]) == number
        or (not refund.key and refund.at is not None and since is not None and refund.at >= since)
    ]
    return tuple(mine)


def status_of(found: Mapping[str, Any], order: Mapping[str, Any]) -> str:
    """Its status, as in `STATUSES`; one that nobody has documented as it is."""
    own = text_of(found, "status")
    if own in ("requested", "partially_received", "received") and _is_paid(found, order, own):
        return f"{own}:refunded"
    if own == "received" and part(found, "exchange_id"):
        return f"received:{_replacement(found, order)}"
    if own == "requested" and marks_of(order, text_of(found, "id")).agreed:
        return "requested:agreed"
    return own


def _is_paid(found: Mapping[str, Any], order: Mapping[str, Any], own: str) -> bool:
    """Paid by us for it, or by somebody over there: nothing is owed any more, or as much has gone back as these goods cost."""
    notes, number = notes_of(order), text_of(found, "id")
    refunds = refunds_for(found, order)
    if any(refund.moved and case_in(notes[refund.reference]) == number for refund in refunds):
        return True
    if part(found, "exchange_id"):
        return False
    digits = digits_of(currency_of(order))
    if own == "received":
        return minor_of(part(order, "summary", "pending_difference") or 0, digits) >= 0
    alone = len(items_of(order, "returns")) <= 1
    back = sum([refund.amount for refund in refunds if refund.moved])
    return alone and back > 0 and back >= worth(found, order)


def worth(found: Mapping[str, Any], order: Mapping[str, Any]) -> int:
    """What the goods of this return have cost, minor units."""
    digits = digits_of(currency_of(order))
    each = {
        text_of(item, "id"): minor_of(part(item, "refundable_total_per_unit") or 0, digits)
        for item in items_of(order, "items")
    }
    return sum([each.get(text_of(item, "item_id"), 0) * _pieces(item, "quantity") for item in items_of(found, "items")])


def _replacement(found: Mapping[str, Any], order: Mapping[str, Any]) -> str:
    out = {text_of(item, "item_id") for item in items_of(found, "exchange", "additional_items")}
    details = [(item, part(item, "detail")) for item in items_of(order, "items") if text_of(item, "id") in out]
    for word, name in (("exchange_delivered", "delivered_quantity"), ("exchange_sent", "shipped_quantity")):
        if details and all(_pieces(detail, name) >= _pieces(item, "quantity") for item, detail in details):
            return word
    return "exchange"


def _pieces(thing: Any, name: str) -> int:
    found = part(thing, name)
    return found if isinstance(found, int) else 0

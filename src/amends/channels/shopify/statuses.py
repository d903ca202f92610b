"""What Shopify says of a return, and what that means to us.

`Return.status` has five words. What lies behind OPEN is told apart by what the return holds: a parcel with a tracking number, goods
that were looked at (dispositions), things in exchange that still have to go out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from amends.facts.platforms import PlatformStatus
from amends.facts.rulebook import Says

STATUSES: Final[Mapping[str, PlatformStatus]] = {
    "REQUESTED": PlatformStatus("requested", Says(zh="买家申请退货", en="Return requested")),
    "OPEN": PlatformStatus("awaiting_return", Says(zh="已同意，等买家寄回", en="Return in progress")),
    "OPEN.RETURNING": PlatformStatus("returning", Says(zh="已同意，退货在途", en="In progress, on its way back")),
    "OPEN.RECEIVED": PlatformStatus("returning", Says(zh="已同意，退货已验收", en="In progress, inspection complete")),
    "OPEN.EXCHANGE": PlatformStatus(
        "awaiting_replacement", Says(zh="退货已验收，待发换货", en="In progress, exchange to be sent")
    ),
    "DECLINED": PlatformStatus("refused", Says(zh="已拒绝", en="Return declined")),
    "CLOSED": PlatformStatus("succeeded", Says(zh="已完成", en="Returned")),
    "CANCELED": PlatformStatus("closed", Says(zh="已取消", en="Return canceled")),
}


def nodes(thing: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """What a connection holds; [] where there is none."""
    found = thing.get(name)
    listed = found.get("nodes") if isinstance(found, dict) else None
    return [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []


def status_of(asked: Mapping[str, Any]) -> str:
    """The key of `STATUSES` that a return stands in; Shopify's own word where it has another."""
    status = str(asked.get("status") or "")
    if status != "OPEN":
        return status
    if is_received(asked):
        return "OPEN.EXCHANGE" if owes_exchange(asked) else "OPEN.RECEIVED"
    return "OPEN.RETURNING" if tracking(asked) or any(dispositions(asked)) else "OPEN"


def tracking(asked: Mapping[str, Any]) -> tuple[str, str] | None:
    """Carrier and number of the first parcel on its way back; None where none has a number."""
    for order in nodes(asked, "reverseFulfillmentOrders"):
        for delivery in nodes(order, "reverseDeliveries"):
            told = (delivery.get("deliverable") or {}).get("tracking") or {}
            if told.get("number"):
                return str(told.get("carrierName") or ""), str(told["number"])
    return None


def to_look_at(asked: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], int]]:
    """The lines of the reverse fulfilment orders, each with how many pieces have not been looked at."""
    for order in nodes(asked, "reverseFulfillmentOrders"):
        if order.get("status") != "CANCELED":
            for line in nodes(order, "lineItems"):
                done = sum([int(item.get("quantity") or 0) for item in line.get("dispositions") or ()])
                yield line, max(0, int(line.get("totalQuantity") or 0) - done)


def dispositions(asked: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """What was found of the goods that came back."""
    for line, _ in to_look_at(asked):
        yield from line.get("dispositions") or ()


def is_received(asked: Mapping[str, Any]) -> bool:
    """Whether all that comes back was looked at."""
    lines = list(to_look_at(asked))
    return bool(lines) and not any(left for _, left in lines)


def owes_exchange(asked: Mapping[str, Any]) -> bool:
    """Whether something in exchange has still to be released for shipping."""
    return any(int(item.get("unprocessedQuantity") or 0) for item in nodes(asked, "exchangeLineItems"))

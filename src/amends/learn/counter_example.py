"""A counter-example in words: the facts of its case file that tell people what happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def told(case: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Will list name and value of the telling facts of a case file, in reading order; what is not known is left out."""
    return [(name, value) for name, value in _facts(case) if value not in (None, [], "")]


def _facts(case: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    order, request, shop = case["order"], case["request"], case.get("shop", {})
    line = order["lines"][0]
    yield "market", case.get("market")
    yield "channel", shop.get("channel")
    yield "kind", request.get("kind")
    yield "reason", request.get("reason")
    yield "category", line.get("category")
    yield "traits", line.get("traits")
    yield "paid", f"{line.get('paid')} {order.get('currency')}"
    yield "labels", shop.get("labels")
    for shipment in case.get("shipments", [])[:1]:
        yield "shipped_at", shipment.get("shipped_at")
        yield "delivered_at", shipment.get("delivered_at")
    yield "requested_at", request.get("requested_at")
    yield from case.get("goods", {}).items()
    yield "inspection_grade", case.get("inspection", {}).get("grade")
    photos = sum(item.get("kind") == "photo" for item in case.get("evidence", []))
    yield "evidence_photos", photos or None
    yield "no_return_confirmed", line.get("no_return_confirmed")

"""One plain case, and ways to bend it."""

from __future__ import annotations

import copy
from typing import Any

PLAIN: dict[str, Any] = {
    "case": "plain",
    "shop": {"channel": "direct"},
    "market": "CN",
    "order": {
        "id": "o1",
        "currency": "CNY",
        "placed_at": "2026-06-01T09:00:00+08:00",
        "lines": [
            {
                "id": "l1",
                "title": "白瓷茶壶",
                "quantity": 2,
                "list_price": "90.00",
                "paid": "180.00",
                "category": "other",
            }
        ],
        "payments": [{"id": "p1", "method": "alipay", "captured": "180.00"}],
    },
    "shipments": [
        {
            "id": "s1",
            "lines": ["l1"],
            "shipped_at": "2026-06-02T10:00:00+08:00",
            "delivered_at": "2026-06-04T15:00:00+08:00",
            "signed_by": "buyer",
            "trace": "delivered",
        }
    ],
    "request": {"kind": "return_refund", "reason": "changed_mind", "requested_at": "2026-06-08T20:00:00+08:00"},
}
CANCELLED: dict[str, Any] = {
    "schema": "amends.case/1",
    "case": "C-1",
    "shop": {"channel": "direct", "name": "acme"},
    "market": "DE",
    "order": {
        "id": "O-1",
        "currency": "EUR",
        "paid_at": "2026-11-20T10:02:00+01:00",
        "shipping_paid": "0.00",
        "lines": [{"id": "l1", "title": "Lamp", "quantity": 1, "paid": "70.00", "category": "home_textile"}],
        "payments": [{"id": "p1", "method": "card", "captured": "70.00", "reference": "pi_1"}],
    },
    "request": {"kind": "cancel", "reason": "changed_mind", "requested_at": "2026-11-24T09:00:00+01:00"},
}
"""A German order that is called off before it is shipped."""
AT = "2026-06-09T09:00:00+08:00"


def bent(path: str, value: Any, name: str = "bent") -> dict[str, Any]:
    """The plain case with the field at `path` (``order.lines.0.paid``) set to `value`; ... takes the field away."""
    case = copy.deepcopy(PLAIN)
    case["case"] = name
    holder: Any = case
    *before, last = [int(part) if part.isdecimal() else part for part in path.split(".")]
    for key in before:
        holder = holder[key]
    if value is ...:
        del holder[last]
    else:
        holder[last] = value
    return case

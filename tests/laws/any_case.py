"""Strategies for case files: valid ones over the whole contract, and damaged ones."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from amends.basics.currencies import EXPONENTS
from amends.basics.money import write_minor
from amends.basics.zones import MARKETS
from amends.facts.codes import (
    CATEGORIES,
    CHANNELS,
    DISPUTE_STAGES,
    EVIDENCE_KINDS,
    GOODS_STATES,
    KINDS,
    METHODS,
    PARTIES,
    REASONS,
    TRAITS,
)

START = datetime(2026, 1, 5, 9, tzinfo=timezone(timedelta(hours=8)))
CURRENCIES = ("CNY", "EUR", "USD", "JPY", "KWD")
maybe = st.sampled_from([None, True, False])


def times(first: int = 0, last: int = 400) -> st.SearchStrategy[datetime]:
    """Moments so many days after the start, to the second."""
    return st.integers(first * 86400, last * 86400).map(lambda seconds: START + timedelta(seconds=seconds))


@st.composite
def lines(draw: st.DrawFn, digits: int) -> list[dict[str, Any]]:
    found = []
    for number in range(draw(st.integers(1, 4))):
        quantity = draw(st.integers(1, 5))
        price = draw(st.integers(0, 50_000))
        paid = draw(st.integers(0, price * quantity))
        line = {
            "id": f"l{number}",
            "quantity": quantity,
            "list_price": write_minor(price, digits),
            "paid": write_minor(paid, digits),
            "category": draw(st.sampled_from(sorted(CATEGORIES))),
            "traits": draw(st.lists(st.sampled_from(sorted(TRAITS)), max_size=2, unique=True)),
            "no_return_confirmed": draw(st.booleans()),
        }
        found.append(line)
    return found


@st.composite
def orders(draw: st.DrawFn) -> dict[str, Any]:
    currency = draw(st.sampled_from(CURRENCIES))
    digits = EXPONENTS[currency]
    bought = draw(lines(digits))
    shipping = draw(st.sampled_from([0, 0, 500, 1234]))
    total = sum(int(line["paid"].replace(".", "")) for line in bought) + shipping
    payments, left = [], total
    for number in range(draw(st.integers(1, 3))):
        captured = left if number == 2 else draw(st.integers(0, left))
        left -= captured
        payments.append((captured, draw(st.integers(0, captured)) if draw(st.integers(0, 3)) == 0 else 0))
    payments[-1] = (payments[-1][0] + left, payments[-1][1])
    order = {
        "id": "o1",
        "currency": currency,
        "placed_at": START.isoformat(),
        "shipping_paid": write_minor(shipping, digits),
        "lines": bought,
        "payments": [
            {
                "id": f"p{number}",
                "method": draw(st.sampled_from(sorted(METHODS))),
                "captured": write_minor(captured, digits),
                "refunded": write_minor(refunded, digits),
            }
            for number, (captured, refunded) in enumerate(payments)
        ],
    }
    if draw(st.booleans()):
        order["discounts"] = [
            {
                "id": "d",
                "kind": "threshold",
                "over": write_minor(draw(st.integers(0, 90_000)), digits),
                "off": write_minor(900, digits),
            }
        ]
    if draw(st.booleans()):
        order["free_shipping_over"] = write_minor(draw(st.integers(0, 90_000)), digits)
        order["free_shipping_value"] = write_minor(draw(st.integers(0, 2_000)), digits)
    return order


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    """A valid case file."""
    order = draw(orders())
    shipped = draw(st.booleans())
    delivered = shipped and draw(st.booleans())
    sent = draw(times(0, 5))
    arrived = sent + timedelta(days=draw(st.integers(1, 9)))
    asked = draw(times(1, 60))
    case: dict[str, Any] = {
        "case": "any",
        "shop": {"channel": draw(st.sampled_from(sorted(CHANNELS))), "return_policy_shown": draw(maybe)},
        "market": draw(st.sampled_from(sorted(MARKETS))),
        "consumer": draw(st.sampled_from([True, True, True, False])),
        "withdrawal_informed": draw(st.booleans()),
        "order": order,
        "shipments": [],
        "request": {
            "kind": draw(st.sampled_from(sorted(KINDS))),
            "reason": draw(st.sampled_from(sorted(REASONS))),
            "requested_at": asked.isoformat(),
        },
        "goods": {name: draw(maybe) for name in GOODS_STATES},
        "defect": {"confirmed": draw(maybe), "minor": draw(maybe), "visible": draw(maybe)},
    }
    if shipped:
        parcel = {
            "id": "s1",
            "shipped_at": sent.isoformat(),
            "trace": draw(st.sampled_from(["in_transit", "lost", "refused"])),
        }
        if delivered:
            parcel |= {
                "delivered_at": arrived.isoformat(),
                "trace": "delivered",
                "signed_by": draw(st.sampled_from(["buyer", "locker"])),
            }
        case["shipments"] = [parcel]
    if draw(st.booleans()):
        picked = draw(st.lists(st.sampled_from(order["lines"]), min_size=1, unique_by=lambda line: str(line["id"])))
        case["request"]["lines"] = [
            {"id": line["id"], "quantity": draw(st.integers(1, line["quantity"]))} for line in picked
        ]
    if draw(st.booleans()):
        case["request"]["amount"] = write_minor(draw(st.integers(0, 200_000)), EXPONENTS[order["currency"]])
    if draw(st.booleans()):
        case["defect"] |= {"share": draw(st.sampled_from([0, 0.2, 0.5, 1])), "repairs_failed": draw(st.integers(0, 3))}
    if draw(st.booleans()):
        case["evidence"] = [
            {
                "kind": draw(st.sampled_from(sorted(EVIDENCE_KINDS))),
                "by": draw(st.sampled_from(sorted(PARTIES))),
                "at": asked.isoformat(),
            }
        ]
    if delivered and draw(st.booleans()):
        case["return_parcel"] = {
            "shipped_at": asked.isoformat(),
            "waybill": "W1",
            "offered_collection": draw(st.booleans()),
        }
        if draw(st.booleans()):
            case["return_parcel"]["signed_at"] = (asked + timedelta(days=3)).isoformat()
            case["inspection"] = {"at": (asked + timedelta(days=4)).isoformat(), "grade": draw(st.sampled_from("ABCD"))}
    if draw(st.integers(0, 3)) == 0:
        case["dispute"] = {"stage": draw(st.sampled_from(sorted(DISPUTE_STAGES)))}
    if draw(st.booleans()):
        case["platform"] = {"deadline": draw(times(1, 70)).isoformat()}
    return case

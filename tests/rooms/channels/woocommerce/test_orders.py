"""A WooCommerce order as the shop writes it, and what is made of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.basics.money import write_minor
from amends.channels.woocommerce.orders import file_of, told
from amends.facts.channels import Access
from amends.facts.imported import ShopSetting
from amends.facts.read_case import read_case
from tests.rooms.channels.talks import answered

HERE = Path(__file__).parent
SHOP = ShopSetting("woo", "woocommerce", "DE", "EUR")
ACCESS = Access(SHOP, "https://shop.example.com", {})
TRIAL = {"kind": "return_refund", "reason": "changed_mind", "requested_at": "2026-11-25T08:00:00+00:00"}


def order(**change: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((HERE / "order.json").read_text(encoding="utf-8"))
    return {**found, **change}


def test_an_order_of_the_shop_word_by_word() -> None:
    refunds = json.loads((HERE / "refunds.json").read_text(encoding="utf-8"))
    found = answered(told(ACCESS, order()), refunds)
    assert found.file == {
        "shop": {"channel": "woocommerce", "name": "woo"},
        "market": "DE",
        "order": {
            "id": "727",
            "currency": "EUR",
            "placed_at": "2026-11-20T08:00:00+00:00",
            "paid_at": "2026-11-20T08:00:20+00:00",
            "shipping_paid": "4.89",
            "discounts": [{"id": "ten", "kind": "order", "off": "10.00"}],
            "lines": [
                {"id": "31", "sku": "J-1", "title": "Jumper", "quantity": 2, "list_price": "40.00", "paid": "70.01"},
                {"id": "32", "sku": "S-1", "title": "Socks", "quantity": 1, "list_price": "20.00", "paid": "20.00"},
            ],
            "payments": [
                {"id": "ch_123", "method": "card", "captured": "94.90", "refunded": "21.00", "reference": "ch_123"}
            ],
        },
        "shipments": [{"id": "JJD1", "shipped_at": "2026-11-20T14:00:00+00:00"}],
        "platform": {"status": "completed"},
    }
    assert (found.contact.email, found.contact.phone, found.contact.name) == (
        "erika@example.com",
        "0043155501",
        "Erika Muster",
    )
    assert found.updated_at.isoformat() == "2026-11-24T10:30:12+00:00"
    assert [(one.reference, one.amount, one.key, one.payment, one.moved) for one in found.refunds] == [
        ("733", 2_000, "am0123", "ch_123", True),
        ("734", 100, "", "ch_123", True),
    ]
    assert read_case({**found.file, "case": "1", "request": TRIAL}).order.shipping_paid == 489


@pytest.mark.parametrize(
    ("change", "path", "wanted"),
    [
        ({"date_paid_gmt": None}, "payments", []),
        ({"shipping": {"country": ""}, "billing": {"country": "AT"}}, "market", "AT"),
        ({"shipping": {"country": "US", "state": "CA"}}, "market", "US-CA"),
        ({"shipping": {"country": "BR", "state": "SP"}}, "market", None),
        ({"meta_data": []}, "shipments", [{"id": "completed", "shipped_at": "2026-11-21T14:00:00+00:00"}]),
        ({"meta_data": [], "date_completed_gmt": None}, "shipments", None),
    ],
)
def test_what_a_shop_leaves_out_is_left_out(change: dict[str, Any], path: str, wanted: Any) -> None:
    file = file_of(order(**change), SHOP, 0)
    assert (file["order"] if path == "payments" else file).get(path) == wanted


AMOUNTS = st.integers(0, 100_000)


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=1, max_size=6), AMOUNTS, st.integers(-500, 500), AMOUNTS)
def test_lines_and_shipping_always_sum_to_what_was_paid(
    lines: list[tuple[int, int]], shipping: int, fee: int, off: int
) -> None:
    """Rounded line by line, with fees above and below zero: the total is the truth, to the last minor unit."""
    whole = max(sum(net + tax for net, tax in lines) + shipping + fee - off % 3, shipping)
    made = order(
        total=write_minor(whole, 2), shipping_total=write_minor(shipping, 2), shipping_tax="0.00",
        line_items=[
            {"id": place, "quantity": 1, "total": write_minor(net, 2), "total_tax": write_minor(tax, 2)}
            for place, (net, tax) in enumerate(lines)
        ],
        fee_lines=[{"id": 99, "name": "fee", "total": write_minor(fee, 2), "total_tax": "0.00"}],
    )  # fmt: skip
    case = read_case({**file_of(made, SHOP, 0), "case": "1", "request": TRIAL}).order
    assert sum(line.paid for line in case.lines) + case.shipping_paid == whole
    assert all(line.paid >= 0 for line in case.lines)

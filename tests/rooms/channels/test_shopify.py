"""Shopify orders CSV: which orders ask for something, and what each line really cost."""

from __future__ import annotations

from typing import Any

import pytest

from amends.channels.shopify.columns import KINDS
from amends.channels.shopify.orders import ShopifyOrders
from amends.facts.codes import KINDS as CODES
from amends.facts.imported import CaseMade, ShopSetting, SourceRow
from tests.exports.makers import SHOPIFY_ROW, SHOPIFY_SECOND_LINE
from tests.rooms.channels.rows import codes, made, not_made, row

FORM = ShopifyOrders()
SHOP = ShopSetting("Nordhus", "shopify", market="DE", currency="EUR")


def rows(**changes: str) -> tuple[SourceRow, SourceRow]:
    given = {name.replace("_", " "): text for name, text in changes.items()}
    return row(SHOPIFY_ROW | given, 2), row(SHOPIFY_SECOND_LINE, 3)


def order(**changes: str) -> CaseMade:
    return made(FORM, SHOP, *rows(**changes))


def test_a_whole_order() -> None:
    assert order().case == {
        "case": "#1042",
        "shop": {"channel": "shopify", "name": "Nordhus"},
        "market": "DE",
        "order": {
            "id": "#1042",
            "currency": "EUR",
            "placed_at": "2026-11-02T10:00:00+01:00",
            "paid_at": "2026-11-02T10:01:00+01:00",
            "shipping_paid": "4.90",
            "discounts": [{"id": "TEN", "kind": "order", "off": "10.00"}],
            "lines": [
                {
                    "id": "l1",
                    "sku": "JKT-M",
                    "title": "Rain jacket - M",
                    "quantity": 2,
                    "list_price": "50.00",
                    "paid": "92.86",
                },
                {"id": "l2", "sku": "HAT", "title": "Wool hat", "quantity": 1, "list_price": "40.00", "paid": "37.14"},
            ],
            "payments": [{"id": "p1", "method": "card", "captured": "134.90", "refunded": "0.00"}],
        },
        "shipments": [{"id": "s1", "shipped_at": "2026-11-03T09:00:00+01:00"}],
        "request": {"kind": "return_refund", "reason": "wrong_size", "requested_at": "2026-11-12T00:00:00+01:00"},
        "buyer": {"name": "Jonas Weber"},
        "platform": {"status": "paid, fulfilled"},
    }


def _minor(text: str) -> int:
    return int(text.replace(".", ""))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"Subtotal": "140.00", "Total": "144.90"},
        {"Subtotal": "130.00", "Total": "156.44", "Taxes": "21.54"},
        {"Subtotal": "130.00", "Total": "130.00"},
        {"Subtotal": "0.00", "Total": "4.90"},
    ],
)
def test_lines_and_shipping_sum_to_the_total(changes: dict[str, str]) -> None:
    found: dict[str, Any] = order(**changes).case["order"]
    total = sum(_minor(line["paid"]) for line in found["lines"]) + _minor(found["shipping_paid"])
    assert total == _minor((SHOPIFY_ROW | changes)["Total"])


def test_taxes_on_top_are_told() -> None:
    assert codes(order(Total="156.44")) == ["taxes_shared"]


@pytest.mark.parametrize(
    ("country", "province", "market"),
    [("US", "CA", "US-CA"), ("US", "NY", "US-NY"), ("US", "TX", "US"), ("GB", "ENG", "GB"), ("FR", "", "FR")],
)
def test_the_market_is_where_it_was_shipped(country: str, province: str, market: str) -> None:
    assert order(Shipping_Country=country, Shipping_Province=province).case["market"] == market


@pytest.mark.parametrize(
    ("word", "method", "told"),
    [
        ("Shopify Payments", "card", False),
        ("PayPal Express Checkout", "paypal", False),
        ("gift_card", "gift_card", False),
        ("Cash on Delivery (COD)", "cod", False),
        ("gift_card + Shopify Payments", "platform", True),
        ("Klarna", "platform", True),
    ],
)
def test_payment_methods(word: str, method: str, told: bool) -> None:
    found = order(Payment_Method=word)
    assert found.case["order"]["payments"][0]["method"] == method
    assert ("payment_unknown" in codes(found)) == told


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("return-requested 2026-11-12", "return_refund"),
        ("2026-11-12 customer wants a refund", "refund_only"),
        ("Exchange for L, 2026-11-12", "exchange"),
        ("needs repair 2026-11-12", "repair"),
        ("price match asked 2026-11-12", "price_adjustment"),
    ],
)
def test_what_tags_ask(words: str, kind: str) -> None:
    assert order(Tags=words).case["request"]["kind"] == kind
    found = order(Tags="", Notes=words).case["request"]
    assert (found["kind"], found["message"]) == (kind, words)


def test_every_kind_that_tags_can_ask_is_one_of_the_contracts() -> None:
    assert {kind for _, kind in KINDS} <= CODES


def test_a_cancelled_order() -> None:
    found = order(Tags="inventory", Cancelled_at="2026-11-04 08:00:00 +0100").case["request"]
    assert (found["kind"], found["reason"]) == ("cancel", "out_of_stock")
    assert found["requested_at"] == "2026-11-04T08:00:00+01:00"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"Tags": "vip, returning customer"}, "nothing_to_decide"),
        ({"Tags": ""}, "nothing_to_decide"),
        ({"Tags": "", "Financial_Status": "partially_refunded", "Refunded_Amount": "20.00"}, "already_refunded"),
    ],
)
def test_an_order_that_asks_for_nothing_is_no_case(changes: dict[str, str], code: str) -> None:
    found = not_made(FORM, SHOP, *rows(**changes))
    assert (found.remark.code, found.nothing_to_decide) == (code, True)


def test_a_request_without_a_date_is_refused_and_says_how_to_write_it() -> None:
    found = not_made(FORM, SHOP, *rows(Tags="return-requested"))
    assert (found.remark.code, found.nothing_to_decide) == ("request_time_missing", False)
    assert "return-requested 2026-11-20" in found.remark.en


def test_money_back_already() -> None:
    part = order(Financial_Status="partially_refunded", Refunded_Amount="20.00")
    assert (part.state, part.case["order"]["payments"][0]["refunded"]) == ("open", "20.00")
    assert order(Financial_Status="refunded", Refunded_Amount="134.90").state == "closed"


def test_rows_of_an_order_stand_together() -> None:
    other = row(SHOPIFY_ROW | {"Name": "#1043"}, 4)
    assert [len(group) for group in FORM.groups([*rows(), other])] == [2, 1]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"Total": "abc"}, "bad_amount"),
        ({"Total": "1.00"}, "totals_differ"),
        ({"Currency": "EURO"}, "unknown_value"),
        ({"Lineitem_quantity": "0"}, "unknown_value"),
        ({"Lineitem_quantity": "²"}, "unknown_value"),
        ({"Shipping_Country": "", "Billing_Country": ""}, "missing"),
        ({"Lineitem_price": "1.005"}, "bad_amount"),
    ],
)
def test_what_cannot_be_read_refuses_the_order(changes: dict[str, str], code: str) -> None:
    assert not_made(FORM, SHOP, *rows(**changes)).remark.code == code


def test_yen_have_no_minor_digits() -> None:
    found = order(Currency="JPY", Subtotal="140", Shipping="500", Total="640", Shipping_Country="JP")
    assert found.case["order"]["payments"][0]["captured"] == "640"

"""What must hold of any order at Shopify: no cent is lost between total and lines, no payment gives back more than it took."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from amends.basics.money import write_minor
from amends.channels.shopify.numbers import mark, marks
from amends.channels.shopify.order_money import payments, refunds
from amends.channels.shopify.told_order import order_parts
from amends.facts.imported import ShopSetting

SHOP = ShopSetting("Nordhus", "shopify", market="DE", currency="EUR")
DIGITS = {"EUR": 2, "JPY": 0, "KWD": 3}
AMOUNTS = st.integers(0, 10_000_00)
STATES = st.sampled_from(["SUCCESS", "PENDING", "FAILURE", "ERROR", "AWAITING_RESPONSE", "UNKNOWN", "NEVER_SEEN"])


def bag(amount: int, currency: str) -> dict[str, Any]:
    return {"presentmentMoney": {"amount": write_minor(amount, DIGITS[currency]), "currencyCode": currency}}


@st.composite
def lines(draw: st.DrawFn, currency: str) -> list[dict[str, Any]]:
    found = []
    for place in range(draw(st.integers(1, 6))):
        quantity = draw(st.integers(1, 5))
        total = draw(AMOUNTS)
        off = draw(st.integers(0, total))
        found.append(
            {
                "id": f"gid://shopify/LineItem/{place}",
                "quantity": quantity,
                "currentQuantity": draw(st.integers(0, quantity)),
                "originalUnitPriceSet": bag(total // quantity, currency),
                "originalTotalSet": bag(total, currency),
                "discountAllocations": [{"allocatedAmountSet": bag(off, currency)}],
                "taxLines": [{"priceSet": bag(draw(st.integers(0, 500)), currency)}],
            }
        )
    return found


@st.composite
def orders(draw: st.DrawFn) -> dict[str, Any]:
    currency = draw(st.sampled_from(sorted(DIGITS)))
    captured = [draw(st.integers(1, 10_000_00)) for _ in range(draw(st.integers(1, 3)))]
    sales = [
        {
            "id": f"t{n}",
            "kind": "SALE",
            "status": "SUCCESS",
            "gateway": "x",
            "paymentId": draw(st.sampled_from(["p", "q", None])),
        }
        | {"amountSet": bag(amount, currency)}
        for n, amount in enumerate(captured)
    ]
    back = []
    for n in range(draw(st.integers(0, 5))):
        parent = draw(st.sampled_from([*({"id": sale["id"]} for sale in sales), None]))
        amount = draw(st.integers(1, 10_000_00))
        back.append(
            {"id": f"r{n}", "kind": "REFUND", "status": draw(STATES), "parentTransaction": parent}
            | {"amountSet": bag(amount, currency)}
        )
    return {
        "id": "gid://shopify/Order/1",
        "name": "#1",
        "presentmentCurrencyCode": currency,
        "taxesIncluded": draw(st.booleans()),
        "edited": draw(st.booleans()),
        "taken_back": draw(
            st.dictionaries(st.sampled_from([f"gid://shopify/LineItem/{n}" for n in range(6)]), st.integers(0, 3))
        ),
        "createdAt": "2026-11-02T10:00:00Z",
        "totalPriceSet": bag(draw(AMOUNTS), currency),
        "shippingLines": {
            "nodes": [
                {"isRemoved": False, "discountedPriceSet": bag(draw(st.integers(0, 5000)), currency), "taxLines": []}
            ]
        },
        "lineItems": {"nodes": draw(lines(currency))},
        "transactions": draw(st.permutations([*sales, *back])),
        "refunds": [{"id": f"R{n}", "note": None, "transactions": {"nodes": [one]}} for n, one in enumerate(back)],
    }


def amount(text: str) -> int:
    return int(text.replace(".", ""))


@given(orders())
def test_lines_and_shipping_are_the_total(order: dict[str, Any]) -> None:
    told = order_parts(order, SHOP)["order"]
    found = [amount(line["paid"]) for line in told.get("lines", [])]
    assert all(paid >= 0 for paid in found)
    if found:
        total = amount(order["totalPriceSet"]["presentmentMoney"]["amount"])
        assert sum(found) + amount(told["shipping_paid"]) == total


@given(orders())
def test_no_payment_gives_back_more_than_it_took_and_each_has_a_name_of_its_own(order: dict[str, Any]) -> None:
    told = payments(order)
    assert all(0 <= amount(one["refunded"]) <= amount(one["captured"]) for one in told)
    assert len({one["id"] for one in told}) == len(told)


@given(orders())
def test_money_that_did_not_move_is_not_told_and_what_moved_is_told_once(order: dict[str, Any]) -> None:
    told = [one for _, one in refunds(order)]
    moving = [
        one["id"]
        for one in order["transactions"]
        if one["kind"] == "REFUND" and one["status"] not in ("FAILURE", "ERROR")
    ]
    assert len(told) == len(moving)
    assert len({one.reference for one in told}) == len(told)


@given(st.text(alphabet=st.characters(exclude_characters="[]")), st.from_regex(r"[A-Za-z0-9_-]{1,64}", fullmatch=True))
def test_a_mark_is_found_again_in_whatever_stands_around_it(text: str, key: str) -> None:
    assert marks(f"{text}{mark(key, '#1001-R1')}{text}") == [(key, "#1001-R1")]
    assert marks(f"{text}{mark(key)}{text}") == [(key, "")]

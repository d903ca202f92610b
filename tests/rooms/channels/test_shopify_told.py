"""Readings of Shopify's returns and orders, the odd ones above all."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from amends.channels.shopify.statuses import STATUSES, status_of
from amends.channels.shopify.told_order import line_paid, told_order
from amends.channels.shopify.told_return import REASONS, told_return
from amends.facts.channels import UnableToTalk
from amends.facts.codes import REASONS as OURS
from amends.facts.imported import CaseMade, RowRefused, ShopSetting
from amends.facts.platforms import ToldCase
from tests.rooms.channels.shopify_house import ACCESS, CHANNEL, SEAL, House, answered

SHOP = ShopSetting("Nordhus", "shopify", market="DE", currency="USD")
ANSWERS = json.loads((Path(__file__).parents[2] / "golden/shopify/answers.json").read_text(encoding="utf-8"))


@pytest.fixture
def order() -> dict[str, Any]:
    found: dict[str, Any] = copy.deepcopy(ANSWERS["AmendsOrder"]["order"])
    return found | {"edited": False}


@pytest.fixture
def asked() -> dict[str, Any]:
    found: dict[str, Any] = copy.deepcopy(ANSWERS["AmendsReturns"]["order"]["returns"]["nodes"][1])
    return found


def case_of(told: ToldCase) -> dict[str, Any]:
    assert isinstance(told.made, CaseMade)
    return told.made.case


def way_back(*items: tuple[int, int], status: str = "OPEN", number: str = "") -> dict[str, Any]:
    lines = [
        {
            "id": str(place),
            "totalQuantity": total,
            "dispositions": [{"type": "MISSING", "quantity": seen, "createdAt": "2026-11-24T00:00:00Z"}]
            if seen
            else [],
        }
        for place, (total, seen) in enumerate(items)
    ]
    tracking = {"carrierName": None, "number": number} if number else None
    delivery = {"id": "d", "deliverable": {"tracking": tracking} if tracking else None}
    return {"status": status, "lineItems": {"nodes": lines}, "reverseDeliveries": {"nodes": [delivery]}}


@pytest.mark.parametrize(
    ("orders", "exchange", "status"),
    [
        ([], 0, "OPEN"),
        ([way_back((2, 0))], 0, "OPEN"),
        ([way_back((2, 0), number="1Z")], 0, "OPEN.RETURNING"),
        ([way_back((2, 1))], 0, "OPEN.RETURNING"),
        ([way_back((2, 2))], 0, "OPEN.RECEIVED"),
        ([way_back((2, 2), (1, 0))], 0, "OPEN.RETURNING"),
        ([way_back((2, 2)), way_back((1, 0), status="CANCELED")], 0, "OPEN.RECEIVED"),
        ([way_back((2, 2))], 1, "OPEN.EXCHANGE"),
        ([way_back((2, 0), number="1Z")], 1, "OPEN.RETURNING"),
        ([], 1, "OPEN"),
    ],
)
def test_what_lies_behind_open(orders: list[dict[str, Any]], exchange: int, status: str) -> None:
    asked = {
        "status": "OPEN",
        "reverseFulfillmentOrders": {"nodes": orders},
        "exchangeLineItems": {"nodes": [{"unprocessedQuantity": exchange}]},
    }
    assert status_of(asked) == status
    assert status in STATUSES


def test_a_status_nobody_knows_is_told_open_and_with_an_alarm(asked: dict[str, Any], order: dict[str, Any]) -> None:
    told = told_return(asked | {"status": "HELD"}, order, SHOP)
    assert (told.status, told.standing, told.final) == ("HELD", None, False)
    assert [alarm.code for alarm in told.alarms] == ["status_unknown"]
    assert case_of(told)["platform"]["status"] == "HELD"


@pytest.mark.parametrize(
    ("handle", "name", "note", "ours", "remarks"),
    [
        ("too-tight", "x", "", "wrong_size", []),
        ("arrived_late", "x", "", "delivery_delayed", []),
        ("new-handle", "Item is defective", "", "quality", []),
        ("new-handle", "Neu", "It arrived broken", "damaged", []),
        ("other", "Other", "不想要了", "changed_mind", []),
        ("new-handle", "Neu", "", "other", ["reason_unknown"]),
        ("", "", "", "other", ["reason_missing"]),
    ],
)
def test_the_reason_by_handle_name_and_note(
    asked: dict[str, Any], order: dict[str, Any], handle: str, name: str, note: str, ours: str, remarks: list[str]
) -> None:
    line = asked["returnLineItems"]["nodes"][0]
    line["returnReasonDefinition"] = {"handle": handle, "name": name} if handle else None
    line["customerNote"] = note
    told = told_return(asked, order, SHOP)
    assert case_of(told)["request"]["reason"] == ours
    assert isinstance(told.made, CaseMade)
    assert [remark.code for remark in told.made.remarks] == remarks


def test_the_reasons_are_ones_of_ours() -> None:
    assert set(REASONS.values()) <= set(OURS)


def test_a_buyer_who_is_hidden_has_the_shops_law(order: dict[str, Any]) -> None:
    told = told_order(order | {"email": None, "shippingAddress": None, "billingAddress": None}, SHOP)
    assert (told.contact.email, told.contact.phone, told.contact.name) == ("", "", "")
    assert told.file["market"] == "DE"
    assert "buyer" not in told.file


@pytest.mark.parametrize(("included", "paid"), [(True, 7_200), (False, 7_848)])
def test_a_line_is_its_price_less_discounts_with_tax(included: bool, paid: int) -> None:
    line = {"originalTotalSet": bag("90.0"), "taxLines": [{"priceSet": bag("6.0")}, {"priceSet": bag("0.48")}]}
    line |= {"discountAllocations": [{"allocatedAmountSet": bag("9")}, {"allocatedAmountSet": bag("9.00")}]}
    assert line_paid(line, included, 2) == paid


def bag(amount: str) -> dict[str, Any]:
    return {"presentmentMoney": {"amount": amount, "currencyCode": "USD"}}


def test_money_that_cannot_be_read_refuses_the_case_and_loses_nothing(
    asked: dict[str, Any], order: dict[str, Any]
) -> None:
    told = told_return(asked, order | {"presentmentCurrencyCode": "XXX"}, SHOP)
    assert isinstance(told.made, RowRefused)
    assert told.made.key == told.number == "#1042-R2"
    assert "XXX" in told.made.remark.en


def test_a_return_with_another_name_goes_by_its_id(asked: dict[str, Any], order: dict[str, Any]) -> None:
    assert told_return(asked | {"name": "RMA 7"}, order, SHOP).number == asked["id"]
    assert told_return(asked | {"name": "#9-R2"}, order, SHOP).number == asked["id"]


def test_what_was_cut_short_alarms(asked: dict[str, Any], order: dict[str, Any]) -> None:
    asked["returnLineItems"]["pageInfo"]["hasNextPage"] = True
    assert [alarm.code for alarm in told_return(asked, order, SHOP).alarms] == ["cut_short"]


@pytest.mark.parametrize(
    ("kind", "status", "stage"),
    [
        ("CHARGEBACK", "NEEDS_RESPONSE", "evidence_due"),
        ("CHARGEBACK", "UNDER_REVIEW", "open"),
        ("CHARGEBACK", "LOST", "lost"),
        ("INQUIRY", "NEEDS_RESPONSE", "alert"),
        ("INQUIRY", "WON", "won"),
        ("CHARGEBACK", "PREVENTED", None),
    ],
)
def test_disputes(asked: dict[str, Any], order: dict[str, Any], kind: str, status: str, stage: str | None) -> None:
    told = told_return(asked, order | {"disputes": [{"id": "1", "initiatedAs": kind, "status": status}]}, SHOP)
    assert case_of(told).get("dispute", {}).get("stage") == stage


def test_an_order_without_a_time_of_change_is_strange(order: dict[str, Any]) -> None:
    with pytest.raises(UnableToTalk):
        told_order(order | {"updatedAt": None}, SHOP)


def test_orders_of_many_lines_and_refunds_are_read_whole() -> None:
    house = House()
    sold = house.fake.sell([{"paid": 100 + place} for place in range(75)])
    for _ in range(12):
        house.fake.refund_outside(sold.payment, 10)
    told = house.say(CHANNEL.order(ACCESS, sold.number, SEAL))
    assert told is not None
    assert [line["paid"] for line in told.file["order"]["lines"]] == [f"{(100 + n) / 100:.2f}" for n in range(75)]
    assert len(told.refunds) == 12
    assert told.file["order"]["payments"][0]["refunded"] == "1.20"


def test_an_order_with_several_returns_tells_each() -> None:
    house = House()
    sold = house.fake.sell()
    cases = [house.fake.ask(sold.number, amount=1) for _ in range(5)]
    for case in cases:
        told = house.say(CHANNEL.one(ACCESS, case.number, SEAL))
        assert told is not None
        assert told.number == case.number
    assert house.say(CHANNEL.one(ACCESS, f"{sold.number}-R9", SEAL)) is None


def test_names_are_found_with_and_without_their_mark_and_ids_at_once() -> None:
    house = House()
    sold = house.fake.sell()
    identity = house.fake.shapes.order_gid(sold.number)
    for number in ("#1001", "1001", identity):
        told = house.say(CHANNEL.order(ACCESS, number, SEAL))
        assert told is not None
        assert told.number == "#1001"
    for number in ("", '"', "100", "gid://shopify/Return/1", "gid://shopify/Order/1"):
        assert house.say(CHANNEL.order(ACCESS, number, SEAL)) is None


def test_two_orders_of_one_name_are_never_mixed_up() -> None:
    talk = CHANNEL.order(ACCESS, "#1001", SEAL)
    next(talk)
    found = {"data": {"orders": {"nodes": [{"id": "gid://shopify/Order/1", "name": "#1001"}] * 2}}}
    with pytest.raises(UnableToTalk) as told:
        talk.send(answered(json.dumps(found).encode()))
    assert told.value.why == "strange"

"""A station by the API: scanned, received with its weight, inspected line by line, and the money that follows."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api_house import Caller, order_parts, shop_row, token, wish


@pytest.fixture
def caller(database: Any) -> Caller:
    """A warehouse's system."""
    shop_row()
    made = Caller(token())
    made.done("PUT", "/shops/acme/orders/O-1", order_parts())
    return made


def approved(caller: Caller) -> int:
    number: int = caller.done("POST", "/cases", wish("O-1"))["id"]
    caller.done("POST", f"/cases/{number}/approve", {})
    caller.done("POST", f"/cases/{number}/parcel", {"waybill": "SF1234567890"})
    return number


def test_a_parcel_is_scanned_received_and_inspected_by_calls(caller: Caller) -> None:
    number = approved(caller)
    [hit] = caller.done("GET", "/station/scan?code=SF1234567890")["items"]
    assert (hit["kind"], hit["id"], hit["by"]) == ("case", number, "waybill")
    here = caller.done("POST", f"/cases/{number}/arrivals", {"waybill": "SF1234567890", "grams": 420, "place": "A-3"})
    assert here["tracks"]["goods"] == "arrived"
    again = caller.call("POST", f"/cases/{number}/arrivals", {"waybill": "SF1234567890"})
    assert (again.status_code, again.json()["code"]) == (409, "not_possible")
    found = caller.done("POST", f"/cases/{number}/sheet", {"lines": [{"line": "l1", "good": 1}]})
    assert found["tracks"]["goods"] == "inspected"
    second = caller.call("POST", f"/cases/{number}/sheet", {"lines": [{"line": "l1", "good": 1}]})
    assert second.json()["code"] == "not_allowed"


def test_what_costs_the_buyer_money_needs_a_photo_and_right_counts(caller: Caller) -> None:
    number = approved(caller)
    caller.done("POST", f"/cases/{number}/arrivals", {})
    wrong = caller.call("POST", f"/cases/{number}/sheet", {"lines": [{"line": "l1", "good": 3}]})
    assert wrong.json()["code"] == "bad_value"
    bare = caller.call("POST", f"/cases/{number}/sheet", {"lines": [{"line": "l1", "missing": 1}]})
    assert (bare.json()["code"], bare.json()["field"]) == ("bad_value", "files")


def test_a_scan_finds_nothing_of_others(caller: Caller) -> None:
    approved(caller)
    assert Caller(token(merchant="another")).done("GET", "/station/scan?code=SF1234567890") == {"items": []}

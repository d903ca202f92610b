"""Freight by the API: who pays, a courier booked and called off, insurance, a claim against a carrier, each once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.api_house import Caller, shop_row, token
from tests.booking_house import booking
from tests.pickup_house import DOOR, TERMS, china_case, push, run

ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@ONE
def test_a_courier_is_booked_followed_and_called_off_by_calls(database: Any, tmp_path: Path) -> None:
    from amends.web.front import front, install

    shop_row()
    caller, mine = Caller(token()), front()
    door = {name: value for name, value in DOOR.items() if name != "grams"} | {"grams": 900}
    with booking("kuaidi100", tmp_path, TERMS) as booked:
        install(replace(mine, bookings=booked.desk, freight=booked.desk.freight))
        try:
            number = china_case(booked)
            path = f"/cases/{number}"
            seen = caller.done("GET", f"{path}/freight")
            assert (seen["payer"], seen["collects"], seen["sells"], seen["live"]) == ("merchant", "kuaidi100", "", None)
            assert seen["rules"][0]["source"]
            wrong = caller.call("POST", f"{path}/pickup-rates", door | {"phone": "1"})
            assert (wrong.status_code, wrong.json()["field"]) == (422, "phone")
            unsold = caller.call(
                "POST", f"{path}/label-rates", {"name": "A", "street": "1", "city": "B", "zip": "2", "country": "CN"}
            )
            assert unsold.json()["code"] == "not_possible"
            quote = caller.done("POST", f"{path}/pickup-rates", door)["quote"]
            offer = quote["offers"][-1]
            assert (offer["carrier"], offer["amount"], offer["currency"]) == ("yto", "8.30", "CNY")
            buy, body = (
                f"{path}/bookings/{quote['booking']}/buy",
                {"offer": offer["offer"], "window": offer["windows"][0]},
            )
            poor = Caller(token(scopes=["cases:read", "cases:write"])).call("POST", buy, body)
            assert poor.json()["code"] == "scope_missing"
            assert caller.call("POST", buy, body | {"window": "2020-01-01 09:00-12:00"}).json()["field"] == "window"
            for _ in range(2):  # the same key: the same answer, and one courier
                wish = caller.done("POST", buy, body, key="once")
            assert (wish["live"]["state"], wish["live"]["payer"]) == ("wanted", "merchant")
            run(booked)
            push(booked, "accepted", courier="张师傅")
            live = caller.done("GET", f"{path}/freight")["live"]
            assert (live["state"], live["stage"], live["courier"], live["cost"]) == (
                "booked",
                "accepted",
                "张师傅",
                "8.30",
            )
            assert (len(booked.fake.couriers.orders), live["window"], bool(live["waybill"])) == (
                1,
                body["window"],
                True,
            )
            caller.done("POST", f"{path}/bookings/{live['id']}/void")
            run(booked)
            after = caller.done("GET", f"{path}/freight")
            assert (after["live"], [one["state"] for one in after["past"]], after["way"]) == (None, ["voided"], "")
        finally:
            install(mine)


@ONE
def test_insurance_and_a_claim_are_noted_by_calls(database: Any) -> None:
    from tests.api_house import order_parts, wish

    shop_row()
    caller = Caller(token())
    caller.done("PUT", "/shops/acme/orders/O-1", order_parts())
    path = f"/cases/{caller.done('POST', '/cases', wish('O-1'))['id']}"
    noted = caller.done("POST", f"{path}/insurance", {"move": "note", "insured_by": "buyer", "amount": "9.00"})
    assert (noted["insurance"]["state"], noted["insurance"]["expected"]) == ("to_claim", "9.00")
    assert caller.call("POST", f"{path}/insurance", {"move": "expect"}).json()["code"] == "not_possible"
    paid = caller.done("POST", f"{path}/insurance", {"move": "pay", "amount": "8.50"})
    assert (paid["insurance"]["paid"], paid["insurance"]["moves"]) == ("8.50", [])
    body = {"kind": "loss", "waybill": "1Z999AA10123456784", "carrier": "UPS", "amount": "20.00"}
    [one] = caller.done("POST", f"{path}/carrier-claims", body)["claims"]
    assert (one["state"], one["carrier"], "send" in one["moves"], bool(one["proof"])) == ("drafted", "ups", True, True)
    assert caller.call("POST", f"{path}/carrier-claims", body).json()["code"] == "not_possible"
    move = f"{path}/carrier-claims/{one['id']}/move"
    assert caller.call("POST", move, {"move": "pay", "paid": "5.00"}).json()["code"] == "not_possible"
    caller.done("POST", move, {"move": "send", "reference": "UPS-77"})
    assert [item["reference"] for item in caller.done("GET", "/carrier-claims")["items"]] == ["UPS-77"]
    caller.done("POST", move, {"move": "pay", "paid": "12.00"})
    [item] = caller.done("GET", "/carrier-claims?settled=true")["items"]
    assert (item["state"], item["paid"]) == ("paid", "12.00")
    assert Caller(token(merchant="another")).done("GET", "/carrier-claims?settled=true")["items"] == []
    assert caller.done("POST", f"{path}/way-back", {"way": "self"})["way"] == "self"

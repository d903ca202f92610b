"""A shop's system sees stock held and released, confirms a difference, ships, and reads what is left."""

from __future__ import annotations

from typing import Any

from tests.api_house import Caller, shop_row, token
from tests.money_house import case_of
from tests.remedy_house import delivered


def heard(caller: Caller) -> list[dict[str, Any]]:
    return [one for one in caller.done("GET", "/events?limit=100")["items"] if one["type"].startswith("case.")]


def test_an_exchange_with_a_difference_by_the_api(database: Any) -> None:
    shop_row()
    shop = Caller(token())
    number = case_of(delivered("exchange"))
    path = f"/cases/{number}"
    shop.done("POST", f"{path}/offer", {"kind": "exchange"})
    shop.done("POST", f"{path}/offers/1/answer", {"accepts": True})
    piece = {"line": "l1", "sku": "LAMP-RED", "title": "Red lamp", "price": "80.00"}
    shop.done("POST", f"{path}/choose", {"pieces": [piece], "link": "https://pay.example/1"})
    told = shop.done("GET", f"{path}/remedy")
    assert [(one["sku"], one["state"]) for one in told["holds"]] == [("l1", "released"), ("LAMP-RED", "held")]
    assert [(one["amount"], one["state"]) for one in told["charges"]] == [("10.00", "asked")]
    assert shop.call("POST", f"{path}/charges/1/paid", {"reference": "TX1"}).status_code == 409
    shop.done("POST", f"{path}/charges/1/answer", {"accepts": True})
    assert shop.call("POST", f"{path}/charges/1/paid", {"reference": "TX1", "amount": "9.00"}).status_code == 422
    for _ in range(2):
        shop.done("POST", f"{path}/charges/1/paid", {"reference": "TX1", "amount": "10.00"})
    shop.done("POST", f"{path}/parcel", {"waybill": "WB-12345"})
    shop.done("POST", f"{path}/inspect", {"grade": "A"})
    shop.done("POST", f"{path}/ship-replacement", {"waybill": "WB-1"})
    shop.done("POST", f"{path}/replacement-delivered", {})
    assert shop.done("GET", path)["status"] == "closed"
    events = {one["type"]: one["data"]["details"] for one in heard(shop)}
    assert events["case.stock_held"]["stock"][0]["sku"] == "LAMP-RED"
    assert events["case.stock_released"]["why"] == "chosen_anew"
    assert events["case.replacement_shipped"]["stock"][0]["quantity"] == 1
    assert events["case.charge_agreed"]["amount"] == "10.00"
    assert [one["type"] for one in heard(shop)].count("case.charge_paid") == 1


def test_the_shop_releases_stock_once(database: Any) -> None:
    shop_row()
    shop = Caller(token())
    number = case_of(delivered("resend", "missing_item"))
    shop.done("POST", f"/cases/{number}/offer", {"kind": "resend"})
    shop.done("POST", f"/cases/{number}/offers/1/answer", {"accepts": True})
    shop.done("POST", f"/cases/{number}/release-stock")
    assert shop.call("POST", f"/cases/{number}/release-stock").status_code == 409

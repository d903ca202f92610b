"""Every operation of the API × scopes × roles × another merchant's data."""

from __future__ import annotations

import json
from typing import Any

import pytest

from amends.facts.api import SCOPES
from tests.api_house import Caller, order_parts, shop_row, token, wish

BODIES: dict[str, Any] = {
    "open_case": wish("O-1"),
    "tell_order": order_parts(),
    "decide": {"file": {}},
    "check_policy": {"text": "policy: x"},
    "case_refuse": {"reason": "other", "text": "no"},
    "case_ask": {"text": "a photo"},
    "case_evidence": {"items": [{"kind": "photo"}]},
    "case_offer": {"kind": "full_refund"},
    "case_offers_answer": {"accepts": False},
    "case_reopen": {"why": "again"},
    "case_close": {"reason": "mistake"},
    "case_note": {"text": "n"},
    "case_message": {"text": "n", "from_buyer": True},
    "case_assign": {"to": "mei"},
    "case_escalate": {"role": "lead", "why": "w"},
    "case_split": {"lines": ["l1"]},
    "case_merge": {"into": 10**8},
    "case_parcel": {"waybill": "WB-1234"},
    "case_inspect": {"grade": "A"},
    "case_lost": {"why": "gone"},
    "case_send_goods_back": {"waybill": "W"},
    "case_ship_replacement": {"waybill": "W"},
    "case_approval_no": {"why": "no"},
    "case_choose": {"pieces": [{"line": "l1"}]},
    "case_choices": {"pieces": [{"line": "l1"}]},
    "case_charges_answer": {"accepts": True},
    "case_charges_paid": {"reference": "TX"},
    "case_charges_capture": {"reference": "TX"},
    "case_quote": {"text": "New glass"},
    "case_repair": {"step": "start"},
    "case_failed": {"wants": "exchange", "why": "broken"},
    "case_price_protection": {"price": "1.00", "proof": "listing"},
    "case_replacement_lost": {"why": "gone"},
    "case_sheet": {"lines": [{"line": "l1", "good": 1}]},
    "prove_step": {"proof": "B"},
    "prove_case": {"proof": "B"},
    "give_extra": {"turn": 0, "kind": "goodwill", "amount": "1.00", "note": "n"},
    "refuse_plan": {"why": "no"},
    "preview_bulk": {"cases": [1]},
    "run_bulk": {"cases": [1], "verb": "take"},
    "make_webhook": {"url": "https://shop.example/hook"},
    "tell_listing": {"title": "Lamp"},
    "tell_signs": {"order": "O-1", "paid_at": "2026-01-01T00:00:00Z", "amount": "1.00", "currency": "EUR"},
    "open_dispute": {
        "sort": "card",
        "forum": "visa",
        "reason": "13.1",
        "reference": "D-2",
        "amount": "5.00",
        "opened": "2026-01-01T00:00:00Z",
    },
    "dispute_join": {"case": 10**8},
    "dispute_submit": {"digest": "0" * 64},
    "dispute_accept": {"why": "due"},
    "dispute_appeal": {"why": "overlooked"},
    "dispute_ruling": {"outcome": "won", "liability": "buyer"},
    "label_rates": {"name": "A", "street": "1", "city": "B", "zip": "2", "country": "US"},
    "pickup_rates": {"name": "A", "phone": "13800138000", "state": "B", "city": "C", "street": "1"},
    "case_bookings_buy": {"offer": "x"},
    "case_bookings_say": {"said": "not_bought"},
    "case_way_back": {"way": "self"},
    "case_insurance": {"move": "note"},
    "case_reimburse": {"amount": "1.00", "receipt": "0" * 64},
    "case_carrier_claims": {"kind": "loss", "waybill": "W12345", "amount": "5.00"},
    "case_carrier_claims_move": {"move": "send"},
    "case_signals_wrong": {"code": "used_elsewhere", "waybill": "W1", "why": "two in one box"},
    "case_interceptions_told": {"move": "accept"},
    "tell_scores": {"values": {"score": "80"}},
    "tell_reviews": {"items": [{"review": "R-1", "stars": 2, "at": "2026-01-01T00:00:00Z"}]},
    "replay_failed": {"since": "2026-01-01T00:00:00Z"},
}
"""What each operation that needs more than `{}` is sent."""


def operations() -> dict[str, tuple[str, str, str]]:
    """Every operation: its method, path and scope."""
    from amends.web.api.api import document

    found = {}
    for path, methods in json.loads(document())["paths"].items():
        for method, operation in methods.items():
            found[operation["operationId"]] = (method.upper(), path.removeprefix("/api/v1"), operation["x-scope"])
    return found


def call(caller: Caller, name: str, operation: tuple[str, str, str], numbers: dict[str, int]) -> Any:
    method, path, _ = operation
    for field, value in (
        {
            "id": 0,
            "step": 1,
            "plan": 1,
            "offer": 1,
            "delivery": 1,
            "charge": 1,
            "choice": 1,
            "dispute": 1,
            "booking": 1,
            "claim": 1,
            "interception": 1,
        }
        | numbers
    ).items():
        path = path.replace("{" + field + "}", str(value))
    path = path.replace("{shop}", "acme").replace("{number}", "O-1")
    return caller.call(method, path, BODIES.get(name, {}) if method != "GET" else None)


@pytest.fixture
def house(database: Any) -> dict[str, int]:
    """A shop with an order, a case and a webhook."""
    shop_row()
    maker = Caller(token())
    maker.done("PUT", "/shops/acme/orders/O-1", order_parts())
    case = maker.done("POST", "/cases", wish("O-1", key="OURS"))["id"]
    hook = maker.done("POST", "/webhooks", {"url": "https://shop.example/hook"})["id"]
    dispute = maker.done("POST", f"/cases/{case}/disputes", BODIES["open_dispute"] | {"reference": "D-1"})["id"]
    return {"case": case, "webhook": hook, "dispute": dispute}


def numbers_of(house: dict[str, int], path: str) -> dict[str, int]:
    number = house["webhook"] if path.startswith("/webhooks") else house["case"]
    return {"id": number, "dispute": house["dispute"]}


def test_every_operation_has_a_scope_and_needs_it(house: dict[str, int]) -> None:
    found = operations()
    assert len(found) > 50
    for name, operation in found.items():
        assert operation[2] in SCOPES, name
        others = Caller(token(scopes=sorted(SCOPES.keys() - {operation[2]})))
        answer = call(others, name, operation, numbers_of(house, operation[1]))
        assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing"), (name, answer.content)


def test_what_is_anothers_is_as_if_it_were_not_there(house: dict[str, int]) -> None:
    stranger = Caller(token(merchant="another"))
    nobodys = {"case": 10**9, "webhook": 10**9, "dispute": 10**9}
    for name, operation in operations().items():
        if "{id}" not in operation[1] and "{dispute}" not in operation[1]:
            continue
        foreign = call(stranger, name, operation, numbers_of(house, operation[1]))
        nothing = call(stranger, name, operation, numbers_of(nobodys, operation[1]))
        assert foreign.status_code == 404, (name, foreign.status_code, foreign.content)
        assert nothing.status_code == 404, (name, nothing.content)
        assert "acme" not in foreign.content.decode()


def test_lists_show_nothing_of_others(house: dict[str, int]) -> None:
    stranger = Caller(token(merchant="another"))
    for path in ("/cases", "/events", "/shops", "/webhooks", "/approvals", "/policies"):
        assert stranger.done("GET", path)["items"] == [], path
    assert stranger.call("GET", "/shops/acme/orders/O-1").status_code == 404
    blocked = stranger.done("POST", "/bulk/preview", {"cases": [house["case"]]})["items"][0]
    assert (blocked["group"], blocked["key"]) == ("blocked", str(house["case"]))


def test_the_role_of_a_token_holds_as_a_persons_does(house: dict[str, int]) -> None:
    warehouse = Caller(token("warehouse"))
    case = f"/cases/{house['case']}"
    assert warehouse.call("POST", f"{case}/approve").json()["code"] == "not_allowed"
    assert warehouse.call("POST", "/webhooks", {"url": "https://shop.example/x"}).json()["code"] == "not_allowed"
    assert warehouse.call("POST", "/cases", wish("O-1")).json()["code"] == "not_allowed"
    assert warehouse.call("POST", f"{case}/receive").status_code in (200, 409)

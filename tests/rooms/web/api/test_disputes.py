"""Disputes by the API: written down, answered once by hand, ruled, appealed; on the case, and with the money that came of it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api_house import Caller, order_parts, shop_row, token, wish

NEW = {
    "sort": "card",
    "forum": "visa",
    "reason": "13.1",
    "reference": "D-1",
    "amount": "20.00",
    "opened": "2026-01-01T00:00:00Z",
    "due": "2099-01-01T00:00:00Z",
}


@pytest.fixture
def caller(database: Any) -> Caller:
    """A shop's system."""
    shop_row()
    made = Caller(token())
    made.done("PUT", "/shops/acme/orders/O-1", order_parts())
    return made


def opened(caller: Caller, **change: str) -> dict[str, Any]:
    case = caller.done("POST", "/cases", wish("O-1"))["id"]
    found: dict[str, Any] = caller.done("POST", f"/cases/{case}/disputes", NEW | change)
    assert found["case"] == case
    return found


def test_a_dispute_is_answered_and_ruled_by_calls(caller: Caller) -> None:
    one = opened(caller)
    assert (one["stage"], one["amount"], one["by_calls"]) == ("to_answer", "20.00", False)
    assert one["advice"]["choice"] in ("fight", "offer", "accept")
    again = caller.done("POST", f"/cases/{one['case']}/disputes", NEW)
    assert again["id"] == one["id"]
    path = f"/disputes/{one['id']}"
    stale = caller.call("POST", f"{path}/submit", {"digest": one["digest"]})
    assert stale.status_code == 422
    chosen = caller.done("POST", f"{path}/choose", {"texts": {"letter": "It was delivered."}})
    assert chosen["digest"] != one["digest"]
    assert caller.call("POST", f"{path}/submit", {"digest": one["digest"]}).json()["code"] == "stale"
    sent = caller.done("POST", f"{path}/submit", {"digest": chosen["digest"]})
    assert sent["stage"] == "answered"
    assert caller.call("POST", f"{path}/submit", {"digest": chosen["digest"]}).json()["code"] == "not_possible"
    ruled = caller.done("POST", f"{path}/ruling", {"outcome": "partly", "liability": "issuer", "amount": "15.00"})
    assert (ruled["ruling"], ruled["liability"], ruled["result"]) == ("partly", "issuer", "-5.00")
    assert caller.done("GET", path)["result"] == "-5.00"
    log = caller.done("GET", f"/cases/{one['case']}/log")["entries"]
    assert [entry for entry in log if entry["data"].get("dispute") == one["id"]]


def test_a_ruling_for_the_buyer_is_appealed_in_time(caller: Caller) -> None:
    one = opened(caller, sort="platform", forum="douyin", reason="", payment="pi_1")
    path = f"/disputes/{one['id']}"
    lost = caller.done("POST", f"{path}/ruling", {"outcome": "lost", "liability": "merchant"})
    assert "appeal" in lost["moves"]
    appealed = caller.done("POST", f"{path}/appeal", {"why": "The weight at the station was overlooked."})
    assert (appealed["ruling"], appealed["result"]) == ("", None)


def test_giving_money_up_needs_the_scope_of_money(caller: Caller) -> None:
    one = opened(caller)
    other = Caller(token(scopes=["cases:read", "cases:write"]))
    for verb, body in (("accept", {"why": "due"}), ("ruling", {"outcome": "won", "liability": "buyer"})):
        answer = other.call("POST", f"/disputes/{one['id']}/{verb}", body)
        assert answer.json()["code"] == "scope_missing"
    accepted = caller.done("POST", f"/disputes/{one['id']}/accept", {"why": "The refund was due."})
    assert (accepted["ruling"], accepted["result"]) == ("lost", "-20.00")


@pytest.mark.parametrize(
    ("change", "field"), [({"forum": "moon"}, "forum"), ({"opened": "2026-01-01T00:00:00"}, "opened")]
)
def test_what_is_wrong_is_named(caller: Caller, change: dict[str, str], field: str) -> None:
    case = caller.done("POST", "/cases", wish("O-1"))["id"]
    answer = caller.call("POST", f"/cases/{case}/disputes", NEW | change)
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_value")
    assert field in answer.json()["field"]

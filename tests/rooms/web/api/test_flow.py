"""The flow that a shop's system needs: five calls, from the wish to the money that is back."""

from __future__ import annotations

import pytest

from tests.api_house import Caller, order_parts, token, wish


def opened(caller: Caller, order: str = "O-1", **more: str) -> str:
    caller.done("PUT", f"/shops/acme/orders/{order}", order_parts())
    return f"/cases/{caller.done('POST', '/cases', wish(order, **more))['id']}"


def test_five_calls_from_the_wish_to_the_money(caller: Caller) -> None:
    assert caller.done("PUT", "/shops/acme/orders/O-1", order_parts())["changed"] is True
    made = caller.done("POST", "/cases", wish("O-1"))
    assert (made["decision"]["outcome"], made["decision"]["refund"]["total"], made["new"]) == ("accept", "20.00", True)
    assert any(one["rule"] == "eu.withdrawal" for one in made["decision"]["because"])
    case = f"/cases/{made['id']}"
    assert caller.done("POST", f"{case}/approve")["tracks"]["goods"] == "awaited"
    assert caller.done("POST", f"{case}/inspect", {"grade": "A"})["tracks"]["goods"] == "inspected"
    caller.done("POST", f"{case}/proof", {"proof": "BANK-1", "confirmed": True})
    whole = caller.done("GET", case)
    assert whole["money"]["payments"][0]["given_back"] == "20.00"
    assert whole["money"]["plans"][0]["steps"][0]["state"] == "succeeded"
    log = caller.done("GET", f"{case}/log")
    assert log["whole"] is True
    assert {"opened", "approved", "inspected", "settled"} <= {one["what"] for one in log["entries"]}
    assert log["entries"][0]["by_kind"] == "shop"


def test_the_same_key_of_a_case_gives_the_case_that_is_there(caller: Caller) -> None:
    case = opened(caller, key="MINE-1")
    again = caller.call("POST", "/cases", wish("O-1", key="MINE-1"))
    assert again.status_code == 200
    assert again.json()["new"] is False
    assert f"/cases/{again.json()['id']}" == case


def test_talking_offering_and_closing(caller: Caller) -> None:
    case = opened(caller)
    caller.done("POST", f"{case}/take")
    caller.done("POST", f"{case}/note", {"text": "look at the photos"})
    caller.done("POST", f"{case}/message", {"text": "我们看一下", "from_buyer": False})
    caller.done("POST", f"{case}/message", {"text": "thank you", "from_buyer": True})
    assert [one["by_kind"] for one in caller.done("GET", f"{case}/messages")["items"]][-2:] == ["shop", "buyer"]
    assert "photos" not in caller.call("GET", f"{case}/messages").content.decode()
    caller.done("POST", f"{case}/offer", {"kind": "partial_refund", "amount": "5.00"})
    assert caller.done("GET", f"{case}/offers")["items"][0]["state"] == "open"
    assert caller.done("POST", f"{case}/offers/1/answer", {"accepts": True})["tracks"]["decision"] == "approved"
    assert caller.done("GET", f"{case}/money")["plans"][0]["total"] == "5.00"


def test_a_refusal_that_a_rule_forbids_names_the_rules(caller: Caller) -> None:
    case = opened(caller)
    agent = Caller(token("agent"))
    seen = agent.done("GET", f"{case}/refusal")
    assert seen["allowed"] is False
    answer = agent.call("POST", f"{case}/refuse", {"reason": "too_late", "text": "no"})
    assert answer.status_code == 409
    assert answer.json()["code"] == "entitled"
    assert "eu.withdrawal" in answer.json()["rules"]


def test_splitting_and_merging(caller: Caller) -> None:
    caller.done("PUT", "/shops/acme/orders/O-2", order_parts())
    two = wish("O-2") | {"lines": [{"id": "l1"}, {"id": "l2"}]}
    case = caller.done("POST", "/cases", two)["id"]
    parted = caller.done("POST", f"/cases/{case}/split", {"lines": ["l2"]})
    other = parted["other"]["id"]
    merged = caller.done("POST", f"/cases/{other}/merge", {"into": case})
    assert merged["id"] == case
    assert caller.done("GET", f"/cases/{other}")["tracks"]["desk"] == "closed"


def test_bulk_says_what_it_would_do_and_does_each_alone(caller: Caller) -> None:
    one, other = opened(caller, "O-3"), opened(caller, "O-4")
    numbers = [int(case.rpartition("/")[2]) for case in (one, other)]
    looked = caller.done("POST", "/bulk/preview", {"cases": [*numbers, 10**9]})["items"]
    assert [item["group"] for item in looked] == ["can", "can", "blocked"]
    done = caller.done("POST", "/bulk", {"verb": "approve", "cases": [*numbers, 10**9]})["items"]
    assert [item["outcome"] for item in done] == ["done", "done", "failed"]
    assert caller.done("GET", one)["tracks"]["decision"] == "approved"


def test_lists_go_on_where_the_page_ended(caller: Caller) -> None:
    cases = [opened(caller, f"P-{at}") for at in range(5)]
    first = caller.done("GET", "/cases?limit=2")
    second = caller.done("GET", f"/cases?limit=2&after={first['next']}")
    third = caller.done("GET", f"/cases?limit=2&after={second['next']}")
    shown = [item["id"] for page in (first, second, third) for item in page["items"]]
    assert shown == sorted([int(case.rpartition("/")[2]) for case in cases], reverse=True)
    assert third["next"] is None
    assert caller.done("GET", "/cases?order=P-3")["items"][0]["order"] == "P-3"
    assert caller.call("GET", "/cases?after=nonsense").json()["field"] == "after"


def test_events_are_told_once_each_in_order(caller: Caller) -> None:
    case = opened(caller)
    first = caller.done("GET", "/events?limit=1")
    rest = caller.done("GET", f"/events?after={first['next']}")
    assert [one["type"] for one in (*first["items"], *rest["items"])][:2] == ["case.opened", "case.decided"]
    caller.done("POST", f"{case}/approve")
    later = caller.done("GET", f"/events?after={rest['next']}")["items"]
    assert [one["type"] for one in later] == ["case.approved"]


def test_deciding_keeps_nothing_and_reads_tell_what_decides(caller: Caller) -> None:
    parts = order_parts()
    del parts["contact"]
    file = parts | {
        "case": "X",
        "shop": {"channel": "direct"},
        "request": {"kind": "return_refund", "reason": "changed_mind", "requested_at": "2026-11-25T00:00:00Z"},
    }
    file["order"] = file["order"] | {"id": "O-9"}
    told = caller.done("POST", "/decide", {"file": file, "at": "2026-11-25T10:00:00+01:00"})
    assert told["decision"]["outcome"] == "accept"
    assert caller.done("GET", "/cases")["items"] == []
    assert caller.call("POST", "/decide", {"file": {"case": "X"}}).json()["code"] == "bad_value"
    assert caller.done("GET", "/shops")["items"][0]["name"] == "acme"
    bad = caller.done("POST", "/policies/check", {"text": "policy: x"})
    assert bad["ok"] is False
    assert bad["faults"]


@pytest.mark.parametrize("path", ["/policies", "/rules", "/approvals", "/webhooks"])
def test_what_can_be_listed_is_listed(caller: Caller, path: str) -> None:
    assert "items" in caller.done("GET", path)

"""The stand-in for 抖店 refuses what the platform refuses."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from amends.fakes.calls import Call
from amends.fakes.douyin import APP_KEY, APP_SECRET, FakeDouyin
from amends.fakes.market import Asked


@pytest.fixture
def fake() -> Iterator[FakeDouyin]:
    found = FakeDouyin()
    yield found
    found.end()


def call(
    fake: FakeDouyin, path: str, params: dict[str, Any], secret: str = APP_SECRET, **changed: str
) -> dict[str, Any]:
    body = json.dumps(params, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    query = {"app_key": APP_KEY, "method": path.replace("/", "."), "timestamp": "1626860666", "v": "2"}
    query |= {"access_token": fake.tokens["access"], **changed}
    told = f"app_key{query['app_key']}method{query['method']}param_json{body}timestamp{query['timestamp']}v2"
    sign = hmac.new(secret.encode(), f"{secret}{told}{secret}".encode(), hashlib.sha256).hexdigest()
    reply = fake.serve(Call("POST", f"/{path}?{urlencode({**query, 'sign': sign})}", {}, body.encode()))
    assert reply is not None
    found: dict[str, Any] = json.loads(reply.body)
    return found


def item(case: Asked, **more: Any) -> dict[str, Any]:
    return {"aftersale_id": case.number, "update_time": case.updated_at, **more}


def asked(fake: FakeDouyin, kind: str = "refund_only") -> Asked:
    return fake.ask(fake.sell().number, kind)


def moved(fake: FakeDouyin, case: Asked) -> int:
    return fake.ledger.moved(fake.market.order(case.order).payment)


def test_several_items_are_done_all_or_none(fake: FakeDouyin) -> None:
    first, second = asked(fake), asked(fake)
    stale = item(second, update_time=second.updated_at - 1)
    told = call(fake, "afterSale/operate", {"type": 201, "items": [item(first), stale]})
    assert (told["code"], told["sub_code"]) == (50002, "isv.business-failed:20309541")
    assert moved(fake, first) == 0
    told = call(fake, "afterSale/operate", {"type": 201, "items": [item(first), item(second)]})
    assert (told["code"], len(told["data"]["items"])) == (10000, 2)
    assert moved(fake, first) == moved(fake, second) == 5_900


def test_more_than_twenty_items_are_refused(fake: FakeDouyin) -> None:
    case = asked(fake)
    assert call(fake, "afterSale/operate", {"type": 201, "items": [item(case)] * 21})["code"] == 40004


@pytest.mark.parametrize("code", [101, 111, 301, 401, 999])
def test_a_code_for_another_kind_is_a_wrong_state(fake: FakeDouyin, code: int) -> None:
    told = call(fake, "afterSale/operate", {"type": code, "items": [item(asked(fake))]})
    assert told["sub_code"] == "isv.business-failed:20309541"


def test_a_case_that_wants_a_person_says_so(fake: FakeDouyin) -> None:
    case = asked(fake)
    case.detail["by_person"] = True
    assert (
        call(fake, "afterSale/operate", {"type": 201, "items": [item(case)]})["sub_code"] == "isv.business-failed:11001"
    )


def test_the_methods_case_the_secret_and_the_token_all_count(fake: FakeDouyin) -> None:
    ask = {"after_sale_id": "1"}
    assert call(fake, "afterSale/Detail", ask, method="afterSale.detail")["code"] == 40003
    assert call(fake, "afterSale/Detail", ask, secret="wrong")["sub_code"] == "isv.signature-invalid"
    assert call(fake, "afterSale/Detail", ask, access_token="old")["sub_code"] == "isv.access-token-expired"
    assert call(fake, "afterSale/Detail", ask)["code"] == 40004


def test_numbers_are_texts_in_the_list_and_whole_numbers_in_the_detail(fake: FakeDouyin) -> None:
    case = asked(fake, "exchange")
    fake.force(case.number, "replacement_sent")
    window = {
        "page": 0,
        "size": 10,
        "update_start_time": 0,
        "update_end_time": 2_000_000_000 * 2,
        "order_by": ["update_time asc"],
    }
    (listed,) = call(fake, "afterSale/List", window)["data"]["items"]
    one = call(fake, "afterSale/Detail", {"after_sale_id": case.number})["data"]["process_info"]["after_sale_info"]
    assert (listed["aftersale_info"]["aftersale_id"], one["after_sale_id"]) == (case.number, int(case.number))
    assert (listed["aftersale_info"]["aftersale_status"], one["after_sale_status"]) == (3, 13)
    assert len(case.number) == 19


def test_too_many_calls_are_told_with_200_and_a_code_of_their_own(fake: FakeDouyin) -> None:
    fake.faults.set("throttle", times=1)
    assert call(fake, "afterSale/Detail", {"after_sale_id": "1"})["code"] == 60000


def test_a_fresh_token_ends_the_old_one_and_a_wrong_refresh_token_gives_none(fake: FakeDouyin) -> None:
    refresh = {"grant_type": "refresh_token", "refresh_token": "wrong"}
    assert call(fake, "token/refresh", refresh)["sub_code"] == "dop.token-generate-failed:token-invalid"
    refresh["refresh_token"] = fake.tokens["refresh"]
    before = fake.tokens["access"]
    fresh = call(fake, "token/refresh", refresh)["data"]
    assert fresh["access_token"] == fake.tokens["access"] != before

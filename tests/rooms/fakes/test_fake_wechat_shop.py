"""The stand-in for 微信小店 refuses what the platform refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from amends.fakes.calls import Call
from amends.fakes.market import Asked
from amends.fakes.wechat_shop import APP_ID, APP_SECRET, FakeWechatShop

CASES = "/channels/ec/aftersale/"


@pytest.fixture
def fake() -> Iterator[FakeWechatShop]:
    found = FakeWechatShop()
    yield found
    found.end()


def call(fake: FakeWechatShop, path: str, params: dict[str, Any], token: str = "") -> dict[str, Any]:
    target = f"{path}?access_token={token or fake.token}"
    reply = fake.serve(Call("POST", target, {}, json.dumps(params).encode()))
    assert reply is not None
    found: dict[str, Any] = json.loads(reply.body)
    return found


def accept(fake: FakeWechatShop, case: Asked, kind: int, **more: Any) -> int:
    params = {"after_sale_order_id": case.number, "accept_type": kind, **more}
    return int(call(fake, f"{CASES}acceptapply", params)["errcode"])


def asked(fake: FakeWechatShop, kind: str) -> Asked:
    return fake.ask(fake.sell().number, kind)


def test_the_same_token_is_given_while_it_lives_and_wrong_secrets_get_none(fake: FakeWechatShop) -> None:
    right = {"grant_type": "client_credential", "appid": APP_ID, "secret": APP_SECRET}
    assert call(fake, "/cgi-bin/stable_token", right)["access_token"] == fake.token
    assert call(fake, "/cgi-bin/stable_token", {**right, "secret": "wrong"})["errcode"] == 40125
    assert call(fake, f"{CASES}getaftersaleorder", {}, token="old")["errcode"] == 42001


def test_a_window_longer_than_a_day_is_refused(fake: FakeWechatShop) -> None:
    window = {"begin_update_time": 1_700_000_000, "end_update_time": 1_700_086_401}
    assert call(fake, f"{CASES}getaftersalelist", window)["errcode"] == 10020004


def test_a_yes_of_the_wrong_kind_is_refused_and_pays_nothing(fake: FakeWechatShop) -> None:
    back, only = asked(fake, "return_refund"), asked(fake, "refund_only")
    assert accept(fake, back, 2) == 10021041
    assert accept(fake, only, 1) == 10021041
    assert accept(fake, back, 1) == 10021060
    assert accept(fake, back, 1, address_id="1") == 0
    assert fake.ledger.moved(fake.market.order(back.order).payment) == 0
    assert accept(fake, only, 2) == 0
    assert fake.ledger.moved(fake.market.order(only.order).payment) == only.amount


def test_proof_is_taken_only_while_it_is_wanted(fake: FakeWechatShop) -> None:
    case = asked(fake, "refund_only")
    proof = {"complaint_id": f"8{case.number}", "content": "已发货"}
    assert call(fake, f"{CASES}addcomplaintproof", proof)["errcode"] == 10021500
    fake.seller(case.number, "refuse")
    fake.by_hand(case.number, "step_in")
    assert call(fake, f"{CASES}addcomplaintproof", proof)["errcode"] == 0
    fake.market.case(case.number).detail["complaint"] = 103
    assert call(fake, f"{CASES}addcomplaintproof", proof)["errcode"] == 10021504

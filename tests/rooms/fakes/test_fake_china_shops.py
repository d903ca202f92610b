"""The stand-ins of 淘宝, 天猫, 拼多多 and 京东 refuse what the real gateways refuse."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from amends.fakes import jd, pinduoduo, taobao
from amends.fakes.calls import Call
from amends.fakes.china import china_clock
from amends.fakes.platform import PlatformFake
from amends.fakes.taobao_forms import signature
from amends.fakes.taobao_shapes import version_of


@pytest.fixture(params=[taobao.FakeTaobao, taobao.FakeTmall])
def top(request: pytest.FixtureRequest) -> Iterator[taobao.FakeTaobao]:
    fake = request.param()
    yield fake
    fake.end()


@pytest.fixture
def pop() -> Iterator[pinduoduo.FakePinduoduo]:
    fake = pinduoduo.FakePinduoduo()
    yield fake
    fake.end()


def posted(fake: PlatformFake, path: str, form: dict[str, str], sign: str) -> dict[str, Any]:
    kind = {"content-type": "application/x-www-form-urlencoded"}
    reply = fake.serve(Call("POST", path, kind, urlencode({**form, "sign": sign}).encode()))
    assert reply is not None
    found: dict[str, Any] = json.loads(reply.body)
    return found


def asked(fake: taobao.FakeTaobao, method: str, **values: str) -> dict[str, Any]:
    config = fake.config()
    form = {
        "method": method,
        "app_key": config["app_key"],
        "session": config["operator_session"],
        "timestamp": china_clock(fake.now()),
        "sign_method": "md5",
        **values,
    }
    return posted(fake, "/router/rest", form, signature(form))


def refused(found: dict[str, Any]) -> Any:
    return found["error_response"]["code"]


def test_top_wants_its_keys_its_clock_and_a_method_it_knows(top: taobao.FakeTaobao) -> None:
    assert refused(asked(top, "taobao.user.seller.get", app_key="1")) == 29
    assert refused(asked(top, "taobao.user.seller.get", session="stale")) == 27
    assert refused(asked(top, "taobao.user.seller.get", timestamp=china_clock(int(time.time()) - 3_600))) == 31
    assert refused(asked(top, "taobao.nothing.get")) == 22
    assert refused(asked(top, "taobao.refunds.receive.get", start_modified="soon", end_modified="later")) == 41
    assert refused(posted(top, "/router/rest", {"app_key": top.config()["app_key"]}, "0" * 32)) == 25


def test_top_lists_no_more_than_a_hundred(top: taobao.FakeTaobao) -> None:
    at = china_clock(top.now())
    given = {"fields": "refund_id", "start_modified": at, "end_modified": at, "page_size": "101"}
    assert refused(asked(top, "taobao.refunds.receive.get", **given)) == 41


def test_top_pays_for_the_right_version_and_amount_only(top: taobao.FakeTaobao) -> None:
    case = top.ask(top.sell().number)
    if top.swaps:
        phase = {"refund_phase": "aftersale", "refund_version": str(version_of(case)), "result": "true"}
        assert "error_response" not in asked(top, "taobao.rp.refund.review", refund_id=case.number, **phase)
    tail = "|aftersale" if top.swaps else ""
    for amount, version in ((case.amount, version_of(case) + 1), (case.amount + 1, version_of(case))):
        infos = f"{case.number}|{amount}|{version}{tail}"
        assert asked(top, "taobao.rp.refunds.agree", refund_infos=infos)["rp_refunds_agree_response"]["succ"] is False
    assert top.ledger.moved(top.market.order(case.order).payment) == 0
    infos = f"{case.number}|{case.amount}|{version_of(case)}{tail}"
    assert (
        asked(top, "taobao.rp.refunds.agree", refund_infos=infos)["rp_refunds_agree_response"]["msg_code"] == "OP_SUCC"
    )


def test_tmall_pays_nothing_that_was_not_reviewed() -> None:
    fake = taobao.FakeTmall()
    case = fake.ask(fake.sell().number)
    infos = f"{case.number}|{case.amount}|{version_of(case)}|aftersale"
    found = asked(fake, "taobao.rp.refunds.agree", refund_infos=infos)["rp_refunds_agree_response"]
    assert found["results"]["refund_mapping_result"][0]["message"] == "退款未审核"
    fake.end()


@pytest.mark.parametrize(("width", "size", "fits"), [(1_800, 100, True), (1_801, 100, False), (60, 101, False)])
def test_pop_lists_half_an_hour_and_a_hundred_at_most(
    pop: pinduoduo.FakePinduoduo, width: int, size: int, fits: bool
) -> None:
    form = {
        "type": "pdd.refund.list.increment.get",
        **{name: value for name, value in pop.config().items() if name != "client_secret"},
        "start_updated_at": "1795395809",
        "end_updated_at": str(1_795_395_809 + width),
        "page_size": str(size),
    }
    found = posted(pop, "/api/router", form, pinduoduo.signature(form))
    assert ("error_response" not in found) is fits


def test_jos_wants_its_keys_and_repeats_a_token_that_ran_out() -> None:
    fake = jd.FakeJd()
    form = {"method": "jingdong.asc.query.list", "app_key": fake.config()["app_key"], "access_token": "run-out"}
    assert refused(posted(fake, "/routerjson", form, "0" * 32)) == "12"
    told = posted(fake, "/routerjson", form, jd.signature(form))["error_response"]
    assert told["code"] == "19"
    assert "run-out" in told["zh_desc"]
    fake.end()

"""Clients written by others, run against the fakes of WeChat Pay and Alipay: fake and gateway cannot share a misunderstanding.

Both clients have their address built in; the tests put the fake's in its place.
"""

import contextlib
import csv
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest

from amends.fakes.alipay import Alipay
from amends.fakes.china import china_day
from amends.fakes.server import Server, serving
from amends.fakes.wechat_pay import KEY_ID, WeChatPay
from amends.gateways.wechat_pay.config import WeChatPayConfig
from amends.gateways.wechat_pay.gateway import WeChatPay as WeChatPayGateway
from tests.rooms.gateways.china import NONCE, order_of, seal

wechatpayv3 = pytest.importorskip("wechatpayv3", reason="needs the independent client wechatpayv3")
alipay_client = pytest.importorskip("alipay", reason="needs the independent client python-alipay-sdk")


@pytest.fixture
def wechat() -> Iterator[Server]:
    fake = WeChatPay()
    fake.finish_ms = None
    with serving(fake) as server:
        yield server


@pytest.fixture
def alipay() -> Iterator[Server]:
    with serving(Alipay()) as server:
        yield server


@pytest.fixture
def wechat_client(wechat: Server) -> Any:
    config = wechat.fake.config()
    client = wechatpayv3.WeChatPay(
        wechatpay_type=wechatpayv3.WeChatPayType.JSAPI,
        mchid=config["merchant"],
        private_key=config["private_key"].replace("-----BEGIN PRIVATE KEY-----\n", "").partition("\n-----END")[0],
        cert_serial_no=config["serial"],
        appid="wxfa4e000000000001",
        apiv3_key=config["api_v3_key"],
        public_key=config["platform_keys"][KEY_ID],
        public_key_id=KEY_ID,
        proxy={"http": ""},
    )
    _aim(client._core, "_gate_way", wechat.url)
    return client


@pytest.fixture
def aliclient(alipay: Server) -> Any:
    config = alipay.fake.config()
    client = alipay_client.AliPay(
        appid=config["app_id"],
        app_private_key_string=config["private_key"],
        alipay_public_key_string=config["alipay_public_key"],
    )
    _aim(client, "_gateway", f"{alipay.url}/gateway.do")
    return client


def _aim(owner: Any, name: str, url: str) -> None:
    if not isinstance(getattr(owner, name, None), str):
        pytest.skip(f"this version of the client has no {name}, so it cannot be pointed at a fake")
    setattr(owner, name, url)


def test_wechat_client_refunds_once_and_verifies_every_answer(wechat: Server, wechat_client: Any) -> None:
    payment = wechat.fake.pay(10_000, "CNY")
    wanted = {
        "out_refund_no": "client-1",
        "amount": {"refund": 2_500, "total": 10_000, "currency": "CNY"},
        "transaction_id": payment.id,
        "reason": "尺码不合适",
    }
    code, text = wechat_client.refund(**wanted)
    assert (code, json.loads(text)["status"]) == (200, "PROCESSING")
    assert json.loads(wechat_client.refund(**wanted)[1])["refund_id"] == json.loads(text)["refund_id"]
    wechat.fake.finish(json.loads(text)["refund_id"])
    code, text = wechat_client.query_refund("client-1")
    assert (code, json.loads(text)["status"]) == (200, "SUCCESS")
    assert wechat.fake.ledger.moved(payment.id) == 2_500
    assert wechat_client.query_refund("client-2")[0] == 404


def test_wechat_client_refuses_a_wrong_signature(wechat: Server, wechat_client: Any) -> None:
    payment = wechat.fake.pay(10_000, "CNY")
    wechat.fake.faults.set("bad_signature")
    with pytest.raises(Exception, match="verify the signature"):
        wechat_client.refund("client-1", {"refund": 1, "total": 10_000, "currency": "CNY"}, transaction_id=payment.id)


def test_wechat_client_opens_the_callback_and_our_gateway_reads_the_same(wechat: Server, wechat_client: Any) -> None:
    fake = wechat.fake
    payment = fake.pay(10_000, "CNY")
    amount = {"refund": 2_500, "total": 10_000, "currency": "CNY"}
    text = wechat_client.refund("client-1", amount, transaction_id=payment.id)[1]
    fake.finish(json.loads(text)["refund_id"])
    headers, body = fake.dress(fake.courier.held[-1], fake.now(), False)
    opened = wechat_client.callback(headers, body)
    (notice,) = WeChatPayGateway(WeChatPayConfig(**fake.config())).read_notice(headers, body, datetime.now(UTC))
    assert opened["resource"] == notice.detail
    assert opened["id"] == notice.id
    assert wechat_client.callback({**headers, "Wechatpay-Timestamp": "1"}, body) is None


def test_wechat_client_reads_the_bill_of_the_day(wechat: Server, wechat_client: Any) -> None:
    fake = wechat.fake
    payment = fake.pay(10_000, "CNY")
    amount = {"refund": 2_500, "total": 10_000, "currency": "CNY"}
    wechat_client.refund("client-1", amount, transaction_id=payment.id)
    fake.finish(fake.ledger.refunds()[0].id)
    code, text = wechat_client.trade_bill(china_day(fake.now()), tar_type="")
    assert code == 200
    _, content = wechat_client.download_bill(json.loads(text)["download_url"])
    content = content.decode() if isinstance(content, bytes) else content
    rows = list(csv.reader(io.StringIO(content.lstrip("\ufeff"))))
    assert [len(row) for row in rows] == [27, 27, 27, 7, 7]
    paid, back = [dict(zip(rows[0], [value.removeprefix("`") for value in row], strict=True)) for row in rows[1:3]]
    assert (paid["交易状态"], paid["应结订单金额"], paid["手续费"]) == ("SUCCESS", "100.00", "0.60000")
    assert (back["交易状态"], back["商户退款单号"], back["退款金额"]) == ("REFUND", "client-1", "25.00")
    assert rows[4] == ["`2", "`100.00", "`25.00", "`0.00", "`0.45000", "`100.00", "`25.00"]
    assert wechat_client.trade_bill("2020-01-01")[0] == 400
    by_door = httpx.get(f"{wechat.url}/__fake__/bill/{china_day(fake.now())}")
    assert by_door.content.decode() == content or by_door.content.decode("utf-8-sig") == content
    assert httpx.get(f"{wechat.url}/__fake__/bill/2020-01-01").status_code == 422


def test_wechat_client_and_our_gateway_sign_alike(wechat: Server, wechat_client: Any) -> None:
    from wechatpayv3.utils import build_authorization

    config = WeChatPayConfig(base_url=wechat.url, **wechat.fake.config())
    request = WeChatPayGateway(config).send(order_of("4200"), seal())
    theirs = build_authorization(
        "/v3/refund/domestic/refunds",
        "POST",
        config.merchant,
        config.serial,
        wechat_client._core._private_key,
        request.body.decode(),
        NONCE,
    )
    ours = request.headers["Authorization"]
    if theirs.partition('timestamp="')[2] != ours.partition('timestamp="')[2]:
        pytest.skip("the second turned between the two signatures")
    assert theirs == ours


def test_alipay_client_refunds_once_and_verifies_every_answer(alipay: Server, aliclient: Any) -> None:
    payment = alipay.fake.pay(10_000, "CNY")
    wanted = {"refund_amount": "25.00", "trade_no": payment.id, "out_request_no": "client-1"}
    first, again = aliclient.api_alipay_trade_refund(**wanted), aliclient.api_alipay_trade_refund(**wanted)
    assert (first["fund_change"], again["fund_change"], again["refund_fee"]) == ("Y", "N", "25.00")
    assert alipay.fake.ledger.moved(payment.id) == 2_500
    query = aliclient.api_alipay_trade_fastpay_refund_query("client-1", trade_no=payment.id)
    assert (query["refund_amount"], query["refund_status"]) == ("25.00", "REFUND_SUCCESS")
    bare = aliclient.api_alipay_trade_fastpay_refund_query("client-2", trade_no=payment.id)
    assert bare == {"code": "10000", "msg": "Success"}


def test_alipay_client_refuses_a_wrong_signature(alipay: Server, aliclient: Any) -> None:
    payment = alipay.fake.pay(10_000, "CNY")
    alipay.fake.faults.set("bad_signature")
    with pytest.raises(alipay_client.AliPayValidationError):
        aliclient.api_alipay_trade_refund("25.00", trade_no=payment.id, out_request_no="client-1")


def test_alipay_client_verifies_the_notice(alipay: Server, aliclient: Any) -> None:
    fake = alipay.fake
    payment = fake.pay(10_000, "CNY")
    aliclient.api_alipay_trade_refund("25.00", trade_no=payment.id, out_request_no="client-1")
    _wait_for_notice(fake)
    _, body = fake.dress(fake.courier.held[-1], fake.now(), False)
    values = dict(parse_qsl(body.decode()))
    signature = values.pop("sign")
    assert values["out_biz_no"] == "client-1"
    assert aliclient.verify(dict(values), signature)
    assert not aliclient.verify({**values, "refund_fee": "99.00"}, signature)


def _wait_for_notice(fake: Any) -> None:
    import time

    until = time.monotonic() + 5
    while not fake.courier.held and time.monotonic() < until:
        time.sleep(0.01)


def test_alipay_client_finds_the_bills_of_the_day(alipay: Server, aliclient: Any) -> None:
    fake = alipay.fake
    payment = fake.pay(10_000, "CNY")
    aliclient.api_alipay_trade_refund("25.00", trade_no=payment.id, out_request_no="client-1")
    method, day = "alipay.data.dataservice.bill.downloadurl.query", china_day(fake.now())
    for kind, header, wanted in (
        ("trade", "支付宝交易号", {"业务类型": "退款", "商家实收（元）": "-25.00", "退款批次号/请求号": "client-1"}),
        (
            "signcustomer",
            "账务流水号",
            {"业务类型": "交易退款", "支出金额（-元）": "-25.00", "账户余额（元）": "75.00"},
        ),
    ):
        answer = aliclient.server_api(method, {"bill_type": kind, "bill_date": day})
        with zipfile.ZipFile(io.BytesIO(httpx.get(answer["bill_download_url"]).content)) as box:
            texts = [box.read(name).decode("gbk").splitlines() for name in box.namelist()]
        lines = next(text for text in texts if text[4].startswith(header))
        rows = [[value.strip("\t") for value in row] for row in csv.reader(lines[4:7])]
        found = dict(zip(rows[0], rows[2], strict=True))
        assert {name: found[name] for name in wanted} == wanted
        assert lines[7].startswith("#----")
    assert (
        aliclient.server_api(method, {"bill_type": "trade", "bill_date": "2020-01-01"})["sub_code"] == "BILL_NOT_EXIST"
    )


def test_both_fakes_keep_keys_and_money_over_a_restart(tmp_path: Any) -> None:
    for kind in (WeChatPay, Alipay):
        file = str(tmp_path / f"{kind.name}.sqlite3")
        with contextlib.closing(_Ending(kind(store=file))) as first:
            payment, config = first.fake.pay(10_000, "CNY"), first.fake.config()
        with contextlib.closing(_Ending(kind(store=file))) as second:
            assert second.fake.config() == config
            assert second.fake.ledger.balance(payment.id)["left"] == 10_000


class _Ending:
    def __init__(self, fake: Any) -> None:
        self.fake = fake

    def close(self) -> None:
        self.fake.end()

"""淘宝/天猫 退款管理: what its cells mean in a case file, in all three generations of the export."""

from __future__ import annotations

from typing import Any

import pytest

from amends.channels.taobao.columns import KINDS
from amends.channels.taobao.refunds import TaobaoRefunds
from amends.facts.codes import KINDS as CODES
from amends.facts.imported import ShopSetting
from tests.exports.makers import TAOBAO_ROW
from tests.rooms.channels.rows import codes, made, not_made, row

FORM = TaobaoRefunds()
SHOP = ShopSetting("山野鲜集", "taobao", category="fresh")


def case(**changes: str) -> dict[str, Any]:
    return made(FORM, SHOP, row(TAOBAO_ROW | changes)).case


def test_a_whole_row() -> None:
    assert case() == {
        "case": "310000000000000022",
        "shop": {"channel": "taobao", "name": "山野鲜集"},
        "market": "CN",
        "order": {
            "id": "4801000000000000021",
            "currency": "CNY",
            "paid_at": "2026-11-20T08:00:00+08:00",
            "lines": [{"id": "l1", "sku": "SY-01", "title": "大闸蟹礼盒", "paid": "1288.00", "category": "fresh"}],
            "payments": [{"id": "2026112022001400000000000023", "method": "alipay", "captured": "1288.00"}],
        },
        "shipments": [{"id": "SF1000000000024", "trace": "delivered"}],
        "request": {
            "kind": "refund_only",
            "reason": "quality",
            "requested_at": "2026-11-24T09:30:00+08:00",
            "amount": "386.40",
            "message": "8只死了3只",
        },
        "platform": {"status": "买家已经申请退款，等待卖家同意", "deadline": "2026-11-25T21:30:00+08:00"},
    }


def test_tmall_is_the_shops_setting() -> None:
    assert made(FORM, ShopSetting("天猫店", "tmall"), row(TAOBAO_ROW)).case["shop"]["channel"] == "tmall"


def test_the_2025_generation() -> None:
    given = {name: text for name, text in TAOBAO_ROW.items() if name not in {"支付宝交易号", "是否需要退货"}}
    given |= {"支付单号": "4200001111111111111111111111", "售后类型": "退货退款", "备注标签": "运费险"}
    found = made(FORM, SHOP, row(given)).case
    assert found["request"]["kind"] == "return_refund"
    assert found["order"]["payments"][0]["method"] == "wechat_pay"
    assert found["shop"]["labels"] == ["freight_insurance"]


def test_the_2017_generation() -> None:
    given = {name: text for name, text in TAOBAO_ROW.items() if name != "商品编码"}
    found = made(FORM, SHOP, row(given | {"商家编码": "A-1", "买家会员名称": "云**朵"})).case
    assert found["order"]["lines"][0]["sku"] == "A-1"
    assert found["buyer"] == {"name": "云**朵"}


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"是否需要退货": "需要退货"}, "return_refund"),
        ({"是否需要退货": "不需要退货"}, "refund_only"),
        ({"货物状态": "未发货", "发货物流信息": ""}, "cancel"),
        ({"货物状态": "买家未收到货", "发货物流信息": ""}, "cancel"),
        ({"货物状态": "买家未收到货"}, "refund_only"),
    ],
)
def test_the_kind_follows_from_goods_back_and_dispatch(changes: dict[str, str], kind: str) -> None:
    assert case(**changes)["request"]["kind"] == kind


@pytest.mark.parametrize(("word", "kind"), sorted(KINDS.items()))
def test_kinds_in_words(word: str, kind: str | None) -> None:
    assert case(售后类型=word)["request"]["kind"] == (kind or "refund_only")
    assert kind is None or kind in CODES


def test_not_received_is_not_delivered() -> None:
    assert "trace" not in case(货物状态="买家未收到货")["shipments"][0]


@pytest.mark.parametrize(
    ("status", "state", "due"),
    [
        ("买家已经申请退款，等待卖家同意", "open", True),
        ("卖家已经同意退款，等待买家退货", "open", False),
        ("买家已经退货，等待卖家确认收货", "open", True),
        ("卖家拒绝退款", "open", False),
        ("WAIT_SELLER_AGREE", "open", True),
        ("WAIT_BUYER_RETURN_GOODS", "open", False),
        ("退款成功", "closed", False),
        ("退款关闭", "closed", False),
        ("SUCCESS", "closed", False),
    ],
)
def test_states_and_whose_countdown_it_is(status: str, state: str, due: bool) -> None:
    found = made(FORM, SHOP, row(TAOBAO_ROW | {"退款状态": status}))
    assert found.state == state
    assert ("deadline" in found.case["platform"]) == due


def test_the_platforms_word() -> None:
    found = case(客服介入状态="客服介入中", 举证超时="是")["platform"]
    assert found["status"] == "买家已经申请退款，等待卖家同意；客服介入：客服介入中；举证已超时"
    assert case(客服介入状态="介入完成", 责任方="卖家")["platform"]["ruling"] == "介入完成；责任方：卖家"


def test_zero_second_answer_is_a_fast_refund() -> None:
    assert case(是否零秒响应="是")["shop"]["labels"] == ["fast_refund"]


def test_an_unknown_payment_number_is_the_platforms() -> None:
    assert case(支付宝交易号="X1")["order"]["payments"] == [{"id": "X1", "method": "platform", "captured": "1288.00"}]


def test_the_parcel_back_is_found_in_either_column() -> None:
    assert case(退货物流信息="中通快递：75000000000001")["return_parcel"] == {"waybill": "75000000000001"}
    found = case(退货物流单号="\t7511", 退货物流公司="中通快递", 买家退货时间="2026-11-24 20:00:00")["return_parcel"]
    assert found == {"shipped_at": "2026-11-24T20:00:00+08:00", "waybill": "7511", "carrier": "中通快递"}


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("退款编号", "", "missing"),
        ("是否需要退货", "也许", "unknown_value"),
        ("买家退款金额", "", "missing"),
        ("买家实际支付金额", "12,88", "bad_amount"),
        ("退款的申请时间", "45250", "bad_time"),
        ("退款状态", "", "missing"),
        ("售后类型", "以旧换新", "unknown_value"),
    ],
)
def test_what_cannot_be_read_refuses_the_row_and_names_the_column(column: str, text: str, code: str) -> None:
    found = not_made(FORM, SHOP, row(TAOBAO_ROW | {column: text}))
    assert (found.remark.code, found.remark.column) == (code, column)


def test_an_unreadable_deadline_is_left_out_and_told() -> None:
    found = made(FORM, SHOP, row(TAOBAO_ROW | {"超时时间": "剩余1天"}))
    assert "deadline" not in found.case["platform"]
    assert codes(found) == ["bad_time"]

"""抖店 售后单: what its cells mean in a case file."""

from __future__ import annotations

from typing import Any

import pytest

from amends.channels.douyin.after_sales import DouyinAfterSales
from amends.channels.douyin.columns import KINDS
from amends.facts.codes import KINDS as CODES
from amends.facts.imported import ShopSetting
from tests.exports.makers import DOUYIN_ROW
from tests.rooms.channels.rows import codes, made, not_made, row

FORM = DouyinAfterSales()
SHOP = ShopSetting("暖屿服饰", "douyin", category="apparel")


def case(**changes: str) -> dict[str, Any]:
    return made(FORM, SHOP, row(DOUYIN_ROW | changes)).case


def test_a_whole_row() -> None:
    assert case() == {
        "case": "147850000000000001",
        "shop": {"channel": "douyin", "name": "暖屿服饰"},
        "market": "CN",
        "order": {
            "id": "6921000000000000011",
            "currency": "CNY",
            "lines": [
                {
                    "id": "6921000000000000012",
                    "sku": "SW-2260",
                    "title": "圆领卫衣 炭灰 L",
                    "paid": "189.50",
                    "category": "apparel",
                }
            ],
            "payments": [{"id": "platform", "method": "platform", "captured": "189.50"}],
        },
        "shipments": [{"id": "YT7700000000001", "trace": "delivered"}],
        "request": {
            "kind": "return_refund",
            "reason": "quality",
            "requested_at": "2026-11-23T21:04:09+08:00",
            "amount": "189.50",
            "message": "袖口开线",
        },
        "platform": {"status": "待商家处理", "deadline": "2026-11-25T21:04:09+08:00"},
    }


def test_what_the_export_does_not_say_is_not_there() -> None:
    order = case()["order"]
    assert "paid_at" not in order
    assert "quantity" not in order["lines"][0]
    assert "shipping_paid" not in order
    plain = made(FORM, ShopSetting("x", "douyin"), row(DOUYIN_ROW)).case
    assert "category" not in plain["order"]["lines"][0]


@pytest.mark.parametrize(("word", "kind"), sorted(KINDS.items()))
def test_kinds(word: str, kind: str) -> None:
    assert kind in CODES
    assert case(售后类型=word)["request"]["kind"] == kind


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("待商家处理", "open"),
        ("待商家收货", "open"),
        ("商家一次拒绝", "open"),
        ("同意退款，退款成功", "closed"),
        ("售后关闭", "closed"),
        ("换货成功", "closed"),
        ("退款失败", "open"),
        ("订单取消成功", "closed"),
    ],
)
def test_states(status: str, state: str) -> None:
    found = made(FORM, SHOP, row(DOUYIN_ROW | {"售后状态": status}))
    assert found.state == state
    assert found.case["platform"]["status"] == status


def test_an_unknown_status_is_told_and_open_unless_it_has_ended() -> None:
    found = made(FORM, SHOP, row(DOUYIN_ROW | {"售后状态": "神秘状态"}))
    assert (found.state, codes(found)) == ("open", ["status_unknown"])
    assert (
        made(FORM, SHOP, row(DOUYIN_ROW | {"售后状态": "神秘状态", "售后完结时间": "2026-11-24 10:00:00"})).state
        == "closed"
    )


def test_the_buyers_countdown_is_not_the_merchants_deadline() -> None:
    found = made(FORM, SHOP, row(DOUYIN_ROW | {"售后状态": "待买家退货"}))
    assert "deadline" not in found.case["platform"]
    assert codes(found) == ["deadline_is_the_buyers"]


def test_unshipped_has_no_shipment() -> None:
    found = case(售后类型="未发货退款", 商品发货状态="未发货", 发货物流单号="", 发货物流状态="")
    assert "shipments" not in found
    assert found["request"]["kind"] == "cancel"


@pytest.mark.parametrize(
    ("word", "trace"),
    [("已签收", "delivered"), ("运输中", "in_transit"), ("派送中", "out_for_delivery"), ("已揽收", "picked_up"), ("拒签", "refused"),
     ("未签收", "in_transit"), ("快递退回中", "returned_to_sender")],
)  # fmt: skip
def test_traces(word: str, trace: str) -> None:
    assert case(发货物流状态=word)["shipments"][0]["trace"] == trace


def test_refused_at_the_door() -> None:
    assert case(是否拒签后退款="是")["shipments"][0]["trace"] == "refused"


def test_the_parcel_back() -> None:
    found = case(
        退货物流单号="\tSF1", 退货发货时间="2026-11-24 08:00:00", 退货物流公司="顺丰速运", 退货物流状态="已签收"
    )
    assert found["return_parcel"] == {
        "shipped_at": "2026-11-24T08:00:00+08:00",
        "waybill": "SF1",
        "carrier": "顺丰速运",
    }
    assert found["platform"]["status"] == "待商家处理；退货物流：已签收"


def test_marks() -> None:
    found = case(是否极速退款="是", 售后原因标签="七天无理由;运费险")
    assert found["shop"]["labels"] == ["fast_refund", "freight_insurance", "seven_day"]


def test_arbitration_stands_in_the_status_and_its_end_in_the_ruling() -> None:
    assert case(仲裁状态="待商家举证")["platform"]["status"] == "待商家处理；仲裁：待商家举证"
    ended = case(仲裁状态="仲裁结束-支持买家", 纠纷责任方="商家责任")["platform"]
    assert ended["ruling"] == "仲裁结束-支持买家；责任方：商家责任"


def test_payment_discount_and_freight() -> None:
    found = made(
        FORM,
        SHOP,
        row(
            DOUYIN_ROW
            | {"支付优惠（元）": "5", "退支付优惠（元）": "5", "商品运费（元）": "6", "退运费金额（元）": "6"}
        ),
    )
    order = found.case["order"]
    assert (order["lines"][0]["paid"], order["shipping_paid"]) == ("184.50", "6.00")
    assert order["payments"][0]["captured"] == "190.50"
    assert found.case["request"]["amount"] == "190.50"
    assert codes(found) == ["pay_discount_taken_off"]


def test_several_items_of_one_case_are_its_lines() -> None:
    rows = [
        row(DOUYIN_ROW, 2),
        row(DOUYIN_ROW | {"商品单号": "\t6921000000000000013"}, 3),
        row(DOUYIN_ROW | {"售后单号": "\t2"}, 4),
    ]
    groups = list(FORM.groups(iter(rows)))
    assert [[one.number for one in group] for group in groups] == [[2, 3], [4]]
    found = made(FORM, SHOP, *groups[0]).case
    assert [line["id"] for line in found["order"]["lines"]] == ["6921000000000000012", "6921000000000000013"]
    assert found["request"]["amount"] == "379.00"
    assert found["order"]["payments"][0]["captured"] == "379.00"


def test_the_latest_event_counts() -> None:
    assert made(FORM, SHOP, row(DOUYIN_ROW)).as_of == "2026-11-23T13:04:09Z"
    later = row(DOUYIN_ROW | {"同意售后申请时间": "2026-11-24 10:00:00"})
    assert made(FORM, SHOP, later).as_of == "2026-11-24T02:00:00Z"


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("售后单号", "", "missing"),
        ("订单号", "-", "missing"),
        ("售后申请时间", "昨天", "bad_time"),
        ("售后类型", "以旧换新", "unknown_value"),
        ("应付金额（元）", "很多", "bad_amount"),
        ("退商品金额（元）", "-5.1", "bad_amount"),
    ],
)
def test_what_cannot_be_read_refuses_the_row_and_names_the_column(column: str, text: str, code: str) -> None:
    found = not_made(FORM, SHOP, row(DOUYIN_ROW | {column: text}))
    assert found.remark.code == code
    assert (found.remark.column or "").startswith(column[:4])


def test_a_rounded_case_number_refuses_a_rounded_waybill_is_left_out() -> None:
    assert not_made(FORM, SHOP, row(DOUYIN_ROW, damaged=("售后单号",))).remark.code == "id_damaged"
    found = made(FORM, SHOP, row(DOUYIN_ROW, damaged=("发货物流单号",)))
    assert codes(found) == ["id_damaged"]
    assert found.case["shipments"] == [{"id": "s1", "trace": "delivered"}]


def test_an_unknown_reason_is_other_and_told() -> None:
    found = made(FORM, SHOP, row(DOUYIN_ROW | {"售后原因": "说不清"}))
    assert found.case["request"]["reason"] == "other"
    assert codes(found) == ["reason_unknown"]

"""拼多多 by its gateway."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from amends.channels.pinduoduo.channel import Pinduoduo
from amends.facts.channels import UnableToTalk
from amends.facts.imported import CaseMade, RowRefused
from amends.facts.platforms import ToldCase
from amends.facts.read_case import read_case
from amends.fakes.pinduoduo import FakePinduoduo, listed
from tests.rooms.channels.talking import access_to, deed, golden, json_answer, lately, scripted, seal, served

NUMBER = "261120-416081954561509-301851299"
PINDUODUO = Pinduoduo()
ACCESS = access_to("pinduoduo", FakePinduoduo().config())


def told(**changes: Any) -> ToldCase:
    answer = json_answer({**golden("pinduoduo_detail.json"), **changes})
    found, _ = scripted(PINDUODUO.one(ACCESS, NUMBER, seal()), answer)
    assert found is not None
    return found


def case_of(found: ToldCase) -> dict[str, Any]:
    assert isinstance(found.made, CaseMade)
    assert read_case(found.made.case).ignored == ()
    return found.made.case


def test_a_whole_after_sale() -> None:
    found = told()
    assert case_of(found) == {
        "case": NUMBER,
        "shop": {"channel": "pinduoduo", "name": "云上小店"},
        "market": "CN",
        "order": {
            "id": "261120-416081954561509",
            "currency": "CNY",
            "lines": [{"id": "l1", "sku": "13182332985", "quantity": 1, "paid": "18.00"}],
            "payments": [{"id": "platform", "method": "platform", "captured": "18.00"}],
        },
        "shipments": [{"id": "s1", "trace": "delivered"}],
        "request": {
            "kind": "return_refund",
            "reason": "not_as_described",
            "requested_at": "2026-11-23T09:03:29+08:00",
            "amount": "8.00",
            "message": "颜色不对",
        },
        "return_parcel": {"waybill": "123456123456", "carrier": "中通快递"},
        "platform": {"status": "退货退款，待商家处理（买家已寄回）", "deadline": "2026-11-25T09:03:29+08:00"},
    }
    assert (found.number, found.standing) == (NUMBER, "returning")
    assert found.updated_at == datetime(2026, 11, 23, 9, 18, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "status", "standing"),
    [
        ({"express_no": ""}, "3/not_sent_back", "requested"),
        ({"after_sales_status": 14, "express_no": ""}, "14", "requested"),
        (
            {
                "after_sales_status": 14,
                "express_no": "",
                "exchange_shipping_detail": {"customer_send_back_trunk_number": "SF1"},
            },
            "14/sent_back",
            "returning",
        ),
        ({"after_sales_status": 6, "join_or_not": "1"}, "join_or_not/1", "stepped_in"),
        ({"after_sales_status": 10, "join_or_not": "1"}, "10", "succeeded"),
        ({"after_sales_status": 77, "join_or_not": "1"}, "77", None),
    ],
)
def test_where_a_case_stands(changes: dict[str, Any], status: str, standing: str | None) -> None:
    found = told(**changes)
    assert (found.status, found.standing) == (status, standing)


@pytest.mark.parametrize(
    ("number", "kind"), [(1, "refund_only"), (2, "return_refund"), (3, "exchange"), (4, "resend"), (5, "repair")]
)
def test_the_kind_is_numbered_as_the_detail_does(number: int, kind: str) -> None:
    assert case_of(told(after_sales_type=number))["request"]["kind"] == kind


def test_a_refund_before_dispatch_is_a_cancellation() -> None:
    assert case_of(told(after_sales_type=1, shipping_status=0))["request"]["kind"] == "cancel"


def test_the_list_numbers_kinds_otherwise_and_is_not_asked_for_them() -> None:
    fake = FakePinduoduo()
    case = fake.ask(fake.sell().number, "return_refund")
    assert listed(case, fake.market.order(case.order))["after_sales_type"] == 3
    page = served(PINDUODUO.changed(ACCESS, lately(), seal()), fake)
    while not page.cases:
        page = served(PINDUODUO.changed(ACCESS, replace(lately(), cursor=page.cursor), seal()), fake)
    assert case_of(page.cases[0])["request"]["kind"] == "return_refund"
    fake.end()


def test_money_on_its_way_and_money_that_went() -> None:
    underway, went = told(after_sales_status=5, refund_operator_role=3), told(after_sales_status=10)
    assert [(refund.amount, refund.moved) for refund in underway.refunds] == [(800, False)]
    assert [(refund.amount, refund.moved) for refund in went.refunds] == [(800, True)]
    assert (underway.by_itself, went.by_itself) == ("platform", "")
    assert case_of(told(speed_refund_flag=1))["shop"]["labels"] == ["fast_refund"]


@pytest.mark.parametrize(
    ("code", "why"), [(70031, "throttled"), (52101, "throttled"), (10019, "keys"), (20005, "keys"), (50000, "down")]
)
def test_an_error_says_why(code: int, why: str) -> None:
    answer = json_answer({"error_response": {"error_code": code, "error_msg": "…", "sub_code": None, "sub_msg": ""}})
    with pytest.raises(UnableToTalk) as found:
        scripted(PINDUODUO.probe(ACCESS, seal()), answer)
    assert found.value.why == why


@pytest.mark.parametrize("number", ["301851299", "-301851299", "261120-416081954561509-x", ""])
def test_a_number_that_is_none_is_not_asked_about(number: str) -> None:
    assert scripted(PINDUODUO.one(ACCESS, number, seal())) == (None, [])


def test_a_list_without_its_rows_is_strange_and_no_empty_list() -> None:
    with pytest.raises(UnableToTalk) as found:
        scripted(PINDUODUO.changed(ACCESS, lately(), seal()), json_answer({"refund_increment_get_response": {}}))
    assert found.value.why == "strange"


def test_an_after_sale_that_is_listed_but_not_ours_is_told_and_stops_no_other() -> None:
    foreign = {"id": 1, "order_sn": "261120-1", "after_sales_status": 2, "updated_time": "2026-11-23 17:18:03"}
    answers = [
        {"refund_increment_get_response": {"refund_list": [foreign, {"id": 2, "order_sn": "x"}], "total_count": 2}},
        {"error_response": {"error_code": 50001, "error_msg": "业务服务错误", "sub_code": "45001"}},
        golden("pinduoduo_detail.json"),
    ]
    page, _ = scripted(PINDUODUO.changed(ACCESS, lately(), seal()), *[json_answer(answer) for answer in answers])
    lost, found = page.cases
    assert isinstance(lost.made, RowRefused)
    assert (lost.number, lost.status, lost.standing) == ("261120-1-1", "2", None)
    assert isinstance(found.made, CaseMade)


def test_everything_is_done_by_a_person_and_read_back() -> None:
    fake = FakePinduoduo()
    case = fake.ask(fake.sell().number)
    given = deed("agree_refund", case.number, amount=case.amount)
    assert served(PINDUODUO.acted(ACCESS, given, seal()), fake).outcome == "absent"
    assert served(PINDUODUO.act(ACCESS, given, seal()), fake).outcome == "person"
    fake.by_hand(case.number, "refund_by_itself")
    assert served(PINDUODUO.act(ACCESS, given, seal()), fake).outcome == "done"
    assert served(PINDUODUO.act(ACCESS, replace(given, action="message"), seal()), fake).outcome == "person"
    fake.end()


def test_a_question_without_an_answer_leaves_the_deed_unknown() -> None:
    throttled = json_answer({"error_response": {"error_code": 70031, "error_msg": "调用过于频繁"}})
    receipt, _ = scripted(PINDUODUO.acted(ACCESS, deed("agree_refund", NUMBER), seal()), throttled)
    assert receipt.outcome == "unknown"

"""微信小店's answers field by field, and what is sent for each deed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from amends.channels.wechat.channel import Wechat
from amends.channels.wechat.statuses import COMPLAINTS, COMPLAINTS_OVER, STATUSES
from amends.facts.channels import Access, UnableToTalk
from amends.facts.deeds import Deed, DeedFile, DeedReceipt
from amends.facts.imported import CaseMade, RowRefused, ShopSetting
from amends.facts.platforms import Page, ToldCase, Window
from amends.facts.read_case import read_case
from amends.facts.wire import UnableToTrustNotice
from tests.rooms.channels.scripted import AT, SEAL, said

HERE = Path(__file__).parent / "payloads"
NUMBER = "2000001077270153"
ACCESS = Access(
    ShopSetting("wx", "wechat"), "https://api.example", {"app_id": "wx1", "app_secret": "s", "access_token": "t"}
)
CHANNEL = Wechat()
ORDER = json.loads((HERE / "wechat_order.json").read_text("utf-8"))
OK = {"errcode": 0, "errmsg": "ok"}


def case(**changed: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((HERE / "wechat_case.json").read_text("utf-8"))
    found["after_sale_order"].update(changed)
    return found


def no(code: int, message: str = "不行") -> dict[str, Any]:
    return {"errcode": code, "errmsg": message}


def told(*answers: Any) -> ToldCase:
    found, _ = said(CHANNEL.one(ACCESS, NUMBER, SEAL), *answers)
    assert found is not None
    return found


def deed(action: Any = "agree_refund", **more: Any) -> Deed:
    return Deed(**{"key": "am1", "action": action, "case": NUMBER, "version": "1669123317", "currency": "CNY", **more})


def act(the: Deed, *answers: Any) -> DeedReceipt:
    return said(CHANNEL.act(ACCESS, the, SEAL), *answers)[0]


def sent(the: Deed, *answers: Any) -> tuple[str, dict[str, Any]]:
    _, asked = said(CHANNEL.act(ACCESS, the, SEAL), *answers)
    return urlsplit(asked[-1].url).path, json.loads(asked[-1].body)


def test_a_case_with_its_order_is_told_whole() -> None:
    found = told(case(), ORDER)
    assert (found.status, found.standing, found.version) == ("MERCHANT_WAIT_RECEIPT", "returning", "1669123317")
    assert found.deadline == datetime.fromtimestamp(1669209717, UTC)
    assert isinstance(found.made, CaseMade)
    made = found.made.case
    assert made["order"] == {
        "id": "3707636310244721920",
        "currency": "CNY",
        "placed_at": "2022-07-22T16:00:00Z",
        "paid_at": "2022-07-22T16:01:00Z",
        "ship_promised_by": "2022-07-23T16:00:00Z",
        "shipping_paid": "6.00",
        "lines": [
            {"id": "23424", "sku": "RING", "title": "健身环", "quantity": 2, "list_price": "22.00", "paid": "40.00"},
            {
                "id": "23425",
                "sku": "23425",
                "title": "收纳袋",
                "quantity": 1,
                "list_price": "0.00",
                "paid": "0.00",
                "traits": ["gift"],
            },
        ],
        "payments": [{"id": "wechat_pay", "method": "wechat_pay", "captured": "46.00", "reference": "4200000001"}],
    }
    assert made["request"] == {
        "kind": "return_refund",
        "reason": "not_as_described",
        "requested_at": "2022-11-22T12:50:32Z",
        "amount": "20.00",
        "lines": [{"id": "23424", "quantity": 1}],
    }
    assert made["shipments"] == [{"id": "SF999", "lines": ["23424"], "shipped_at": "2022-07-23T15:26:40Z"}]
    assert made["return_parcel"] == {"waybill": "SF123", "carrier": "顺丰速运"}
    assert found.made.remarks == ()
    read_case(made)


def test_without_the_right_to_read_orders_a_case_says_that_what_was_paid_is_only_the_least() -> None:
    found = told(case(), no(48001))
    assert isinstance(found.made, CaseMade)
    assert [line.paid for line in read_case(found.made.case).order.lines] == [2000]
    assert [remark.code for remark in found.made.remarks] == ["paid_unknown"]


@pytest.mark.parametrize("status", [name for name in STATUSES if not name.startswith("complaint:")])
def test_every_status_is_known_by_its_word(status: str) -> None:
    found = told(case(status=status), ORDER)
    assert (found.status, found.standing) == (status, STATUSES[status].standing)
    assert [alarm.code for alarm in found.alarms] == (
        ["refund_failed"] if "FAIL" in status and "REFUND" in status else []
    )


@pytest.mark.parametrize("state", [*COMPLAINTS, *COMPLAINTS_OVER])
def test_a_complaint_comes_before_the_status_until_it_is_over(state: int) -> None:
    found = told(case(status="MERCHANT_REJECT_RETURN", complaint_id="9"), {**OK, "status": state, "history": []}, ORDER)
    assert found.standing == ("refused" if state in COMPLAINTS_OVER else "stepped_in")
    assert found.alarms == ()


def test_a_complaint_that_may_not_be_read_does_not_hide_the_case() -> None:
    assert told(case(complaint_id="9"), no(48001), ORDER).standing == "returning"


def test_a_number_of_seconds_that_are_left_is_no_deadline() -> None:
    assert told(case(deadline=3600), ORDER).deadline is None


@pytest.mark.parametrize(
    ("status", "moved"),
    [
        ("MERCHANT_RETURN_SUCCESS", True),
        ("PLATFORM_REFUNDING", False),
        ("PLATFORM_REFUND_FAIL", None),
        ("USER_CANCELD", None),
    ],
)
def test_money_is_told_as_far_as_the_status_says(status: str, moved: bool | None) -> None:
    found = told(case(status=status), ORDER)
    assert [refund.moved for refund in found.refunds] == ([] if moved is None else [moved])


def test_what_the_platform_did_alone_is_told() -> None:
    paid = case(status="MERCHANT_RETURN_SUCCESS", refund_info={"amount": 2000, "refund_reason": 11})
    assert told(paid, ORDER).by_itself == "商家收货超时平台退款"
    ruled = told(case(status="MERCHANT_RETURN_SUCCESS", refund_info={"amount": 2000, "refund_reason": 5}), ORDER)
    assert isinstance(ruled.made, CaseMade)
    assert ruled.made.case["platform"]["ruling"] == "纠纷判定退款"
    assert told(case(refund_info={"amount": 2000, "refund_reason": 3}), ORDER).by_itself == ""


def test_a_refund_before_dispatch_is_a_cancellation_and_a_price_difference_is_what_it_is() -> None:
    unshipped = {**ORDER, "order": {**ORDER["order"], "status": 20}}
    for changed, order, kind in (
        ({"type": "REFUND"}, unshipped, "cancel"),
        ({"type": "REFUND"}, ORDER, "refund_only"),
        ({"type": "RESHIP"}, ORDER, "resend"),
        ({"type": "REFUND", "sub_type": "REFUND_PRICE_DIFF"}, ORDER, "price_adjustment"),
    ):
        found = told(case(**changed), order)
        assert isinstance(found.made, CaseMade)
        assert found.made.case["request"]["kind"] == kind
    assert isinstance(told(case(type="RENT"), ORDER).made, RowRefused)


def test_a_reason_that_is_a_number_is_read_by_its_words() -> None:
    found = told(case(reason="10000007", reason_text="未收到商品"), ORDER)
    assert isinstance(found.made, CaseMade)
    assert found.made.case["request"]["reason"] == "not_received"


# Windows.


def page(window: Window, *answers: Any) -> tuple[Page, list[str]]:
    found, asked = said(CHANNEL.changed(ACCESS, window, SEAL), *answers)
    return found, [urlsplit(request.url).path for request in asked]


def test_a_long_list_is_told_in_parts_and_then_its_next_page_is_asked_for() -> None:
    numbers = [str(number) for number in range(100)]
    listed = {**OK, "after_sale_order_id_list": numbers, "has_more": True, "next_key": "K|2"}
    since = datetime.fromtimestamp(1669000000, UTC)
    window = Window(since, since + timedelta(days=1))
    case_and_order = [case(update_time=1669000001), ORDER]
    first, _ = page(window, listed, *case_and_order * 60)
    assert (len(first.cases), first.cursor) == (60, "60|")
    second, asked = page(replace(window, cursor=first.cursor), listed, *case_and_order * 40)
    assert (len(second.cases), second.cursor) == (40, "0|K|2")
    assert asked[0].endswith("/getaftersalelist")
    _, third = said(
        CHANNEL.changed(ACCESS, replace(window, cursor=second.cursor), SEAL),
        {**OK, "after_sale_order_id_list": [], "has_more": False},
    )
    assert json.loads(third[0].body) == {
        "begin_update_time": 1669000000,
        "end_update_time": 1669086400,
        "next_key": "K|2",
    }


def test_a_case_changed_after_the_window_is_left_to_the_next_one() -> None:
    since = datetime.fromtimestamp(1669000000, UTC)
    listed = {**OK, "after_sale_order_id_list": [NUMBER], "has_more": False}
    found, _ = page(Window(since, datetime.fromtimestamp(1669123317, UTC)), listed, case(), ORDER)
    assert found.cases == ()


def test_a_listed_case_that_is_not_shown_is_told_with_an_alarm_and_holds_up_no_other() -> None:
    since = datetime.fromtimestamp(1669000000, UTC)
    listed = {**OK, "after_sale_order_id_list": ["1", NUMBER], "has_more": False}
    window = Window(since, since + timedelta(days=2))
    found, _ = page(window, listed, no(10021043, "售后单非当前账号"), case(), ORDER)
    assert [(told.number, [alarm.code for alarm in told.alarms]) for told in found.cases] == [
        ("1", ["case_unreadable"]),
        (NUMBER, []),
    ]
    with pytest.raises(UnableToTalk):
        page(window, listed, no(48001))


# What an answer means.


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (no(42001), "keys"),
        (no(40164), "keys"),
        (no(45009), "throttled"),
        (no(-1), "down"),
        (no(48001), "refused"),
        ((502, b""), "down"),
        ((200, b"<xml>"), "strange"),
    ],
)
def test_an_answer_that_is_none_is_told_as_what_it_is(answer: Any, why: str) -> None:
    with pytest.raises(UnableToTalk) as fault:
        said(CHANNEL.one(ACCESS, NUMBER, SEAL), answer)
    assert fault.value.why == why


def test_a_test_call_brings_the_shops_name_and_when_its_token_runs_out() -> None:
    token = {"access_token": "fresh", "expires_in": 7200}
    probe, asked = said(CHANNEL.probe(ACCESS, SEAL), token, {**OK, "info": {"nickname": "示例小店"}}, OK)
    assert (probe.name, probe.until) == ("示例小店", AT + timedelta(seconds=7200))
    assert [request.method for request in asked] == ["POST", "GET", "POST"]
    assert parse_qs(urlsplit(asked[1].url).query)["access_token"] == ["fresh"]


# Deeds.


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (no(10020001), "stale"),
        (no(10021041), "stale"),
        (no(100004), "stale"),
        (no(10021068), "person"),
        (no(10021051), "person"),
        (no(10021046), "failed"),
        (no(10021045), "failed"),
        (no(10021059), "absent"),
        (no(42001), "absent"),
        (no(-1), "unknown"),
        ((503, b""), "unknown"),
        ((200, b"{"), "unknown"),
        (OK, "pending"),
    ],
)
def test_what_the_platform_says_to_a_deed_is_a_receipt_and_never_a_fault(answer: Any, outcome: str) -> None:
    assert act(deed(amount=2000), case(), answer).outcome == outcome


def test_one_refund_a_minute_for_one_order_is_waited_for() -> None:
    assert act(deed(amount=2000), case(), no(10021059)).retry_after == 60


ADDRESS = {"address": "12"}
SENT = [
    ("agree_refund", "RETURN", "MERCHANT_WAIT_RECEIPT", {}, "acceptapply", {"accept_type": 2}),
    ("agree_refund", "REFUND", "MERCHANT_PROCESSING", {}, "acceptapply", {"accept_type": 2}),
    ("agree_return", "RETURN", "MERCHANT_PROCESSING", ADDRESS, "acceptapply", {"accept_type": 1, "address_id": "12"}),
    ("agree_return", "EXCHANGE", "MERCHANT_PROCESSING", ADDRESS, "acceptapply", {"accept_type": 1, "address_id": "12"}),
    ("refuse", "REFUND", "MERCHANT_PROCESSING", {"reason": "6"}, "rejectapply", {"reject_reason_type": 6}),
    ("refuse", "EXCHANGE", "MERCHANT_WAIT_RECEIPT", {"reason": "9"}, "rejectexchangereship", {"reject_reason_type": 9}),
]


@pytest.mark.parametrize(("action", "kind", "status", "more", "path", "body"), SENT)
def test_what_is_sent_for_a_deed(
    action: str, kind: str, status: str, more: dict[str, Any], path: str, body: dict[str, Any]
) -> None:
    reached, told = sent(deed(action, **more), case(type=kind, status=status), OK)
    assert reached == f"/channels/ec/aftersale/{path}"
    assert told == {"after_sale_order_id": NUMBER, **body}


def test_an_exchanged_parcel_is_named_by_carrier_and_waybill() -> None:
    path, body = sent(deed("ship_replacement", carrier="SF", waybill="1"), case(type="EXCHANGE"), OK)
    assert path == "/channels/ec/aftersale/acceptexchangereship"
    assert body == {"after_sale_order_id": NUMBER, "delivery_id": "SF", "waybill_id": "1"}


@pytest.mark.parametrize(
    ("action", "changed", "more", "outcome", "code"),
    [
        ("agree_refund", {"type": "RETURN", "status": "MERCHANT_PROCESSING"}, {}, "failed", "does_not_fit"),
        ("agree_refund", {"type": "RETURN", "status": "USER_WAIT_RETURN"}, {}, "failed", "does_not_fit"),
        ("agree_refund", {}, {"amount": 1}, "failed", "amount_fixed"),
        ("agree_refund", {"update_time": 1669123318}, {}, "stale", "update_time"),
        ("agree_return", {"status": "MERCHANT_PROCESSING"}, {}, "failed", "address_missing"),
        ("agree_return", {"type": "RESHIP", "status": "MERCHANT_PROCESSING"}, {}, "person", "does_not_fit"),
        ("refuse", {}, {}, "failed", "reason_missing"),
        ("ship_replacement", {"type": "EXCHANGE"}, {}, "failed", "waybill_missing"),
        ("give_evidence", {}, {"text": "看图"}, "failed", "no_proof_wanted"),
        ("message", {}, {}, "person", "not_supported"),
        ("extend", {}, {}, "failed", "not_supported"),
    ],
)
def test_a_deed_that_does_not_fit_is_not_sent(
    action: str, changed: dict[str, Any], more: dict[str, Any], outcome: str, code: str
) -> None:
    receipt = act(deed(action, **more), case(**changed))
    assert (receipt.outcome, receipt.code) == (outcome, code)


def test_files_that_a_refusal_cannot_take_are_an_alarm() -> None:
    receipt = act(deed("refuse", reason="4", files=(DeedFile("a.jpg", "image/jpeg", b"x"),)), case(), OK)
    assert (receipt.outcome, "a.jpg" in receipt.alarm) == ("done", True)


def test_proof_goes_into_the_complaint_with_its_pictures_by_their_address() -> None:
    complained, complaint = case(complaint_id="9"), {**OK, "status": 106, "history": []}
    files = (DeedFile("a.jpg", "image/jpeg", b"", "https://files.example/a.jpg"),)
    given = deed("give_evidence", text="已发货", files=files)
    path, body = sent(given, complained, complaint, {**OK, "pic_file": {"media_id": "M1"}}, OK)
    assert path == "/channels/ec/aftersale/addcomplaintproof"
    assert body == {"complaint_id": "9", "content": "已发货", "media_id_list": ["M1"]}
    assert (
        act(replace(given, files=(DeedFile("a.jpg", "image/jpeg", b"x"),)), complained, complaint).outcome == "person"
    )
    there = {**complaint, "history": [{"content": "已发货"}]}
    assert act(given, complained, there).outcome == "done"


def test_a_picture_without_an_address_is_sent_itself_with_its_size() -> None:
    png = b"\x89PNG\r\n\x1a\n" + bytes(8) + (640).to_bytes(4) + (480).to_bytes(4) + b"..."
    given = deed("give_evidence", text="已发货", files=(DeedFile("签收 单.png", "image/png", png),))
    complaint = {**OK, "status": 106, "history": []}
    answers = (case(complaint_id="9"), complaint, {**OK, "pic_file": {"media_id": "M1"}}, OK)
    _, asked = said(CHANNEL.act(ACCESS, given, SEAL), *answers)
    query = parse_qs(urlsplit(asked[2].url).query)
    assert (query["upload_type"], query["width"], query["height"]) == (["0"], ["640"], ["480"])
    assert asked[2].headers["Content-Type"] == "multipart/form-data; boundary=nonce-0"
    assert (
        b'name="media"; filename="\xe7\xad\xbe\xe6\x94\xb6_\xe5\x8d\x95.png"\r\nContent-Type: image/png'
        in asked[2].body
    )
    assert png in asked[2].body


def test_reasons_to_refuse_are_those_of_what_the_case_is_and_where_it_stands() -> None:
    listed = {
        **OK,
        "reason_list": [
            {"reject_reason_type": 1, "reject_reason_type_text": "甲", "reject_scene": 1},
            {"reject_reason_type": 4, "reject_reason_type_text": "乙", "reject_reason": "您好", "reject_scene": 4},
        ],
    }
    reasons, _ = said(CHANNEL.refusal_reasons(ACCESS, NUMBER, SEAL), case(), listed)
    assert [(reason.code, reason.text, reason.hint) for reason in reasons] == [("4", "乙", "您好")]
    assert said(CHANNEL.refusal_reasons(ACCESS, NUMBER, SEAL), case(status="USER_CANCELD"))[0] == ()


@pytest.mark.parametrize(
    ("action", "status", "outcome"),
    [
        ("agree_refund", "MERCHANT_RETURN_SUCCESS", "done"),
        ("agree_refund", "PLATFORM_REFUNDING", "pending"),
        ("agree_refund", "PLATFORM_REFUND_FAIL", "failed"),
        ("agree_refund", "USER_WAIT_CONFIRM", "unknown"),
        ("agree_refund", "MERCHANT_WAIT_RECEIPT", "absent"),
        ("agree_refund", "NEVER_SEEN_77", "unknown"),
        ("agree_return", "USER_WAIT_RETURN", "done"),
        ("agree_return", "RETURN_CLOSED", "unknown"),
        ("refuse", "MERCHANT_REJECT_RETURN", "done"),
        ("refuse", "USER_CANCELD", "unknown"),
        ("ship_replacement", "USER_WAIT_RECEIPT", "done"),
    ],
)
def test_what_became_of_a_deed_is_read_from_the_case(action: str, status: str, outcome: str) -> None:
    receipt, _ = said(CHANNEL.acted(ACCESS, deed(action, waybill="1"), SEAL), case(status=status))
    assert receipt.outcome == outcome


def test_pushes_are_not_taken() -> None:
    with pytest.raises(UnableToTrustNotice):
        CHANNEL.pushed(ACCESS, {}, b"{}", AT)

"""抖店's calls, answers and pushes, byte for byte and field by field."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from amends.channels.douyin.channel import Douyin
from amends.channels.douyin.operate_codes import CODES, operate_code
from amends.channels.douyin.signing import canonical, sign_call, sign_push
from amends.channels.douyin.statuses import STATUSES
from amends.facts.channels import Access, UnableToTalk
from amends.facts.deeds import Deed, DeedFile, DeedReceipt
from amends.facts.imported import CaseMade, RowRefused, ShopSetting
from amends.facts.platforms import ToldCase, Window
from amends.facts.read_case import read_case
from amends.facts.wire import UnableToTrustNotice
from tests.rooms.channels.scripted import AT, SEAL, said

HERE = Path(__file__).parent / "payloads"
KEY, SECRET = "3409409348479354011", "2ad2355c-01d0-11f8-91dc-05a8cd1054b1"
NUMBER = "6986853269519810849"
SHOP = ShopSetting("dy", "douyin")
ACCESS = Access(
    SHOP, "https://api.example", {"app_key": KEY, "app_secret": SECRET, "shop_id": "7", "access_token": "t"}
)
CHANNEL = Douyin()


def detail(**changed: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((HERE / "douyin_detail.json").read_text("utf-8"))
    found["process_info"]["after_sale_info"].update(changed)
    return found


def ok(data: Any) -> dict[str, Any]:
    return {"code": 10000, "msg": "success", "sub_code": "", "sub_msg": "", "log_id": "L1", "data": data}


def no(code: int, sub_code: str, message: str = "不行") -> dict[str, Any]:
    return {"code": code, "msg": message, "sub_code": sub_code, "sub_msg": message, "log_id": "L9", "data": None}


NO_ORDERS = no(30001, "isv.app-permissions-insufficient")
ORDER = ok(json.loads((HERE / "douyin_order.json").read_text("utf-8")))


def told(data: Any, order: Any = NO_ORDERS) -> ToldCase:
    found, _ = said(CHANNEL.one(ACCESS, NUMBER, SEAL), ok(data), order)
    assert found is not None
    return found


def deed(action: Any = "agree_refund", **more: Any) -> Deed:
    return Deed(**{"key": "am1", "action": action, "case": NUMBER, "version": "1626860666", "currency": "CNY", **more})


def act(the: Deed, *answers: Any) -> DeedReceipt:
    return said(CHANNEL.act(ACCESS, the, SEAL), *answers)[0]


def sent(the: Deed, *answers: Any) -> dict[str, Any]:
    _, asked = said(CHANNEL.act(ACCESS, the, SEAL), *answers)
    found: dict[str, Any] = json.loads(asked[-1].body)
    return found


# Signatures.


@pytest.mark.parametrize(
    ("way", "wanted"),
    [
        ("hmac-sha256", "eb557c9a77cefc7428f2a3f2ab72f6d2b23505dc926c5789e82c49973ed21aac"),
        ("md5", "27381cf27a41fd779286b55c496e946d"),
    ],
)
def test_a_call_is_signed_as_the_published_vector_has_it(way: str, wanted: str) -> None:
    param_json = canonical({"need_operation_record": True, "aftersale_id": NUMBER})
    assert param_json == '{"aftersale_id":"6986853269519810849","need_operation_record":true}'
    assert sign_call(KEY, SECRET, "afterSale.Detail", "1626860666", param_json, way) == wanted
    assert sign_call(KEY, SECRET, "aftersale.detail", "1626860666", param_json, way) != wanted


def test_a_push_is_signed_as_the_vector_has_it() -> None:
    assert (
        sign_push("APPKEY", "APPSECRET", b'[{"tag":"0","msg_id":"0","data":"{}"}]')
        == "99bd6ed6ac935de0564f742640b2e10b"
    )


def test_the_bytes_that_are_signed_are_the_bytes_that_are_sent() -> None:
    note = deed("note", text="好的 <b>&</b> \u2028")
    _, asked = said(CHANNEL.act(ACCESS, note, SEAL), ok(detail()), ok({}))
    query = {name: values[0] for name, values in parse_qs(urlsplit(asked[-1].url).query).items()}
    body = asked[-1].body.decode()
    assert urlsplit(asked[-1].url).path == "/afterSale/addOrderRemark"
    assert query["method"] == "afterSale.addOrderRemark"
    assert query["sign"] == sign_call(KEY, SECRET, query["method"], query["timestamp"], body)
    assert asked[-1].headers["x-open-no-old-err-code"] == "1"
    assert body == canonical(json.loads(body))


# A case read.


def test_a_case_alone_tells_what_it_holds_and_leaves_out_the_rest() -> None:
    found = told(detail())
    assert (found.number, found.status, found.standing, found.version) == (NUMBER, "11", "returning", "1626860666")
    assert found.deadline == datetime.fromtimestamp(1626926420, UTC)
    assert found.by_itself == "小助手同意退货"
    assert isinstance(found.made, CaseMade)
    case = found.made.case
    assert case["order"] == {
        "id": "4821780700279174718",
        "currency": "CNY",
        "placed_at": "2021-07-17T05:33:20Z",
        "shipping_paid": "6.00",
        "lines": [{"id": "4821780700279174719", "sku": "KNIT-M", "title": "针织衫", "quantity": 2, "paid": "40.40"}],
        "payments": [{"id": "platform", "method": "platform", "captured": "46.40"}],
    }
    assert case["request"] == {
        "kind": "return_refund",
        "reason": "wrong_size",
        "requested_at": "2021-07-20T03:59:52Z",
        "amount": "20.20",
        "lines": [{"id": "4821780700279174719", "quantity": 1}],
        "message": "买家不想要了",
    }
    assert case["return_parcel"] == {
        "shipped_at": "2021-07-20T16:53:20Z",
        "waybill": "XY123123123",
        "carrier": "顺丰速运",
    }
    assert case["platform"] == {"status": "待商家二次同意", "deadline": "2021-07-22T04:00:20Z"}
    assert case["shipments"] == [{"id": "SF12345678910"}]
    assert (found.made.as_of, found.made.state) == ("2021-07-21T09:44:26Z", "open")
    read_case(case)


def test_with_its_order_a_case_tells_all_lines_the_payment_and_when_each_parcel_was_signed_for() -> None:
    found = told(detail(), ORDER)
    assert isinstance(found.made, CaseMade)
    case = read_case(found.made.case)
    assert [(line.id, line.paid, line.quantity) for line in case.order.lines] == [
        ("4821780700279174719", 4040, 2),
        ("4821780700279174720", 2000, 1),
    ]
    assert (case.order.shipping_paid, case.order.payments[0].captured, case.order.payments[0].method) == (
        600,
        6640,
        "alipay",
    )
    assert [(item.line.id, item.quantity) for item in case.request.lines] == [("4821780700279174719", 1)]
    assert case.shipments[0].delivered_at == datetime.fromtimestamp(1626710000, UTC)
    assert case.order.completed_at == datetime.fromtimestamp(1626740000, UTC)


def test_the_second_label_gives_the_reason_where_the_first_says_nothing() -> None:
    for first, reason in (("", "wrong_size"), ("其他", "wrong_size"), ("质量问题", "quality")):
        assert isinstance((made := told(detail(reason=first)).made), CaseMade)
        assert made.case["request"]["reason"] == reason


@pytest.mark.parametrize(("number", "meaning"), sorted(STATUSES.items()))
def test_every_status_is_known_by_its_number(number: str, meaning: Any) -> None:
    data = detail()
    if number.startswith("arbitrate:"):
        data["process_info"]["arbitrate_info"] = {"arbitrate_status": int(number[-1])}
    else:
        data["process_info"]["after_sale_info"]["after_sale_status"] = int(number)
    found = told(data)
    assert (found.status, found.standing, found.alarms) == (number, meaning.standing, ())


def test_arbitration_comes_before_the_status_until_the_case_is_final_and_its_proof_has_a_deadline() -> None:
    data = detail(after_sale_status=27)
    data["process_info"]["arbitrate_info"] = {
        "arbitrate_status": 4,
        "arbitrate_status_deadline": "2021-07-23 10:00:00",
        "arbitrate_create_time": 1626860000,
        "arbitrate_update_time": 1626860600,
    }
    found = told(data)
    assert (found.standing, found.deadline) == ("stepped_in", datetime(2021, 7, 23, 2, 0, tzinfo=UTC))
    assert isinstance(found.made, CaseMade)
    assert found.made.case["platform"]["evidence_asked_at"] == "2021-07-21T09:43:20Z"
    data["process_info"]["after_sale_info"]["aftersale_status_to_final_time"] = 1626870000
    assert (told(data).standing, told(data).final) == ("refused", True)


def test_a_ruling_says_for_whom_and_who_is_to_blame() -> None:
    data = detail(after_sale_status=12)
    data["process_info"]["arbitrate_info"] = {
        "arbitrate_status": 2,
        "arbitrate_blame": 1,
        "arbitrate_create_time": 1626860000,
    }
    assert isinstance((made := told(data).made), CaseMade)
    assert made.case["platform"]["ruling"] == "仲裁结束，支持买家；责任方：商家"


@pytest.mark.parametrize(("state", "moved"), [(0, None), (1, None), (2, False), (3, True), (4, None), (5, True)])
def test_money_goes_its_own_way_beside_the_status(state: int, moved: bool | None) -> None:
    found = told(detail(refund_status=state, real_refund_amount=1990 if state == 3 else 0, refund_time=1626860700))
    assert [refund.moved for refund in found.refunds] == ([] if moved is None else [moved])
    assert [alarm.code for alarm in found.alarms] == (["refund_failed"] if state == 4 else [])
    if state == 3:
        assert (found.refunds[0].amount, found.refunds[0].reference) == (1990, NUMBER)
        assert found.refunds[0].at == datetime.fromtimestamp(1626860700, UTC)


def test_an_automatic_yes_that_nobody_knows_is_told_by_its_number() -> None:
    assert told(detail(auto_audit_bits=[3, 99])).by_itself == "发货后极速退、自动审核 99"
    assert told(detail(auto_audit_bits=[9])).by_itself == ""


def test_a_kind_that_nobody_knows_makes_no_case_and_says_so() -> None:
    found = told(detail(after_sale_type=77, after_sale_type_text="以旧换新"))
    assert isinstance(found.made, RowRefused)
    assert "以旧换新" in found.made.remark.zh
    assert found.standing == "returning"


def listed(*answers: Any) -> Any:
    info = {"aftersale_id": NUMBER, "aftersale_status": 6, "update_time": 1626860666}
    page = ok({"items": [{"aftersale_info": info}], "has_more": False})
    window = Window(datetime.fromtimestamp(1626860000, UTC), datetime.fromtimestamp(1626870000, UTC))
    return said(CHANNEL.changed(ACCESS, window, SEAL), page, *answers)[0]


def test_a_listed_case_that_is_not_shown_is_told_with_an_alarm_and_holds_up_no_other() -> None:
    (found,) = listed(no(50002, "isv.business-failed:12001", "映射错误")).cases
    assert (found.number, found.status, found.standing) == (NUMBER, "6", "requested")
    assert isinstance(found.made, RowRefused)
    assert "映射错误" in found.alarms[0].zh
    assert listed(no(40004, "isv.parameter-invalid:11003")).cases == ()


def test_an_order_that_is_only_busy_is_no_case_without_an_order() -> None:
    with pytest.raises(UnableToTalk) as fault:
        listed(ok(detail()), no(50002, "isv.business-failed:20004", "系统繁忙，请稍后重试"))
    assert fault.value.why == "down"
    with pytest.raises(UnableToTalk):
        listed(no(30001, "isv.app-permissions-insufficient"))
    (found,) = listed(ok(detail()), NO_ORDERS).cases
    assert isinstance(found.made, CaseMade)
    assert [remark.code for remark in found.made.remarks] == ["order_unread"]


# What an answer means.


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (no(60000, "isv.traffic-limited"), "throttled"),
        (no(40003, "isv.access-token-expired"), "keys"),
        (no(40003, "isv.signature-invalid"), "keys"),
        (no(50001, "dop.token-generate-failed:token-expired"), "keys"),
        (no(30001, "isv.app-permissions-insufficient"), "refused"),
        (no(20000, "isp.service-error:10000"), "down"),
        (no(90000, ""), "down"),
        (no(50002, "isv.business-failed:12000"), "refused"),
        ((502, b"bad gateway"), "down"),
        ((200, b"<html>"), "strange"),
        ((200, b'{"data": {}}'), "strange"),
    ],
)
def test_an_answer_that_is_none_is_told_as_what_it_is_with_its_log_id(answer: Any, why: str) -> None:
    with pytest.raises(UnableToTalk) as fault:
        said(CHANNEL.refusal_reasons(ACCESS, NUMBER, SEAL), answer)
    assert fault.value.why == why
    if isinstance(answer, dict):
        assert "L9" in str(fault.value)


@pytest.mark.parametrize("word", ["isv.parameter-invalid:11000", "isv.parameter-invalid:11003"])
def test_a_number_that_the_platform_does_not_know_is_none(word: str) -> None:
    assert said(CHANNEL.one(ACCESS, "1", SEAL), no(40004, word))[0] is None
    assert said(CHANNEL.one(ACCESS, "1", SEAL), ok({}))[0] is None


# Deeds.


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (no(50002, "isv.business-failed:11001"), "person"),
        (no(50002, "isv.business-failed:20309541"), "stale"),
        (no(50002, "isv.business-failed:11005"), "failed"),
        (no(40004, "isv.parameter-invalid:11000"), "failed"),
        (no(30001, "isv.app-permissions-insufficient"), "failed"),
        (no(60000, "isv.traffic-limited"), "absent"),
        (no(40003, "isv.access-token-expired"), "absent"),
        (no(20000, "isp.service-error:10002"), "unknown"),
        ((503, b""), "unknown"),
        ((200, b"{"), "unknown"),
        (ok({"items": [{"aftersale_id": int(NUMBER), "status_code": 5, "status_msg": "?"}]}), "unknown"),
        (ok({"items": [{"aftersale_id": int(NUMBER), "status_code": 0}]}), "pending"),
    ],
)
def test_what_the_platform_says_to_a_deed_is_a_receipt_and_never_a_fault(answer: Any, outcome: str) -> None:
    receipt = act(deed(amount=2020), ok(detail()), answer)
    assert receipt.outcome == outcome
    if isinstance(answer, dict):
        assert ("L1" if answer["code"] == 10000 else "L9") in receipt.message


def test_a_case_that_cannot_be_looked_at_says_nothing_of_the_deed() -> None:
    assert act(deed(), no(60000, "isv.traffic-limited")).outcome == "unknown"
    assert said(CHANNEL.acted(ACCESS, deed(), SEAL), (503, b""))[0].outcome == "unknown"


def test_one_item_goes_with_the_version_it_was_decided_on() -> None:
    body = sent(deed(amount=2020), ok(detail()), ok({"items": []}))
    assert body == {"type": 111, "items": [{"aftersale_id": NUMBER, "update_time": 1626860666}]}


def test_a_changed_case_and_another_amount_are_refused_here_before_anything_is_sent() -> None:
    assert act(deed(version="1626860665"), ok(detail())).outcome == "stale"
    receipt = act(deed(amount=1000), ok(detail()))
    assert (receipt.outcome, receipt.code) == ("failed", "amount_fixed")


def test_a_combination_without_a_known_code_is_never_guessed() -> None:
    assert act(deed("agree_return", address="1"), ok(detail(after_sale_status=28))).code == "no_operate_code"
    assert act(deed("refuse", reason="1"), ok(detail(after_sale_status=7))).code == "no_operate_code"
    before_dispatch = act(deed("refuse", reason="1"), ok(detail(after_sale_type=2, after_sale_status=6)))
    assert (before_dispatch.outcome, "shipping" in before_dispatch.message) == ("person", True)
    repaired = act(deed("agree_refund", amount=2020), ok(detail(after_sale_type=8, after_sale_status=11)))
    assert repaired.outcome == "person"


def test_no_two_codes_fit_the_same_place() -> None:
    places = [(code.action, code.kind, status) for code in CODES for status in code.statuses]
    assert len(places) == len(set(places))
    for code in CODES:
        for status in code.statuses:
            assert operate_code(code.action, code.kind, status) == code


def test_a_yes_to_a_return_names_the_return_address() -> None:
    asked = ok(detail(after_sale_status=6))
    assert act(deed("agree_return"), asked).code == "address_missing"
    body = sent(deed("agree_return", address="9001"), asked, ok({"items": []}))
    assert (body["type"], body["items"][0]["logistics"]) == (101, {"receiver_address_id": 9001})


REASONS = ok(
    {
        "items": [
            {"reject_reason_code": 1, "reason": "协商一致", "evidence_need": "N"},
            {"reject_reason_code": 7, "reason": "买家已签收", "evidence_need": "Y", "evidence_description": "签收底单"},
        ]
    }
)


def test_a_refusal_carries_the_platforms_reason_in_its_words_and_proof_by_its_address() -> None:
    proof = DeedFile("a.jpg", "image/jpeg", b"x", "https://files.example/a.jpg")
    body = sent(deed("refuse", reason="7", text="见图", files=(proof,)), ok(detail()), REASONS, ok({"items": []}))
    assert body["type"] == 112
    assert body["items"][0] == {
        "aftersale_id": NUMBER,
        "update_time": 1626860666,
        "reject_reason_code": 7,
        "reason": "买家已签收",
        "remark": "见图",
        "evidence": [{"type": 1, "url": "https://files.example/a.jpg", "desc": "见图"}],
    }


@pytest.mark.parametrize(
    ("more", "outcome", "code"),
    [
        ({"reason": ""}, "failed", "reason_missing"),
        ({"reason": "99"}, "failed", "reason_unknown"),
        ({"reason": "7"}, "failed", "proof_missing"),
        ({"reason": "1", "files": (DeedFile("a.jpg", "image/jpeg", b"x"),)}, "person", "file_without_address"),
        (
            {"reason": "1", "files": (DeedFile("a.mp4", "video/mp4", b"", "https://f.example/a"),)},
            "person",
            "file_is_no_picture",
        ),
    ],
)
def test_a_refusal_that_lacks_something_is_not_sent(more: dict[str, Any], outcome: str, code: str) -> None:
    receipt = act(deed("refuse", **more), ok(detail()), REASONS)
    assert (receipt.outcome, receipt.code) == (outcome, code)


def test_a_resend_is_shipped_by_filling_in_its_parcel() -> None:
    asked = ok(detail(after_sale_type=7, after_sale_status=8))
    body = sent(deed("ship_replacement", carrier="shunfeng", waybill="SF1"), asked, ok({}))
    assert body == {"aftersale_id": NUMBER, "send_type": 1, "company_code": "shunfeng", "tracking_no": "SF1"}
    assert act(deed("ship_replacement"), asked).code == "waybill_missing"


def test_of_several_parcels_it_is_said_which_are_being_stopped() -> None:
    sent_twice = detail()
    sent_twice["process_info"]["logistics_info"]["order"].append({"tracking_no": "YT2", "company_code": "yuantong"})
    answer = ok({"intercept_results": [{"tracking_no": "YT2", "is_success": True}, {"tracking_no": "SF12345678910"}]})
    receipt = act(deed("intercept"), ok(sent_twice), answer)
    assert (receipt.outcome, "YT2 of 2" in receipt.message) == ("done", True)
    nothing = ok({"intercept_results": [{"is_success": False, "unavailable_reason": "已签收"}]})
    refused = act(deed("intercept", waybill="YT2"), ok(sent_twice), nothing)
    assert (refused.outcome, refused.message) == ("failed", "已签收")
    assert act(deed("intercept", waybill="none"), ok(sent_twice)).code == "no_parcel"


def test_a_note_needs_words_and_the_same_note_is_kept_once() -> None:
    assert act(deed("note", text=" "), ok(detail())).code == "text_missing"
    noted = detail()
    noted["process_info"]["after_sale_shop_remarks"] = [{"remark": "已联系"}, {"remark": ""}]
    assert act(deed("note", text="已联系"), ok(noted)).outcome == "done"


def test_more_proof_than_the_platform_takes_is_not_cut_short() -> None:
    files = tuple(DeedFile(f"{n}.jpg", "image/jpeg", b"", f"https://f.example/{n}") for n in range(5))
    assert act(deed("give_evidence", text="见图", files=files), ok(detail())).code == "too_many_files"


def test_what_is_done_already_is_not_done_again() -> None:
    paid = detail(after_sale_status=12, refund_status=3, real_refund_amount=2020)
    receipt = act(deed(amount=2020), ok(paid))
    assert (receipt.outcome, receipt.amount) == ("done", 2020)


def test_a_refund_that_the_platform_could_not_pay_is_an_alarm() -> None:
    failed = detail(after_sale_status=12, refund_status=4, refund_fail_reason="余额不足")
    receipt, _ = said(CHANNEL.acted(ACCESS, deed(amount=2020), SEAL), ok(failed))
    assert (receipt.outcome, receipt.message, bool(receipt.alarm)) == ("failed", "余额不足", True)


@pytest.mark.parametrize(
    ("action", "outcome"), [("message", "person"), ("confirm_receipt", "failed"), ("extend", "failed")]
)
def test_what_no_call_does_is_said(action: str, outcome: str) -> None:
    assert act(deed(action), ok(detail())).outcome == outcome


# Tokens.


def test_a_refresh_token_that_ran_out_is_followed_by_a_fresh_start_for_the_shop() -> None:
    with_old = replace(ACCESS, values={**ACCESS.values, "refresh_token": "old"})
    fresh = ok({"access_token": "a", "refresh_token": "r", "expires_in": 604800, "shop_id": 7, "shop_name": "示例"})
    values, asked = said(CHANNEL.renew(with_old, SEAL), no(50001, "dop.token-generate-failed:token-expired"), fresh)
    assert values == {
        "access_token": "a",
        "refresh_token": "r",
        "shop_name": "示例",
        "expires_at": (AT + timedelta(seconds=604800)).isoformat(),
    }
    assert json.loads(asked[0].body)["refresh_token"] == "old"
    assert json.loads(asked[1].body) == {"code": "", "grant_type": "authorization_self", "shop_id": "7"}
    assert "access_token" not in parse_qs(urlsplit(asked[1].url).query)


def test_a_platform_that_is_down_does_not_cost_the_refresh_token() -> None:
    with_old = replace(ACCESS, values={**ACCESS.values, "refresh_token": "old"})
    with pytest.raises(UnableToTalk) as fault:
        said(CHANNEL.renew(with_old, SEAL), (503, b""))
    assert fault.value.why == "down"


def test_a_test_call_without_a_token_fetches_one_and_a_missing_right_is_told() -> None:
    fresh = ok({"access_token": "a", "refresh_token": "r", "expires_in": 604800, "shop_name": "示例"})
    bare = replace(ACCESS, values={**ACCESS.values, "access_token": ""})
    probe, asked = said(CHANNEL.probe(bare, SEAL), fresh, ok({"items": [], "has_more": False}))
    assert (probe.name, probe.lacks) == ("示例", ())
    assert parse_qs(urlsplit(asked[-1].url).query)["access_token"] == ["a"]
    probe, _ = said(CHANNEL.probe(ACCESS, SEAL), NO_ORDERS)
    assert len(probe.lacks) == 1
    with pytest.raises(UnableToTalk):
        said(CHANNEL.one(bare, NUMBER, SEAL))


# Pushes.


def push(body: bytes, **headers: str) -> Any:
    named = {
        "app-id": KEY,
        "event-sign": sign_push(KEY, SECRET, body),
        **{k.replace("_", "-"): v for k, v in headers.items()},
    }
    return CHANNEL.pushed(ACCESS, named, body, AT)


def test_a_probe_is_no_message_and_both_forms_of_a_push_are_read() -> None:
    assert push(b'[{"tag":"0","msg_id":"0","data":"{}"}]') == ()
    data = json.dumps({"aftersale_id": int(NUMBER), "p_id": 48, "update_time": 1626860666})
    one = {"tag": "200", "msg_id": "m1", "data": data}
    for body in (json.dumps([one]).encode(), json.dumps(one).encode()):
        (found,) = push(body)
        assert (found.id, found.what, found.number, found.kind) == ("m1", "case", NUMBER, "200")
        assert found.at == datetime.fromtimestamp(1626860666, UTC)


def test_order_messages_are_hints_of_the_order_and_others_of_nothing() -> None:
    body = json.dumps(
        [
            {"tag": "101", "msg_id": "m2", "data": '{"p_id":"48"}'},
            {"tag": "417", "msg_id": "m3", "data": '{"aftersale_id":"1"}'},
            {"tag": "227", "msg_id": "m4", "data": "no json"},
        ]
    ).encode()
    assert [(one.what, one.number) for one in push(body)] == [("order", "48"), ("other", ""), ("other", "")]


@pytest.mark.parametrize("headers", [{"app_id": "another"}, {"event_sign": "é"}, {"event_sign": ""}])
def test_a_push_for_another_app_or_with_another_signature_is_not_trusted(headers: dict[str, str]) -> None:
    with pytest.raises(UnableToTrustNotice):
        push(b'[{"tag":"200","msg_id":"1","data":"{}"}]', **headers)


@pytest.mark.parametrize("body", [b"", b"null", b'["a"]', b"[" * 50_000])
def test_a_push_that_is_no_message_is_not_trusted(body: bytes) -> None:
    with pytest.raises(UnableToTrustNotice):
        push(body)

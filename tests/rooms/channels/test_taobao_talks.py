"""淘宝 and 天猫 by their gateway: what is told of a case, what is done by calls, and what is left to a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from amends.channels.taobao.channel import TaobaoChannel
from amends.channels.taobao.told import exchange_told, refund_told
from amends.facts.channels import Access, ReadsTalk, UnableToTalk
from amends.facts.deeds import DeedFile, DeedReceipt
from amends.facts.imported import CaseMade, RowRefused, ShopSetting
from amends.facts.platforms import ToldCase
from amends.facts.read_case import read_case
from amends.fakes.market import Asked
from amends.fakes.taobao import FakeTaobao, FakeTmall
from tests.rooms.channels.talking import access_to, deed, golden, json_answer, lately, scripted, seal, served

TAOBAO, TMALL = TaobaoChannel("taobao"), TaobaoChannel("tmall")
SHOP = ShopSetting("山野鲜集", "taobao", category="fresh")
PROOF = DeedFile("proof.png", "image/png", b"\x89PNG" + bytes(100))
World = tuple[TaobaoChannel, FakeTaobao, Access]


@pytest.fixture(params=[(TAOBAO, FakeTaobao), (TMALL, FakeTmall)], ids=["taobao", "tmall"])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    channel, made = request.param
    fake = made()
    yield channel, fake, access_to(channel.name, fake.config())
    fake.end()


def refund(**changes: Any) -> ToldCase:
    return refund_told(SHOP, {**golden("taobao_refund.json")["refund_get_response"]["refund"], **changes})


def exchange(**changes: Any) -> ToldCase:
    row = golden("tmall_exchange.json")["tmall_exchange_get_response"]["result"]["exchange"]
    return exchange_told(replace(SHOP, channel="tmall", category=None), {**row, **changes})


def case_of(told: ToldCase) -> dict[str, Any]:
    assert isinstance(told.made, CaseMade)
    assert read_case(told.made.case).ignored == ()
    return told.made.case


def now_asked(fake: FakeTaobao, kind: str = "refund_only", **more: Any) -> Asked:
    return fake.ask(fake.sell().number, kind, **more)


def one(world: World, case: Asked) -> ToldCase:
    channel, fake, access = world
    told = served(channel.one(access, case.number, seal()), fake)
    assert told is not None
    return told


def done(world: World, case: Asked, action: Any, **more: Any) -> DeedReceipt:
    channel, fake, access = world
    given = {"version": one(world, case).version, "kind": case.kind, "order": case.order, **more}
    return served(channel.act(access, deed(action, case.number, **given), seal()), fake)


def test_what_was_said_on_a_refund_is_read_by_whom_and_in_order(world: World) -> None:
    channel, fake, access = world
    case = now_asked(fake)
    fake.writes(case, "还没退吗？")
    done(world, case, "message", text="您好，马上处理") if channel.name == "taobao" else fake.writes(
        case, "您好，马上处理", "2"
    )
    fake.writes(case, "请双方协商", "3")
    fake.writes(case, "")
    assert isinstance(channel, ReadsTalk)
    said = served(channel.said(access, case.number, seal()), fake)
    assert [(one.by, one.text) for one in said] == [
        ("buyer", "还没退吗？"),
        ("seller", "您好，马上处理"),
        ("platform", "请双方协商"),
    ]
    assert all(one.at for one in said)
    assert len({one.name for one in said}) == 3
    assert served(channel.said(access, "999", seal()), fake) == ()


def test_a_whole_refund() -> None:
    told = refund()
    assert case_of(told) == {
        "case": "310000000000000022",
        "shop": {"channel": "taobao", "name": "山野鲜集"},
        "market": "CN",
        "order": {
            "id": "4801000000000000021",
            "currency": "CNY",
            "lines": [
                {
                    "id": "4801000000000000022",
                    "sku": "SY-01",
                    "title": "大闸蟹礼盒",
                    "quantity": 1,
                    "paid": "1288.00",
                    "category": "fresh",
                }
            ],
            "payments": [{"id": "2026112022001400000000000023", "method": "platform", "captured": "1288.00"}],
        },
        "shipments": [{"id": "s1", "trace": "delivered"}],
        "request": {
            "kind": "refund_only",
            "reason": "quality",
            "requested_at": "2026-11-24T09:30:00+08:00",
            "amount": "386.40",
            "message": "8只死了3只",
        },
        "buyer": {"name": "云**朵"},
        "platform": {"status": "买家已申请，等待卖家同意", "deadline": "2026-11-26T09:30:00+08:00"},
    }
    assert (told.number, told.version, told.standing) == ("310000000000000022", "1795915805123", "requested")
    assert told.updated_at == datetime(2026, 11, 24, 1, 30, 5, tzinfo=UTC)
    assert isinstance(told.made, CaseMade)
    assert told.made.as_of == "2026-11-24T01:30:05Z"
    assert told.refunds == ()


def test_a_whole_exchange() -> None:
    told = exchange()
    case = case_of(told)
    assert case["request"]["kind"] == "exchange"
    assert case["request"]["reason"] == "wrong_size"
    assert case["order"]["lines"][0]["paid"] == "199.00"
    assert case["order"]["payments"][0]["method"] == "platform"
    assert case["return_parcel"] == {"waybill": "SF1000000000024", "carrier": "顺丰速运"}
    assert (told.status, told.standing) == ("exchange/3", "returning")


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"dispute_type": "REFUND", "order_status": "WAIT_SELLER_SEND_GOODS"}, "cancel"),
        ({"dispute_type": "REFUND_AND_RETURN"}, "return_refund"),
        ({"dispute_type": "TAOBAO_EXCHANGE"}, "exchange"),
        ({"dispute_type": "REPAIR"}, "repair"),
        ({"dispute_type": "RESHIPPING"}, "resend"),
        ({"dispute_type": "OTHERS", "has_good_return": True}, "return_refund"),
        ({"dispute_type": "", "has_good_return": False}, "refund_only"),
        ({"special_refund_type": "priceProtect"}, "price_adjustment"),
        ({"special_refund_type": "cashBack"}, "compensation"),
    ],
)
def test_the_kind(changes: dict[str, Any], kind: str) -> None:
    told = refund(**changes)
    assert case_of(told)["request"]["kind"] == kind
    assert told.alarms == ()


def test_a_kind_nobody_knows_alarms_and_is_told_all_the_same() -> None:
    told = refund(dispute_type="TELEPORT", has_good_return=True)
    assert case_of(told)["request"]["kind"] == "return_refund"
    assert "TELEPORT" in told.alarms[0].en


@pytest.mark.parametrize("custody", [2, 3, 4, 5, 10, 11])
def test_where_the_platform_decides_that_is_where_the_case_stands(custody: int) -> None:
    told = refund(cs_status=custody, status="SELLER_REFUSE_BUYER")
    assert (told.status, told.standing, told.deadline) == (f"cs_status/{custody}", "stepped_in", None)
    assert refund(cs_status=custody, status="SUCCESS").standing == "succeeded"
    assert refund(cs_status=custody, status="NEVER_SEEN").standing is None


def test_a_ruling_is_told_and_money_the_platform_paid_by_itself_too() -> None:
    told = refund(status="SUCCESS", cs_status=8, end_time="2026-11-25 10:00:00")
    assert case_of(told)["platform"]["ruling"] == "客服判买家胜诉"
    assert told.by_itself == "cs_ruled_for_buyer"
    paid = told.refunds[0]
    assert (paid.amount, paid.reference, paid.payment) == (
        38_640,
        "310000000000000022",
        "2026112022001400000000000023",
    )
    assert paid.at == datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
    assert refund(status="SUCCESS", advance_status=2).by_itself == "advance_paid"
    assert refund(status="SUCCESS").by_itself == ""
    assert refund(status="SUCCESS", dispute_type="REPAIR").refunds == ()


def test_the_buyers_countdown_is_not_the_merchants() -> None:
    assert refund(status="WAIT_BUYER_RETURN_GOODS").deadline is None
    assert refund(refund_remind_timeout={"exist_timeout": False, "timeout": "2026-11-26 09:30:00"}).deadline is None


def test_what_cannot_be_a_case_is_told_as_refused_and_stops_no_other() -> None:
    told = refund(total_fee="many")
    assert isinstance(told.made, RowRefused)
    assert told.made.key == told.number
    with pytest.raises(UnableToTalk):
        refund(modified="", refund_version="", created="")


def test_the_moment_of_change_where_the_platform_does_not_say_it() -> None:
    assert refund(modified=None).updated_at == datetime(2026, 11, 29, 1, 30, 5, tzinfo=UTC)
    assert refund(modified=None, refund_version=0).updated_at == datetime(2026, 11, 24, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("sub", ["isv.refund-not-exist", "isv.invalid-permission"])
def test_a_case_that_is_listed_but_cannot_be_read_is_told_and_stops_no_other(sub: str) -> None:
    access = access_to("taobao", FakeTaobao().config())
    rows = [{"refund_id": "1", "status": "WAIT_SELLER_AGREE", "modified": "2026-11-24 09:30:00"}, {"refund_id": "2"}]
    answers = [
        {"refunds_receive_get_response": {"refunds": {"refund": rows}, "has_next": False}},
        {"error_response": {"code": 15, "msg": "Remote service error", "sub_code": sub}},
        golden("taobao_refund.json"),
    ]
    page, _ = scripted(TAOBAO.changed(access, lately(), seal()), *[json_answer(answer) for answer in answers])
    lost, found = page.cases
    assert isinstance(lost.made, RowRefused)
    assert (lost.number, lost.status, lost.standing, len(lost.alarms)) == ("1", "WAIT_SELLER_AGREE", None, 1)
    assert lost.updated_at == datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
    assert isinstance(found.made, CaseMade)


@pytest.mark.parametrize(("told", "asked"), [({"total_results": 50}, 51), ({"total_results": 51}, 1), ({}, 1)])
def test_a_list_that_does_not_say_whether_there_is_more_is_not_cut_short(told: dict[str, int], asked: int) -> None:
    access = access_to("taobao", FakeTaobao().config())
    whole = {"refunds_receive_get_response": {"refunds": {"refund": [{"refund_id": "1"}] * 50}, **told}}
    none = {"refunds_receive_get_response": {"total_results": 0}}
    answers = [whole, *[golden("taobao_refund.json")] * 50] if asked > 1 else [whole, none]
    page, _ = scripted(TAOBAO.changed(access, lately(), seal()), *[json_answer(answer) for answer in answers])
    assert bool(page.cursor) == (asked == 1)
    assert len(page.cases) == asked - 1


def test_an_exchange_is_found_however_its_number_is_refused_among_refunds() -> None:
    access = access_to("tmall", FakeTmall().config())
    refusal = json_answer({"error_response": {"code": 15, "msg": "Remote service error", "sub_code": "isv.odd"}})
    found, _ = scripted(TMALL.one(access, "1", seal()), refusal, json_answer(golden("tmall_exchange.json")))
    assert found is not None
    assert found.status == "exchange/3"
    missing = json_answer({"error_response": {"code": 15, "msg": "Remote service error", "sub_code": "isv.not-exist"}})
    with pytest.raises(UnableToTalk):
        scripted(TMALL.one(access, "1", seal()), refusal, missing)
    assert scripted(TMALL.one(access, "1", seal()), missing, missing)[0] is None


@pytest.mark.parametrize(
    ("error", "why", "seconds"),
    [
        ({"code": 7, "msg": "App Call Limited", "sub_msg": "This ban will last for 31 more seconds"}, "throttled", 31),
        ({"code": 25, "msg": "Invalid signature"}, "keys", None),
        ({"code": 27, "msg": "Invalid session", "sub_code": "invalid-sessionkey"}, "keys", None),
        ({"code": 11, "msg": "Insufficient isv permissions"}, "keys", None),
        ({"code": 15, "msg": "Remote service error", "sub_code": "isp.remote-service-timeout"}, "down", None),
        (
            {"code": 15, "msg": "Remote service error", "sub_code": "isv.x", "sub_msg": "当前退款状态不能操作"},
            "refused",
            None,
        ),
        ({"code": 41, "msg": "Invalid arguments:page_size"}, "refused", None),
    ],
)
def test_an_error_says_why(error: dict[str, Any], why: str, seconds: int | None) -> None:
    access = access_to("taobao", FakeTaobao().config())
    with pytest.raises(UnableToTalk) as told:
        scripted(TAOBAO.probe(access, seal()), json_answer({"error_response": error}))
    assert (told.value.why, told.value.retry_after) == (why, seconds)


def test_an_error_that_repeats_a_key_does_not_pass_it_on() -> None:
    access = access_to("taobao", FakeTaobao().config())
    error = {"code": 27, "msg": "Invalid session", "sub_msg": f"session {access.values['session']} expired"}
    with pytest.raises(UnableToTalk) as told:
        scripted(TAOBAO.probe(access, seal()), json_answer({"error_response": error}))
    assert access.values["session"] not in str(told.value)


@pytest.mark.parametrize("root", ["refund_get_response", "taobao_refund_get_response"])
def test_the_root_key_may_be_either(root: str) -> None:
    access = access_to("taobao", FakeTaobao().config())
    answer = json_answer({root: golden("taobao_refund.json")["refund_get_response"]})
    told, _ = scripted(TAOBAO.one(access, "310000000000000022", seal()), answer)
    assert told is not None


def test_a_shop_connected_for_reading_leaves_everything_to_a_person(world: World) -> None:
    channel, fake, access = world
    case = now_asked(fake)
    reading = replace(access, values={**access.values, "mode": ""})
    for action in channel.can.actions | channel.can.by_person:
        given = deed(action, case.number, version=one(world, case).version, amount=case.amount)
        receipt = served(channel.act(reading, given, seal()), fake)
        assert receipt.outcome == "person"
        assert " / " in receipt.message
    assert fake.market.case(case.number).deeds == []


def test_what_a_person_did_on_the_console_is_read_back(world: World) -> None:
    channel, fake, access = world
    case = now_asked(fake)
    reading = replace(access, values={**access.values, "mode": "read"})
    given = deed("agree_refund", case.number, version=one(world, case).version, amount=case.amount)
    assert served(channel.acted(reading, given, seal()), fake).outcome == "absent"
    fake.by_hand(case.number, "refund_by_itself")
    receipt = served(channel.acted(reading, given, seal()), fake)
    assert (receipt.outcome, receipt.amount, receipt.currency) == ("done", case.amount, "CNY")
    other = replace(given, amount=1)
    assert served(channel.acted(reading, other, seal()), fake).alarm


@pytest.mark.parametrize("action", ["agree_refund", "refuse"])
def test_a_case_for_the_web_page_goes_to_a_person(world: World, action: Any) -> None:
    _, fake, _ = world
    case = now_asked(fake)
    fake.force(case.number, "requested", detail={"contraint": "refund_onweb"})
    assert done(world, case, action, amount=case.amount, reason="118", files=(PROOF,)).outcome == "person"
    assert fake.market.case(case.number).deeds == []


def test_a_case_that_may_not_be_refused_is_not(world: World) -> None:
    _, fake, _ = world
    case = now_asked(fake)
    fake.force(case.number, "requested", detail={"contraint": "cannot_refuse"})
    assert done(world, case, "refuse", reason="118", files=(PROOF,)).code == "cannot_refuse"


def test_one_call_pays_no_more_than_the_platforms_cap_and_no_other_amount(world: World) -> None:
    channel, fake, _ = world
    cap = {"taobao": 600_000, "tmall": 1_000_000}[channel.name]
    over = fake.ask(fake.sell(lines=[{"paid": cap + 1}]).number)
    assert done(world, over, "agree_refund", amount=cap + 1).outcome == "person"
    fits = fake.ask(fake.sell(lines=[{"paid": cap}]).number)
    assert done(world, fits, "agree_refund", amount=cap - 1).outcome == "person"
    assert done(world, fits, "agree_refund", amount=cap).outcome == "done"


def test_a_code_sent_to_the_sellers_phone_goes_to_a_person(world: World) -> None:
    _, fake, _ = world
    case = now_asked(fake)
    fake.force(case.number, "requested", detail={"wants_code": "4711"})
    assert done(world, case, "agree_refund", amount=case.amount).outcome == "person"
    assert fake.market.case(case.number).standing == "requested"


def test_money_is_agreed_to_by_the_sub_account_only(world: World) -> None:
    channel, fake, access = world
    main = replace(access, values={**access.values, "operator_session": ""})
    case = now_asked(fake)
    assert done((channel, fake, main), case, "agree_refund", amount=case.amount).outcome == "failed"
    assert served(channel.probe(main, seal()), fake).lacks


def test_tmall_wants_proof_and_taobao_does_not(world: World) -> None:
    channel, fake, _ = world
    case = now_asked(fake)
    huge = replace(PROOF, content=bytes(130_001))
    receipt = done(world, case, "refuse", reason="118", files=(huge,))
    assert (receipt.outcome, receipt.code) == (("failed", "refuse_proof") if channel is TMALL else ("done", ""))
    assert done(world, case, "refuse", reason="118", files=(PROOF,)).outcome == "done"


def test_reasons_to_refuse_come_from_the_platform(world: World) -> None:
    channel, fake, access = world
    told = served(channel.refusal_reasons(access, now_asked(fake).number, seal()), fake)
    assert [(reason.code, reason.needs_proof) for reason in told] == [("118", channel is TMALL)]
    assert served(channel.refusal_reasons(access, "1", seal()), fake) == ()


def test_a_long_message_is_cut_at_a_character_and_said_once(world: World) -> None:
    _, fake, _ = world
    case = now_asked(fake)
    text = "请放心" * 100
    assert done(world, case, "message", text=text).outcome == "done"
    assert done(world, case, "message", text=text).outcome == "done"
    said = fake.market.case(case.number).said
    assert len(said) == 1
    assert text.startswith(said[0]["content"])
    assert 390 < len(said[0]["content"].encode()) <= 400


def test_an_exchange_of_tmall_goes_its_whole_way() -> None:
    fake = FakeTmall()
    world: World = (TMALL, fake, access_to("tmall", fake.config()))
    case = now_asked(fake, "exchange")
    assert done(world, case, "agree_refund", amount=case.amount).outcome == "person"
    assert done(world, case, "message").outcome == "person"
    assert done(world, case, "agree_return", address="9001").outcome == "done"
    fake.send_back(case.number)
    fake.seller(case.number, "confirm_receipt")
    assert done(world, case, "ship_replacement", carrier="顺丰速运", waybill="SF7").outcome == "done"
    assert fake.market.case(case.number).replacement_waybill == "SF7"
    other = now_asked(fake, "exchange")
    assert done(world, other, "refuse", reason="7", files=(PROOF,)).outcome == "done"
    fake.end()


def test_an_exchange_in_tmalls_list_of_refunds_is_told_once() -> None:
    fake = FakeTmall()
    access = access_to("tmall", fake.config())
    swap = golden("tmall_exchange.json")
    row = {"refund_id": "310000000000000031", "dispute_type": "TMALL_EXCHANGE"}
    listed = json_answer({"refunds_receive_get_response": {"refunds": {"refund": [row]}, "has_next": False}})
    page, _ = scripted(TMALL.changed(access, lately(), seal()), listed)
    assert (page.cases, page.cursor) == ((), "x")
    swaps = json_answer({"tmall_exchange_receive_get_response": {"results": {"exchange": [{"dispute_id": "1"}]}}})
    then, _ = scripted(TMALL.changed(access, replace(lately(), cursor="x"), seal()), swaps, json_answer(swap))
    assert [told.number for told in then.cases] == ["310000000000000031"]
    assert then.cursor == ""
    fake.end()


def test_a_shop_of_the_other_kind_is_noticed() -> None:
    fake = FakeTmall()
    access: Mapping[str, Any] = fake.config()
    assert served(TAOBAO.probe(access_to("taobao", access), seal()), fake).lacks
    assert not served(TMALL.probe(access_to("tmall", access), seal()), fake).lacks
    fake.end()

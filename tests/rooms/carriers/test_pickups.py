"""Couriers of 快递100 by the letter: signatures, days that have names, addresses that fit, and what an answer is worth."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest

from amends.carriers.kuaidi100.pickup_hours import SLOTS, day_word, windows
from amends.carriers.kuaidi100.pickups import Pickups, address
from amends.facts.labels import Place, Rate
from amends.facts.network_access import NetworkAccess
from amends.facts.pickups import PickupWanted, PickupWindow, window_of
from amends.facts.wire import Seal, UnableToTrustNotice, WireAnswer

ACCESS = NetworkAccess("https://there", {"key": "KEY", "secret": "SECRET", "salt": "SALT"}, "https://here/hook")
PLACE = Place("李小雨", "仓前街道 8 号", "杭州市", "", "CN", state="浙江省", phone="13800138000")
NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)  # noon in China
WINDOW = PickupWindow(date(2026, 11, 25), "09:00", "12:00")
WANTED = PickupWanted(
    "am-" + "a" * 32, PLACE, PLACE, 1_001, "衣", offer=Rate("yto:", "yto", "标准快递", 830, "CNY"), window=WINDOW
)


def answered(at: datetime, *answers: Any) -> tuple[Any, list[dict[str, str]]]:
    """What booking makes of these answers, and the forms that were sent."""
    told, sent = Pickups().book(ACCESS, WANTED, Seal(at, "n")), []
    request = next(told, None)
    for one in answers:
        assert request is not None
        sent.append(dict(parse_qsl(request.body.decode())))
        try:
            request = told.send(WireAnswer(200, {}, one if isinstance(one, bytes) else json.dumps(one).encode()))
        except StopIteration as over:
            return over.value, sent
    raise AssertionError("more was asked than was answered")


def test_a_wish_is_signed_and_says_what_was_chosen() -> None:
    good = {"returnCode": "200", "data": {"taskId": "T1", "orderId": 77, "kuaidinum": "yt1"}}
    said, (form,) = answered(NOON, good)
    wanted = hashlib.md5((form["param"] + form["t"] + "KEYSECRET").encode(), usedforsecurity=False).hexdigest().upper()
    assert (form["method"], form["sign"]) == ("bOrder", wanted)
    param = json.loads(form["param"])
    assert (param["dayType"], param["pickupStartTime"], param["weight"], param["payment"]) == (
        "明天",
        "09:00",
        "1.1",
        "SHIPPER",
    )
    assert len(param["thirdOrderId"]) == 32
    assert param["callBackUrl"].endswith(WANTED.key)
    assert (said.outcome, said.reference, said.waybill, said.cost) == ("bought", "T1/77", "YT1", 830)


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ([{"returnCode": "503", "message": "验证签名失败"}], "absent"),
        ([b"<html>"], "unknown"),
        ([{"returnCode": "200", "data": {}}], "unknown"),
        ([{"returnCode": "500", "message": "停派"}, {"returnCode": "500", "message": "订单不存在"}], "failed"),
        (
            [{"returnCode": "500"}, {"returnCode": "200", "data": {"taskId": "T1", "orderId": "7", "status": 1}}],
            "bought",
        ),
        (
            [{"returnCode": "500"}, {"returnCode": "200", "data": {"taskId": "T1", "orderId": "7", "status": 99}}],
            "failed",
        ),
        ([{"returnCode": "500"}, b"cut"], "unknown"),
    ],
)
def test_what_an_answer_is_worth(answers: list[Any], outcome: str) -> None:
    assert answered(NOON, *answers)[0].outcome == outcome


@pytest.mark.parametrize(
    ("at", "code"), [("2026-11-25T04:00:00+00:00", "window_over"), ("2026-11-24T15:59:30+00:00", "midnight")]
)
def test_nothing_is_asked_for_a_time_that_is_over_or_while_the_day_changes(at: str, code: str) -> None:
    told = Pickups().book(ACCESS, WANTED, Seal(datetime.fromisoformat(at), "n"))
    with pytest.raises(StopIteration) as over:
        next(told)
    assert over.value.value.code == code


def test_windows_end_two_hours_from_now_at_the_soonest_and_lie_within_three_days() -> None:
    for carrier in SLOTS:
        found = windows(carrier, NOON)
        assert found
        for one in found:
            assert window_of(one.text) == one
            assert day_word(one, NOON) in ("今天", "明天", "后天")
            assert (one.day, one.end) >= (date(2026, 11, 24), "14:00")
    assert windows("ups", NOON) == ()
    for junk in (
        "",
        "2026-11-24",
        "2026-11-24 09:00",
        "2026-11-24 12:00-09:00",
        "2026-11-24 9:0-10:0",
        "x 09:00-10:00",
    ):
        assert window_of(junk) is None


def test_an_address_fits_and_names_a_city_once() -> None:
    long = Place("A", "路" * 200, "上海市", "", "CN", state="上海市")
    assert address(long).startswith("上海市路")
    assert len(address(long).encode()) <= 300


def test_a_push_is_believed_by_its_signature_alone() -> None:
    param = json.dumps(
        {"kuaidicom": "yuantong", "kuaidinum": "yt1", "data": {"orderId": "7", "status": "15", "freight": "9.5"}}
    )
    sign = hashlib.md5(f"{param}SALT".encode(), usedforsecurity=False).hexdigest()
    told = Pickups().told(ACCESS, urlencode({"taskId": "T", "param": param, "sign": sign}).encode())
    assert told is not None
    assert (told.word, told.reference, told.waybill, told.carrier, told.cost) == ("settled", "T/7", "YT1", "yto", 950)
    with pytest.raises(UnableToTrustNotice):
        Pickups().told(ACCESS, urlencode({"param": param, "sign": sign[::-1]}).encode())
    trace = json.dumps({"status": "polling", "lastResult": {"nu": "yt1"}})
    assert Pickups().told(ACCESS, urlencode({"param": trace, "sign": ""}).encode()) is None
